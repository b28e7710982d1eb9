"""Places as Kazakhstan's KATO classifier knows them, each with the dates it existed."""

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import NamedInThreeLanguages

# The classifier has five levels below the country: from a place, so many steps lead up to it.
LEVELS = 5


def lies_within(field: str, territories: list[int]) -> Q:
    """The condition that the territory behind `field` is one of these or below one of them."""
    return reduce(
        or_, (Q(**{f"{field}{'__parent' * n}__in": territories}) for n in range(LEVELS + 1))
    )


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def regions(self) -> "TerritoryQuerySet":
        """The first-level units: regions and the cities of national significance."""
        return self.filter(kind__in=[Territory.Kind.REGION, Territory.Kind.NATIONAL_CITY])

    def valid_on(self, day: date) -> "TerritoryQuerySet":
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Territory(NamedInThreeLanguages):
    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        NATIONAL_CITY = "national_city", _("City of national significance")
        DISTRICT = "district", _("District")
        CITY = "city", _("City of regional significance")
        CITY_DISTRICT = "city_district", _("District in a city")
        TOWN = "town", _("Town")
        RURAL_OKRUG = "rural_okrug", _("Rural okrug")
        SETTLEMENT = "settlement", _("Settlement")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    kato = models.CharField("KATO", max_length=9, blank=True)
    iso_code = models.CharField("ISO 3166-2", max_length=6, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    centre_kk = models.CharField(max_length=100, blank=True)
    centre_ru = models.CharField(max_length=100, blank=True)
    centre_en = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True)
    population_on = models.DateField(null=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(
                fields=["kato", "valid_from"],
                condition=~Q(kato=""),
                nulls_distinct=False,
                name="territory_kato_unique",
            ),
            models.UniqueConstraint(
                fields=["iso_code", "valid_from"],
                condition=~Q(iso_code=""),
                nulls_distinct=False,
                name="territory_iso_unique",
            ),
            models.CheckConstraint(
                condition=Q(kato="") | Q(kato__regex=r"^\d{9}$"), name="territory_kato_nine_digits"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="territory_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["kato"])]
