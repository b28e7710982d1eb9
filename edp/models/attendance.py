"""Who is invited to a meeting, who wants to come, who came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from edp.models.workshops import Workshop

HELIX_OR_UNKNOWN = Q(helix="") | Q(helix__in=Helix.values)


class Invitation(models.Model):
    """Somebody is asked to come, so that all helices are in the room."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Coming")
        DECLINED = "declined", _("Not coming")

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations")
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.INVITED)
    # Empty where there is no account to write to: such invitations are handed over on paper.
    sent_at = models.DateTimeField(_("sent"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="invitation_helix_known"
            ),
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(person__isnull=False),
                name="invitation_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation or self.person or "")


class Registration(models.Model):
    """A person wants to come. No more places are given than there are: a trigger counts.

    `code` is unguessable; whoever shows it at the door is checked in.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("You have a place")
        WAITING = "waiting", _("You are on the waiting list")
        CANCELLED = "cancelled", _("You have given your place back")

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(User, models.PROTECT, related_name="workshop_registrations")
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    state = models.CharField(_("state"), max_length=10, choices=State)
    code = models.CharField(max_length=32, unique=True)
    # Orders the waiting list: who gives a place back and comes again stands at its end.
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "person"], name="registration_one_a_person"
            ),
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="registration_helix_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.person_id}"


class Attendance(models.Model):
    """Somebody was there; the helix is as it was that day, empty where it is not known.

    Without an account only `is_first_time` tells whether the same person was counted before.
    """

    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("participant")
        MODERATOR = "moderator", _("moderator")
        EXPERT = "expert", _("expert")

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="attendances")
    name = models.CharField(_("name"), max_length=150, blank=True)
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    is_first_time = models.BooleanField(_("for the first time in this process"), default=True)
    checked_in_at = models.DateTimeField(_("checked in"), auto_now_add=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(person__isnull=False),
                name="attendance_once_a_person",
            ),
            models.CheckConstraint(condition=HELIX_OR_UNKNOWN, name="attendance_helix_known"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.pk}"


class HeadCount(models.Model):
    """How many of one helix came to a meeting without a list; `newcomers` were not counted
    before in this process."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="head_counts")
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    count = models.PositiveIntegerField(_("people"))
    newcomers = models.PositiveIntegerField(_("of them for the first time"))

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        ordering = ["helix"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "helix"], name="head_count_one_a_helix"),
            models.CheckConstraint(condition=HELIX_OR_UNKNOWN, name="head_count_helix_known"),
            models.CheckConstraint(
                condition=Q(newcomers__lte=F("count")), name="head_count_newcomers_are_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.helix} {self.count}"
