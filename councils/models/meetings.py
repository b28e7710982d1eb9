"""Meetings and hearings, what they are about, who was there and how they voted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import NamedInThreeLanguages, ToldInThreeLanguages, first_available
from councils.models.council import Commission, Council, Mandate
from participation.models import Dossier


class DocketQuerySet(models.QuerySet["Docket"]):
    def public(self) -> DocketQuerySet:
        return self.filter(
            dossier__published_at__isnull=False, council__dossier__published_at__isnull=False
        )

    def for_display(self) -> DocketQuerySet:
        return self.select_related(
            "dossier__territory", "council__dossier__territory"
        ).prefetch_related("dossier__texts", "council__dossier__texts")


class Docket(models.Model):
    """One matter with all its papers, hearings, recommendations and acts."""

    class Kind(models.TextChoices):
        DRAFT_ACT = "draft_act", _("Draft of an act")
        PLAN = "plan", _("Plan or strategy")
        BUDGET_PROGRAMME = "budget_programme", _("Budget programme")
        REPORT = "report", _("Report of a body")
        COMPLAINTS = "complaints", _("Citizens' appeals")
        OWN_INITIATIVE = "own_initiative", _("Own initiative")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="docket")
    council = models.ForeignKey(Council, models.PROTECT, related_name="dockets")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=18, choices=Kind)

    objects = DocketQuerySet.as_manager()

    class Meta:
        verbose_name = _("docket")
        verbose_name_plural = _("dockets")
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="docket_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> MeetingQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> MeetingQuerySet:
        return self.select_related(
            "dossier__territory",
            "council__dossier__territory",
            "council__ruleset",
            "body",
            "commission",
        ).prefetch_related("dossier__texts", "council__dossier__texts")


class Meeting(models.Model):
    """Of a council, or a session of an akimat or maslikhat (`body`); one address for its life."""

    class Kind(models.TextChoices):
        MEETING = "meeting", pgettext_lazy("of a council", "Meeting")
        HEARING = "hearing", _("Public hearing")
        OFFICE_HOURS = "office_hours", _("Office hours")
        SESSION = "session", _("Session of a state body")

    class Mode(models.TextChoices):
        HALL = "hall", _("in a hall")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in a hall and online")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ANNOUNCED = "announced", pgettext_lazy("state of a meeting", "Announced")
        OPEN = "open", pgettext_lazy("state of a meeting", "Under way")
        HELD = "held", _("Held")
        NO_QUORUM = "no_quorum", _("Failed: no quorum")
        CANCELLED = "cancelled", _("Cancelled")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="meeting")
    council = models.ForeignKey(Council, models.PROTECT, null=True, related_name="meetings")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="sessions")
    commission = models.ForeignKey(
        Commission, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    mode = models.CharField(_("held"), max_length=8, choices=Mode, default=Mode.HALL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    stream_url = models.URLField(_("address of the broadcast"), blank=True)
    reason = models.TextField(_("reasons"), blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)
    began_at = models.DateTimeField(_("began"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    # RFC 5545: counts what a calendar must take over anew.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(council__isnull=False, body=None) & ~Q(kind="session")
                | Q(council=None, body__isnull=False, kind="session"),
                name="meeting_of_a_council_or_a_body",
            ),
            models.UniqueConstraint(
                fields=["council", "body", "number"],
                nulls_distinct=False,
                name="meeting_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""),
                name="meeting_cancelled_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id or self.body_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_ahead(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.ANNOUNCED)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.HELD, self.State.NO_QUORUM)


class AgendaItem(NamedInThreeLanguages):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"))
    is_public = models.BooleanField(_("public"), default=True)
    dockets = models.ManyToManyField(Docket, related_name="agenda_items", blank=True)
    decision_kk = models.TextField(_("decision in Kazakh"), blank=True)
    decision_ru = models.TextField(_("decision in Russian"), blank=True)
    decision_en = models.TextField(_("decision in English"), blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_unique")
        ]

    @property
    def decision(self) -> str:
        return first_available({c: getattr(self, f"decision_{c}") for c in ("kk", "ru", "en")})


class Motion(ToldInThreeLanguages):
    """What was put to the vote."""

    class State(models.TextChoices):
        TABLED = "tabled", _("Tabled")
        OPEN = "open", pgettext_lazy("state of a motion", "Vote is open")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "rejected", pgettext_lazy("state of a motion", "Not adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        NO_QUORUM = "no_quorum", _("Failed: no quorum")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField(_("number"))
    tabled_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="motions")
    is_secret = models.BooleanField(_("secret vote"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TABLED)
    is_in_breach = models.BooleanField(
        _("voted while the composition was in breach"), default=False
    )

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="motion_number_unique")
        ]


class Minutes(ToldInThreeLanguages):
    """What a meeting leaves behind; `record` holds, as it was, who was there, voted and asked.

    A published version never changes: a correction is the next version, with its reason.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(_("version"))
    record = models.JSONField(default=dict)
    correction = models.TextField(_("what was corrected and why"), blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_by_secretary = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    secretary_signed_at = models.DateTimeField(null=True)
    signed_by_chair = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    chair_signed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_unique"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""), name="minutes_corrected_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(secretary_signed_at__isnull=False, chair_signed_at__isnull=False)
                & ~Q(sha256=""),
                name="minutes_published_when_signed",
            ),
        ]


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def public(self) -> RecommendationQuerySet:
        return self.filter(
            dossier__published_at__isnull=False, council__dossier__published_at__isnull=False
        )

    def for_lists(self) -> RecommendationQuerySet:
        """Of one council, which is known already."""
        return self.select_related("dossier").prefetch_related("dossier__texts")

    def delivered(self) -> RecommendationQuerySet:
        return self.filter(delivered_on__isnull=False)

    def for_display(self) -> RecommendationQuerySet:
        return self.select_related(
            "dossier__territory",
            "council__dossier__territory",
            "council__supervised_body",
            "docket__dossier",
            "motion__item__meeting__dossier",
        ).prefetch_related("dossier__texts", "council__dossier__texts", "docket__dossier__texts")


class Recommendation(models.Model):
    """What a council asks of state bodies; each body's duty is an AnswerDue of its dossier.

    What follows delivery is computed from answers, commitments and acts (recommendation_state) and
    stored, so that lists can filter by it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")
        DELIVERED = "delivered", _("Delivered")
        ANSWERED = "answered", pgettext_lazy("state of a recommendation", "Answered")
        IN_IMPLEMENTATION = "in_implementation", _("Being carried out")
        IMPLEMENTED = "implemented", _("Implemented")
        REJECTED = "rejected", _("Rejected with reasons")
        CLOSED_UNANSWERED = "closed_unanswered", _("Closed unanswered")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="recommendation")
    council = models.ForeignKey(Council, models.PROTECT, related_name="recommendations")
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, related_name="recommendations")
    motion = models.ForeignKey(Motion, models.PROTECT, null=True, related_name="recommendations")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = models.TextField(_("why it was closed"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="recommendation_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(motion__isnull=False, adopted_on__isnull=False),
                name="recommendation_comes_from_a_motion",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "adopted"]) | Q(delivered_on__isnull=False),
                name="recommendation_delivered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closing_reason="") & ~Q(state="closed_unanswered")
                | Q(closed_on__isnull=False) & ~Q(closing_reason=""),
                name="recommendation_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()
