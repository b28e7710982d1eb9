"""Meetings, and what was said there: the beginning of every chain of evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from accounts.multilingual import NamedInThreeLanguages, first_available
from edp.models.process import DiscoveryProcess
from participation.models import Dossier


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def public(self) -> WorkshopQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def held(self) -> WorkshopQuerySet:
        return self.filter(state__in=[Workshop.State.HELD, Workshop.State.REPORTED])

    def for_lists(self) -> WorkshopQuerySet:
        """Of one process, whose name a list shows anyway."""
        return self.select_related("dossier__territory").prefetch_related("dossier__texts")

    def for_display(self) -> WorkshopQuerySet:
        return self.select_related(
            "dossier__territory", "process__dossier__territory", "moderated_by"
        ).prefetch_related("dossier__texts", "process__dossier__texts")


class Workshop(models.Model):
    """A meeting of a process; title, invitation and agenda are in its dossier, as is its place.

    The report is the dossier's page after the meeting, so one address serves before, during and
    after.
    """

    class Kind(models.TextChoices):
        FORESIGHT = "foresight", _("Foresight panel")
        FOCUS_GROUP = "focus_group", _("Focus group")
        PROJECT_LAB = "project_lab", _("Project lab")
        ROUNDTABLE = "roundtable", _("Roundtable")
        PUBLIC_MEETING = "public_meeting", _("Public meeting")
        HEARING = "hearing", _("Public hearing")
        SURVEY = "survey", _("Survey")
        OFFICE_HOURS = "office_hours", _("Office hours")

    class Mode(models.TextChoices):
        HALL = "hall", _("in a hall")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in a hall and online")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ANNOUNCED = "announced", _("Registration is open")
        RUNNING = "running", _("Under way")
        HELD = "held", _("Held")
        REPORTED = "reported", _("Report published")
        CANCELLED = "cancelled", _("Cancelled")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="workshop")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="workshops")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    mode = models.CharField(_("held"), max_length=8, choices=Mode, default=Mode.HALL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    is_outside_centre = models.BooleanField(_("outside the centre"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    moderated_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("moderated by"),
    )
    rapporteur = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops_reported",
        verbose_name=_("rapporteur"),
    )
    report_kk = models.TextField(_("report in Kazakh"), blank=True)
    report_ru = models.TextField(_("report in Russian"), blank=True)
    report_en = models.TextField(_("report in English"), blank=True)
    cancelled_because_kk = models.CharField(_("why, in Kazakh"), max_length=500, blank=True)
    cancelled_because_ru = models.CharField(_("why, in Russian"), max_length=500, blank=True)
    # Counted up with every change that calendars must take over.
    revision = models.PositiveIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    # Six digits by which phones in the hall come to the meeting, where the organiser lets them.
    join_code = models.CharField(max_length=6, null=True, unique=True)  # noqa: DJ001 - most have none
    dots_each = models.PositiveSmallIntegerField(_("dots of one participant"), default=3)
    dots_a_theme = models.PositiveSmallIntegerField(_("of them on one theme, at most"), default=2)
    dots_opened_at = models.DateTimeField(null=True, editable=False)
    dots_closed_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="workshop_number_unique"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workshop_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="reported") | (~Q(report_kk="") & ~Q(report_ru="")),
                name="workshop_reported_in_both_languages",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled")
                | (~Q(cancelled_because_kk="") & ~Q(cancelled_because_ru="")),
                name="workshop_cancelled_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(dots_each__gte=1, dots_a_theme__range=(1, F("dots_each"))),
                name="workshop_dots_sensible",
            ),
            models.CheckConstraint(
                condition=Q(dots_closed_at=None) | Q(dots_opened_at__lt=F("dots_closed_at")),
                name="workshop_dots_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def report(self) -> str:
        return first_available({c: getattr(self, f"report_{c}") for c in ("kk", "ru", "en")})

    @property
    def cancelled_because(self) -> str:
        return first_available({c: getattr(self, f"cancelled_because_{c}") for c in ("kk", "ru")})

    @property
    def is_ahead(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.ANNOUNCED)

    @property
    def takes_registrations(self) -> bool:
        return self.state == self.State.ANNOUNCED

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.HELD, self.State.REPORTED)

    @property
    def are_dots_open(self) -> bool:
        return self.dots_opened_at is not None and self.dots_closed_at is None


class Theme(NamedInThreeLanguages):
    """What several statements of one workshop are about, as grouped on its board."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="themes")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "position"], name="theme_position_unique"),
        ]


class StatementQuerySet(models.QuerySet["Statement"]):
    def public(self) -> StatementQuerySet:
        """Published ones; of an erased one only the tombstone is left."""
        return self.filter(published_at__isnull=False)

    def waiting(self) -> StatementQuerySet:
        """From a phone, for the rapporteur to release or to put aside."""
        return self.filter(published_at=None, put_aside_because="", erased_at=None)

    def obstacles_of_the_republic(self) -> StatementQuerySet:
        """What stands in a region's way and only the republic can change."""
        return self.public().filter(
            kind=Statement.Kind.OBSTACLE,
            competence=Statement.Competence.NATIONAL,
            erased_at=None,
            superseded_by=None,
            process__dossier__published_at__isnull=False,
        )


class Statement(models.Model):
    """What somebody said, verbatim and in the language it was said in.

    Once published it is never edited, only translated, annotated or superseded; erasure for
    privacy empties it and leaves the tombstone (`erased_at`), by triggers.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weakness")
        OPPORTUNITY = "opportunity", _("Opportunity")
        THREAT = "threat", _("Threat")
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")
        OBSTACLE = "obstacle", _("Obstacle")
        TREND = "trend", _("Trend")
        IDEA = "idea", _("Idea")
        ASPIRATION = "aspiration", _("Aspiration")

    class Competence(models.TextChoices):
        LOCAL = "local", _("the district or city")
        REGIONAL = "regional", _("the region")
        NATIONAL = "national", _("the republic")

    class Channel(models.TextChoices):
        HALL = "hall", _("in the hall")
        PHONE = "phone", _("from a participant's phone")
        ONLINE = "online", _("on the site")
        LETTER = "letter", _("by letter")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField(_("number"))
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("words"))
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    competence = models.CharField(
        _("who can change it"), max_length=10, choices=Competence, blank=True
    )
    author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    is_named = models.BooleanField(_("the author's name may be shown"), default=False)
    has_consent = models.BooleanField(_("may be published"), default=False)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="earlier")
    put_aside_because = models.CharField(_("not published because"), max_length=200, blank=True)
    said_at = models.DateTimeField(_("said"))
    published_at = models.DateTimeField(_("published"), null=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="statement_number_unique"),
            models.CheckConstraint(
                condition=Q(helix="") | Q(helix__in=Helix.values), name="statement_helix_known"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(has_consent=True),
                name="statement_published_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(text="")
                | Q(erased_at__isnull=False, text="", author=None),
                name="statement_has_words_unless_erased",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(put_aside_because=""),
                name="statement_published_or_put_aside",
            ),
        ]
        indexes = [models.Index(fields=["process", "kind"])]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("edp:statement-detail", args=[self.process.slug, self.number])

    @property
    def words(self) -> str:
        """As it was said; in the reader's language where somebody has translated it."""
        reader = (get_language() or "kk")[:2]
        return self.text if reader == self.language else self.translations.get(reader, self.text)

    @property
    def language_shown(self) -> str:
        reader = (get_language() or "kk")[:2]
        return reader if reader in self.translations else self.language
