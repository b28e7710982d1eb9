"""What a region knows of itself: figures with their source, assets, trends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import (
    NamedInThreeLanguages,
    ToldInThreeLanguages,
    first_available,
)
from edp.activities import activity_name
from edp.asset_kinds import kind_label
from edp.models.process import DiscoveryProcess
from participation.models import Territory


class Dataset(NamedInThreeLanguages):
    """A table of figures by year, region and activity, from one source."""

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="datasets")
    classification = models.CharField(_("classification"), max_length=20)
    source_url = models.URLField(_("address of the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    is_synthetic = models.BooleanField(_("made up for demonstration"), default=False)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["pk"]


class DatasetDraft(models.Model):
    """A file that somebody looks at before it is kept: one for a person and a dataset.

    `summary` is what the preview shows, so that a page need not read the file again.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="drafts")
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    encoding = models.CharField(_("encoding"), max_length=20)
    retrieved_on = models.DateField(_("retrieved on"))
    has_today_borders = models.BooleanField(default=False)
    summary = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file to look through")
        verbose_name_plural = _("files to look through")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "uploaded_by"], name="dataset_draft_one_for_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class DatasetVersionQuerySet(models.QuerySet["DatasetVersion"]):
    def public(self) -> DatasetVersionQuerySet:
        return self.filter(published_at__isnull=False)


class DatasetVersion(models.Model):
    """One file as it was handed in; it never changes. `warnings` are what a reader should know.

    `has_today_borders`: whoever made the figures counted all years within the borders of the last.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    encoding = models.CharField(_("encoding"), max_length=20)
    rows = models.PositiveIntegerField(_("rows"))
    missing = models.PositiveIntegerField(_("cells without a value"), default=0)
    warnings = models.JSONField(default=list)
    has_today_borders = models.BooleanField(_("within today's borders"), default=False)
    retrieved_on = models.DateField(_("retrieved on"))
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True)

    objects = DatasetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a dataset")
        verbose_name_plural = _("versions of datasets")
        ordering = ["dataset", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="dataset_version_unique"),
            models.UniqueConstraint(fields=["dataset", "sha256"], name="dataset_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} v{self.number}"


class DatasetFile(models.Model):
    """The bytes as they came: what is offered for download and what the hash is of."""

    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="file")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a dataset")
        verbose_name_plural = _("files of datasets")

    def __str__(self) -> str:
        return f"{self.version_id}"


class Observation(models.Model):
    """One line of a version. No value means missing or confidential, and never zero."""

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="observations")
    year = models.PositiveSmallIntegerField(_("year"))
    region = models.CharField(_("code of the region"), max_length=20)
    activity = models.CharField(_("activity"), max_length=20)
    indicator = models.CharField(_("indicator"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=27, decimal_places=12, null=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    flag = models.CharField(_("flag"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "indicator", "year", "region", "activity"],
                name="observation_once",
            ),
            models.CheckConstraint(
                condition=~Q(flag="c") | Q(value=None), name="observation_confidential_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.region} {self.activity} {self.year}"


class RegionFigure(models.Model):
    """How specialised and how diverse a region is as a whole in one year."""

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="region_figures")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    indicator = models.CharField(_("indicator"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    total = models.DecimalField(_("sum"), max_digits=40, decimal_places=12)
    krugman = models.DecimalField(_("Krugman index"), max_digits=14, decimal_places=10)
    hhi = models.DecimalField(_("Herfindahl index"), max_digits=14, decimal_places=10)
    method = models.CharField(_("method"), max_length=20)

    class Meta:
        verbose_name = _("figure of a region")
        verbose_name_plural = _("figures of regions")
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "territory", "indicator", "year"], name="region_figure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.indicator} {self.year}"


class SpecialisationResult(models.Model):
    """What one activity of one region comes to; decimals of the exact fractions."""

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="results")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    activity = models.CharField(_("activity"), max_length=20)
    name = models.CharField(_("name in the file"), max_length=200, blank=True)
    indicator = models.CharField(_("indicator"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=27, decimal_places=12, default=0)
    year_before = models.PositiveSmallIntegerField(null=True)
    share = models.DecimalField(_("share"), max_digits=14, decimal_places=10)
    lq = models.DecimalField(_("location quotient"), max_digits=50, decimal_places=10, null=True)
    lq_before = models.DecimalField(max_digits=50, decimal_places=10, null=True)
    growth = models.DecimalField(_("growth"), max_digits=50, decimal_places=10, null=True)
    growth_nation = models.DecimalField(max_digits=50, decimal_places=10, null=True)
    shift_nation = models.DecimalField(max_digits=50, decimal_places=6, null=True)
    shift_activity = models.DecimalField(max_digits=50, decimal_places=6, null=True)
    shift_region = models.DecimalField(max_digits=50, decimal_places=6, null=True)
    signal = models.CharField(_("signal"), max_length=20)
    method = models.CharField(_("method"), max_length=20)

    class Meta:
        verbose_name = _("specialisation")
        verbose_name_plural = _("specialisations")
        ordering = ["version", "activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "territory", "activity", "indicator", "year"],
                name="specialisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.label}"

    @property
    def label(self) -> str:
        return activity_name(self.activity, self.name)


class RegionalAsset(NamedInThreeLanguages):
    """Something a region has; dimensions of Table 1.2 in O:1137-1175, mobility in O:1183-1218."""

    class Dimension(models.TextChoices):
        ECONOMIC = "economic", _("Economic")
        GEOGRAPHIC = "geographic", _("Geographic")
        INSTITUTIONAL = "institutional", _("Institutional")
        CULTURE = "culture", _("Culture")
        KNOWLEDGE = "knowledge", _("Knowledge")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure")

    class Mobility(models.TextChoices):
        IMMOBILE = "immobile", _("immobile")
        STICKY = "sticky", _("hard to move")
        MOBILE = "mobile", _("mobile")

    class Capital(models.TextChoices):
        NATURAL = "natural", _("natural")
        HUMAN = "human", _("human")
        PHYSICAL = "physical", _("physical")
        FINANCIAL = "financial", _("financial")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="assets")
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension)
    kind = models.CharField(_("kind"), max_length=40)
    capital = models.CharField(_("capital"), max_length=10, choices=Capital, blank=True)
    mobility = models.CharField(_("mobility"), max_length=10, choices=Mobility)
    description_kk = models.TextField(_("description in Kazakh"), blank=True)
    description_ru = models.TextField(_("description in Russian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="assets")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("asset of a region")
        verbose_name_plural = _("assets of a region")
        ordering = ["dimension", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="asset_place_on_earth",
            ),
        ]

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)

    @property
    def description(self) -> str:
        return first_available({c: getattr(self, f"description_{c}") for c in ("kk", "ru", "en")})


class TrendSignal(ToldInThreeLanguages):
    """A trend, weak signal or wild card, by the factors of STEEP."""

    class Factor(models.TextChoices):
        SOCIAL = "social", _("Society")
        TECHNOLOGICAL = "technological", _("Technology")
        ECONOMIC = "economic", _("Economy")
        ENVIRONMENTAL = "environmental", _("Environment")
        POLITICAL = "political", _("Politics")

    class Kind(models.TextChoices):
        TREND = "trend", _("trend")
        WEAK_SIGNAL = "weak_signal", _("weak signal")
        WILD_CARD = "wild_card", _("wild card")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="trends")
    factor = models.CharField(_("factor"), max_length=16, choices=Factor)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    impact = models.PositiveSmallIntegerField(_("impact, 1 to 5"))
    uncertainty = models.PositiveSmallIntegerField(_("uncertainty, 1 to 5"))
    horizon = models.PositiveSmallIntegerField(_("by the year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("trend")
        verbose_name_plural = _("trends")
        ordering = ["factor", "-impact", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(impact__range=(1, 5), uncertainty__range=(1, 5)),
                name="trend_rated_1_to_5",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="trend_has_source"),
        ]
