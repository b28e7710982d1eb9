"""Office hours: when a member listens, who comes, and what came of the talk."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from councils.models.attendance import Moments
from councils.models.council import Council, Mandate
from councils.models.meetings import Docket
from participation.models import Territory

SHORTEST, LONGEST = 5, 240  # minutes of one talk


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Mondays")
    TUESDAY = 1, _("Tuesdays")
    WEDNESDAY = 2, _("Wednesdays")
    THURSDAY = 3, _("Thursdays")
    FRIDAY = 4, _("Fridays")
    SATURDAY = 5, _("Saturdays")
    SUNDAY = 6, _("Sundays")


class OfficeHoursQuerySet(models.QuerySet["OfficeHours"]):
    def for_display(self) -> OfficeHoursQuerySet:
        return self.select_related(
            "council__dossier__territory", "member", "territory"
        ).prefetch_related("council__dossier__texts")


class OfficeHours(models.Model):
    """A member listens at one place on one day, or every week from one day to another.

    `weekday` is empty for a single day. `first_on` and `last_on` are both included.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="office_hours")
    number = models.PositiveIntegerField(_("number"))
    member = models.ForeignKey(
        Mandate, models.PROTECT, related_name="office_hours", verbose_name=_("member")
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="office_hours", verbose_name=_("area")
    )
    place = models.CharField(_("place"), max_length=300)
    weekday = models.PositiveSmallIntegerField(
        _("every week on"), choices=Weekday, null=True, blank=True
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one talk"),
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = OfficeHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="office_hours_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(weekday=None, last_on=F("first_on"))
                | Q(weekday__range=(0, 6), last_on__gte=F("first_on")),
                name="office_hours_one_day_or_every_week",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="office_hours_end_after_start"
            ),
            models.CheckConstraint(
                condition=Q(slot_minutes__range=(SHORTEST, LONGEST)),
                name="office_hours_talk_of_sensible_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("councils:office_hours-detail", args=[self.council.slug, self.number])

    @property
    def path(self) -> str:
        """Below the language prefix, for messages."""
        return f"councils/{self.council.slug}/office-hours/{self.number}/"


class SlotQuerySet(models.QuerySet["Slot"]):
    def standing(self) -> SlotQuerySet:
        return self.filter(withdrawn_because="")

    def ahead(self, now: datetime) -> SlotQuerySet:
        return self.standing().filter(starts_at__gt=now)

    def free(self, now: datetime) -> SlotQuerySet:
        """Whoever comes first may have it."""
        taken = Booking.objects.taking_a_slot().values("slot")
        return self.ahead(now).exclude(pk__in=taken)


class Slot(models.Model):
    """Time for one talk. `member` repeats the hours', so that no member is at two places."""

    hours = models.ForeignKey(OfficeHours, models.PROTECT, related_name="slots")
    member = models.ForeignKey(Mandate, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=300, blank=True)
    # RFC 5545: counts what a calendar must take over anew.
    sequence = models.PositiveIntegerField(default=0)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("time for a talk")
        verbose_name_plural = _("times for talks")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hours", "starts_at"], name="slot_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"
            ),
            ExclusionConstraint(
                name="slot_one_place_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (Moments("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_id} {self.starts_at:%Y-%m-%d %H:%M}"


class BookingQuerySet(models.QuerySet["Booking"]):
    def taking_a_slot(self) -> BookingQuerySet:
        return self.exclude(state=Booking.State.CANCELLED)

    def expected(self) -> BookingQuerySet:
        return self.filter(state=Booking.State.BOOKED)

    def for_display(self) -> BookingQuerySet:
        return self.select_related(
            "slot", "person", "hours__council__dossier__territory", "hours__member",
            "hours__territory",
        ).prefetch_related("hours__council__dossier__texts")  # fmt: skip


class Booking(models.Model):
    """Who comes to a talk. Name, contact and topic are for the member and the secretary alone.

    `hours` repeats the slot's, so that nobody keeps two times of the same hours; a trigger keeps it
    equal, and refuses a slot that is withdrawn. `code` is the address of who has no account.
    """

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("state of a booking", "Booked")
        CANCELLED = "cancelled", pgettext_lazy("state of a booking", "Cancelled")
        HELD = "held", _("The talk took place")
        MISSED = "missed", _("Did not come")

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    hours = models.ForeignKey(OfficeHours, models.PROTECT, related_name="bookings")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="talks_booked")
    name = models.CharField(_("name"), max_length=150, blank=True)
    contact = models.CharField(_("telephone or e-mail"), max_length=200, blank=True)
    topic = models.TextField(_("what it is about"), blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.BOOKED)
    code = models.CharField(max_length=24, unique=True)
    booked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=~Q(state="cancelled"),
                name="booking_one_a_slot",
            ),
            models.UniqueConstraint(
                fields=["hours", "person"],
                condition=Q(state="booked", person__isnull=False),
                name="booking_one_ahead_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("councils:booking-detail", args=[self.hours.council.slug, self.code])

    @property
    def visitor(self) -> str:
        """For the member and the secretary: whoever is to come."""
        return self.name or (self.person.display_name if self.person else "")


class FeedbackNoteQuerySet(models.QuerySet["FeedbackNote"]):
    def public(self) -> FeedbackNoteQuerySet:
        return self.filter(published_at__isnull=False)


class FeedbackNote(models.Model):
    """What was raised in a talk and what follows from it; public if the visitor agrees."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="note")
    raised = models.TextField(_("what was raised"))
    follows = models.TextField(_("what follows from it"))
    language = models.CharField(_("language"), max_length=2)
    has_consent = models.BooleanField(_("may be published"), default=False)
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, related_name="notes")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = FeedbackNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of a talk")
        verbose_name_plural = _("notes of talks")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(has_consent=True),
                name="note_published_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.raised[:60]
