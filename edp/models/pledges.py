"""What people and organisations promise to put into an idea themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from edp.models.ideas import Idea


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def standing(self) -> PledgeQuerySet:
        return self.filter(withdrawn_at=None)


class Pledge(models.Model):
    """A public promise without legal force; it is withdrawn, never rewritten (trigger).

    `amount` is in whole tenge: the sum of a pledge of money, the worth of any other if known.
    """

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        PEOPLE = "people", _("People's time")
        EQUIPMENT = "equipment", _("Equipment")
        LAND = "land", _("Land or premises")
        DATA = "data", _("Data")

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="pledges")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="pledges")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pledges"
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    amount = models.BigIntegerField(_("worth, in tenge"), null=True, blank=True)
    text = models.CharField(_("in words"), max_length=500)
    pledged_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["pledged_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person", "kind"],
                condition=Q(withdrawn_at=None, person__isnull=False),
                name="pledge_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="pledge_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind="money") | Q(amount__isnull=False),
                name="pledge_of_money_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.kind}"
