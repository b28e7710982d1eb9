"""One year of a participatory budget: its money in envelopes, its rules, its phases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import NamedInThreeLanguages
from participation.models import Dossier, Ruleset, Territory


class CycleQuerySet(models.QuerySet["Cycle"]):
    def published(self) -> "CycleQuerySet":
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> "CycleQuerySet":
        """With what a page needs to name and date a cycle, in a fixed number of queries."""
        return self.select_related("dossier__territory", "ruleset").prefetch_related(
            "dossier__texts", "dossier__phases", "envelopes"
        )


class Cycle(models.Model):
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="cycle")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    ruleset = models.ForeignKey(Ruleset, models.PROTECT, related_name="cycles")
    currency = models.CharField(_("currency"), max_length=3, default="KZT")
    source_note = models.TextField(
        _("where the data comes from"),
        blank=True,
        help_text=_("Filled for elections of other cities that were imported."),
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget cycle")
        verbose_name_plural = _("budget cycles")

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_imported(self) -> bool:
        return bool(self.source_note)


class Envelope(NamedInThreeLanguages):
    """A sum of money that is voted on and allocated by itself: a city's or a district's."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="envelopes")
    number = models.PositiveSmallIntegerField(_("number"))
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="envelopes")
    amount = models.PositiveBigIntegerField(
        _("amount"), help_text=_("In whole units of the currency.")
    )

    class Meta:
        verbose_name = _("envelope")
        verbose_name_plural = _("envelopes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="envelope_number_unique"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="envelope_has_money"),
        ]


class Category(NamedInThreeLanguages):
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["slug"]
