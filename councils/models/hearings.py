"""Public hearings: what is said of one beforehand, its notices, and who wants to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import ToldInThreeLanguages, first_available
from councils.models.meetings import Docket, Meeting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

HEARING_LANGUAGES: dict[str, LazyText] = {
    "kk": pgettext_lazy("hearing in", "Kazakh"),
    "ru": pgettext_lazy("hearing in", "Russian"),
    "en": pgettext_lazy("hearing in", "English"),
    "interpreted": _("with interpretation"),
}
ACCESS: dict[str, LazyText] = {
    "step_free": _("step-free entrance and lift"),
    "sign_language": _("sign language interpreter"),
    "loop": _("induction loop"),
    "captions": _("captions in the broadcast"),
    "transport": _("transport on request"),
}
CHANNELS: dict[str, LazyText] = {
    "site": _("on this site"),
    "newspaper": _("in a newspaper"),
    "notice_board": _("on notice boards"),
    "social": _("in social networks"),
    "body_site": _("on the body's own site"),
}


class HearingDetail(models.Model):
    """What a hearing has beside what every meeting has."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="hearing")
    docket = models.ForeignKey(
        Docket, models.PROTECT, null=True, blank=True, related_name="hearings"
    )
    repeats = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="repetitions"
    )
    initiator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ground_kk = models.CharField(_("legal ground in Kazakh"), max_length=300)
    ground_ru = models.CharField(_("legal ground in Russian"), max_length=300)
    ground_en = models.CharField(_("legal ground in English"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("places in the hall"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    access = models.JSONField(_("accessibility"), default=list, blank=True)
    seconds_each = models.PositiveSmallIntegerField(_("seconds of one speaker"), default=180)
    # Six digits by which phones in the hall come to the hearing; while it is under way.
    join_code = models.CharField(max_length=6, null=True, unique=True)  # noqa: DJ001 - most have none

    class Meta:
        verbose_name = _("details of a hearing")
        verbose_name_plural = _("details of hearings")
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds_each__range=(30, 3600)), name="hearing_speech_is_limited"
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)

    @property
    def ground(self) -> str:
        return first_available({"kk": self.ground_kk, "ru": self.ground_ru, "en": self.ground_en})

    @property
    def spoken(self) -> list[LazyText]:
        return [label for code, label in HEARING_LANGUAGES.items() if code in self.languages]

    @property
    def ways_in(self) -> list[LazyText]:
        return [label for code, label in ACCESS.items() if code in self.access]


class Notice(ToldInThreeLanguages):
    """What was announced of a hearing and when; append-only. The last one is in force.

    `between` are the full working days between the day of the notice and the hearing, counted by
    the calendar `calendar_version`; `needed` is what the council's rules asked for on that day.
    A trigger lets no hearing be announced, begun or held at a time or place of which no notice
    speaks.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField(_("number"))
    published_on = models.DateField(_("published"))
    hearing_on = models.DateField(_("day of the hearing"))
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    channels = models.JSONField(_("where it was published"), default=list)
    papers = models.JSONField(_("papers"), default=list, blank=True)
    reason = models.TextField(_("why it was changed"), blank=True)
    between = models.PositiveSmallIntegerField(_("full working days in between"))
    needed = models.PositiveSmallIntegerField(_("needed"))
    calendar_version = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("notice of a hearing")
        verbose_name_plural = _("notices of hearings")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="notice_number_unique"),
            models.CheckConstraint(condition=Q(between__gte=F("needed")), name="notice_in_time"),
            models.CheckConstraint(
                condition=Q(hearing_on__gt=F("published_on")), name="notice_before_the_hearing"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="notice_changed_with_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(text_kk="") & ~Q(text_ru=""), name="notice_in_both_languages"
            ),
        ]

    @property
    def published_in(self) -> list[LazyText]:
        return [label for code, label in CHANNELS.items() if code in self.channels]


class HearingRegistration(models.Model):
    """Somebody wants to come, with or without an account; triggers count the places of the hall.

    `code` is unguessable: it leads to one's own page, and whoever shows it at the door is let in.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("place at a hearing", "Registered")
        CONFIRMED = "confirmed", pgettext_lazy("place at a hearing", "Confirmed")
        PRESENT = "present", pgettext_lazy("place at a hearing", "Present")
        ABSENT = "absent", pgettext_lazy("place at a hearing", "Did not come")
        WAITLISTED = "waitlisted", pgettext_lazy("place at a hearing", "On the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("place at a hearing", "Given back")

    class Capacity(models.TextChoices):
        RESIDENT = "resident", pgettext_lazy("comes as", "Resident")
        ORGANISATION = "organisation", pgettext_lazy("comes as", "For an organisation")
        EXPERT = "expert", pgettext_lazy("comes as", "Expert")
        OFFICIAL = "official", pgettext_lazy("comes as", "Official")
        MEDIA = "media", pgettext_lazy("comes as", "Press")

    class Position(models.TextChoices):
        FOR = "for", pgettext_lazy("position at a hearing", "For")
        AGAINST = "against", pgettext_lazy("position at a hearing", "Against")
        NEUTRAL = "neutral", pgettext_lazy("position at a hearing", "Neutral")
        QUESTION = "question", pgettext_lazy("position at a hearing", "I have a question")

    class Attends(models.TextChoices):
        HALL = "hall", pgettext_lazy("attends", "In the hall")
        ONLINE = "online", pgettext_lazy("attends", "Online")

    HOLDS_A_PLACE = (State.REGISTERED, State.CONFIRMED, State.PRESENT)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="hearing_registrations")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="hearing_places")
    name = models.CharField(_("name"), max_length=150, blank=True)
    contact = models.CharField(_("e-mail or telephone"), max_length=200, blank=True)
    capacity = models.CharField(_("comes as"), max_length=12, choices=Capacity)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    attends = models.CharField(_("attends"), max_length=6, choices=Attends, default=Attends.HALL)
    position = models.CharField(_("position"), max_length=8, choices=Position)
    wants_to_speak = models.BooleanField(_("wants to speak"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State)
    code = models.CharField(max_length=32, unique=True)
    # Orders the waiting list: who gives a place back and comes again stands at its end.
    since = models.DateTimeField(_("since"))
    checked_in_at = models.DateTimeField(_("checked in"), null=True)

    class Meta:
        verbose_name = _("registration for a hearing")
        verbose_name_plural = _("registrations for hearings")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="hearing_registration_one_a_person",
            ),
            models.UniqueConstraint(
                fields=["meeting", "contact"],
                condition=~Q(contact="") & ~Q(state="cancelled"),
                name="hearing_registration_one_a_contact",
            ),
            models.CheckConstraint(
                condition=~Q(state="present") | Q(checked_in_at__isnull=False),
                name="hearing_present_since_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def shown_name(self) -> str:
        return self.name or (self.person.display_name if self.person else "")

    @property
    def has_place(self) -> bool:
        return self.state in self.HOLDS_A_PLACE
