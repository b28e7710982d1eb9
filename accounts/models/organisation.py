"""Organisations, their place in the quadruple helix, and who acts for them and when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from accounts.multilingual import NamedInThreeLanguages


class Helix(models.TextChoices):
    """The four groups of the quadruple helix (Carayannis and Campbell 2009)."""

    GOVERNMENT = "government", _("Government")
    BUSINESS = "business", _("Business")
    ACADEMIA = "academia", _("Academia")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Organisation(NamedInThreeLanguages):
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["name_ru", "helix"], name="organisation_named_once"),
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="organisation_helix_known"
            ),
        ]


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def valid_on(self, day: date) -> "AffiliationQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Affiliation(models.Model):
    """A person acts for an organisation from one day to another, both included."""

    person = models.ForeignKey(User, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    position = models.CharField(_("position"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "valid_from"], name="affiliation_starts_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
