"""Who was asked to a meeting, who said they would come, and who was in the room and when."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from councils.models.council import Mandate
from councils.models.meetings import Meeting


class Moments(Func):
    """From one moment up to but without another: `tstzrange(present_from, present_to)`."""

    function = "tstzrange"
    output_field = models.CharField()


class Participation(models.Model):
    """One member, or one guest by name; invited, registered and present are three facts apart."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participations")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    capacity = models.CharField(_("speaks for"), max_length=200, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    registered_at = models.DateTimeField(_("said they would come"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["meeting", "mandate__post__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "mandate"], name="participation_once_a_member"
            ),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False, name="") | Q(mandate=None) & ~Q(name=""),
                name="participation_of_a_member_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.mandate)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def at(self, moment: datetime) -> PresenceQuerySet:
        ends_later = Q(present_to=None) | Q(present_to__gt=moment)
        return self.filter(ends_later, present_from__lte=moment)


class Presence(models.Model):
    """In the room from one moment up to but without another; still there while that is empty."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="presences")
    present_from = models.DateTimeField(_("came"))
    present_to = models.DateTimeField(_("left"), null=True, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["present_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present_to=None) | Q(present_to__gt=F("present_from")),
                name="presence_ends_after_start",
            ),
            ExclusionConstraint(
                name="presence_one_at_a_time",
                expressions=[
                    ("participation", RangeOperators.EQUAL),
                    (Moments("present_from", "present_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.present_from:%H:%M}"
