"""What members declare of their interests: public, and never taken back silently."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from councils.models.council import Mandate


class DeclarationQuerySet(models.QuerySet["InterestDeclaration"]):
    def in_force(self, day: date) -> DeclarationQuerySet:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class InterestDeclaration(models.Model):
    """A tie of a member to an organisation, from one day on; `until` is its first day no more.

    It belongs to the mandate, so it stays public when the member's account is erased.
    """

    class Kind(models.TextChoices):
        SHARE = "share", _("owns it or a share of it")
        WORK = "work", _("works for it or is paid by it")
        OFFICE = "office", _("sits on one of its bodies")
        FAMILY = "family", _("close family owns it or works for it")
        OTHER = "other", _("another tie")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="declarations")
    organisation = models.CharField(_("organisation"), max_length=200)
    kind = models.CharField(_("kind of interest"), max_length=8, choices=Kind)
    note = models.CharField(_("what it is about"), max_length=300, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    declared_on = models.DateField(_("declared on"))
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration of an interest")
        verbose_name_plural = _("declarations of interests")
        ordering = ["mandate", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="declaration_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(organisation=""), name="declaration_names_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate}: {self.organisation}"
