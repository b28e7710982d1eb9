"""Evaluation of ideas by a panel: criteria, who judges what, interests, scores, results."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import ToldInThreeLanguages, first_available
from edp.models.ideas import Idea
from edp.models.process import Decision, DiscoveryProcess, GroupMembership


class CriterionSet(models.Model):
    """What ideas of a process are judged by. Frozen by a trigger at the first locked sheet."""

    class Preset(models.TextChoices):
        EDP_6 = "edp-6", _("EDP-6: six criteria of entrepreneurial discovery")
        KIDI_4 = "kidi-4", _("KIDI-4: four criteria for clusters")
        OWN = "own", _("Own criteria")

    process = models.OneToOneField(DiscoveryProcess, models.PROTECT, related_name="criterion_set")
    preset = models.CharField(_("set of criteria"), max_length=10, choices=Preset)
    frozen_at = models.DateTimeField(_("frozen"), null=True, editable=False)

    class Meta:
        verbose_name = _("set of criteria")
        verbose_name_plural = _("sets of criteria")

    def __str__(self) -> str:
        return f"{self.process_id} {self.preset}"


class Criterion(ToldInThreeLanguages):
    """One question of a sheet; weights are parts of one and sum to exactly one (a trigger)."""

    class Evidence(models.TextChoices):
        """What an assessor sees beside the question."""

        FIGURES = "figures", _("figures and assets of the region")
        SOURCES = "sources", _("what the idea comes from")
        PLEDGES = "pledges", _("what people and firms have pledged")
        PEOPLE = "people", _("whom it touches, and the discussion")

    criterion_set = models.ForeignKey(CriterionSet, models.PROTECT, related_name="criteria")
    code = models.SlugField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=5)
    evidence = models.CharField(
        _("evidence shown"), max_length=10, choices=Evidence, default=Evidence.SOURCES
    )
    anchor_kk = models.CharField(_("what earns the highest score, in Kazakh"), max_length=300)
    anchor_ru = models.CharField(_("what earns the highest score, in Russian"), max_length=300)
    anchor_en = models.CharField(
        _("what earns the highest score, in English"), max_length=300, blank=True
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion_set", "code"], name="criterion_code_unique"),
            models.UniqueConstraint(
                fields=["criterion_set", "position"],
                name="criterion_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1), name="criterion_weight_a_part_of_one"
            ),
        ]

    @property
    def anchor(self) -> str:
        return first_available({c: getattr(self, f"anchor_{c}") for c in ("kk", "ru", "en")})


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def under_way(self) -> AssignmentQuerySet:
        """Neither locked nor recused nor expired: while one is, nobody sees scores of the idea."""
        return self.filter(state__in=Assignment.UNDER_WAY)

    def counted(self) -> AssignmentQuerySet:
        """Sheets that count, of ideas that nobody has still to judge."""
        waiting = Assignment.objects.under_way().filter(idea=OuterRef("idea"))
        return self.filter(~Exists(waiting), state=Assignment.State.LOCKED)

    def with_person(self) -> AssignmentQuerySet:
        return self.select_related(
            "seat__person", "idea__dossier", "idea__process__dossier"
        ).prefetch_related("idea__dossier__texts")


class Assignment(models.Model):
    """One assessor's task: one idea. A trigger recuses who proposed it or works for who did."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("Interests not declared yet")
        DECLARED = "declared", _("Waits for a ruling")
        SCORING = "scoring", _("Under way")
        LOCKED = "locked", _("Locked")
        RECUSED = "recused", _("Recused")
        EXPIRED = "expired", _("Expired without a sheet")

    class Because(models.TextChoices):
        RULING = "ruling", _("by a ruling on a declared interest")
        PROPOSER = "proposer", _("proposed the idea")
        ORGANISATION = "organisation", _("belongs to the organisation that proposed it")

    UNDER_WAY = (State.ASSIGNED, State.DECLARED, State.SCORING)

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="assignments")
    seat = models.ForeignKey(GroupMembership, models.PROTECT, related_name="assignments")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASSIGNED)
    recused_because = models.CharField(
        _("recused because"), max_length=14, choices=Because, blank=True
    )
    due_on = models.DateField(_("last day"))
    locked_at = models.DateTimeField(_("locked"), null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea to assess")
        verbose_name_plural = _("ideas to assess")
        ordering = ["idea", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "seat"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state="recused") & ~Q(recused_because="")
                | ~Q(state="recused") & Q(recused_because=""),
                name="assignment_recused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="locked", locked_at__isnull=False)
                | ~Q(state="locked") & Q(locked_at=None),
                name="assignment_locked_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}/{self.idea_id}"


class Interest(models.Model):
    """What an assessor declared before seeing an idea's scores, or later, and the ruling on it."""

    class Nature(models.TextChoices):
        NONE = "none", _("no interest")
        EMPLOYMENT = "employment", _("employment")
        OWNERSHIP = "ownership", _("ownership")
        FAMILY = "family", _("family")
        AUTHOR = "author", _("took part in writing it")
        COMPETITOR = "competitor", _("works for a competitor")
        OTHER = "other", _("another interest")

    class Ruling(models.TextChoices):
        NONE = "none", _("nothing stands in the way")
        MAY_SCORE = "may_score", _("may score; the interest is published")
        RECUSE = "recuse", _("does not score")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="interests")
    nature = models.CharField(_("nature of the interest"), max_length=12, choices=Nature)
    public_summary = models.CharField(_("what is published of it"), max_length=300, blank=True)
    # The state of the sheet at that moment: a ruling without consequences leads back to it.
    declared_in = models.CharField(max_length=10, choices=Assignment.State)
    declared_at = models.DateTimeField(auto_now_add=True)
    ruling = models.CharField(_("ruling"), max_length=10, choices=Ruling, blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ruling=""),
                name="interest_one_without_ruling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.nature}"

    @property
    def is_late(self) -> bool:
        return self.declared_in != Assignment.State.ASSIGNED


class ScoreQuerySet(models.QuerySet["Score"]):
    def live(self) -> ScoreQuerySet:
        return self.filter(voided_because="")


class Score(models.Model):
    """One answer of a sheet. Without a value: no information, which is never a zero.

    Triggers: only while the sheet is under way, never of somebody recused, never deleted. What was
    locked stays as it was: a late interest or a reopening voids it, visibly.
    """

    class Voided(models.TextChoices):
        INTEREST = "interest", _("an interest was declared late")
        REOPENED = "reopened", _("the sheet was reopened")

    LOWEST, HIGHEST = 0, 5

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"), null=True)
    justification = models.TextField(_("reasons"), blank=True)
    voided_because = models.CharField(_("void"), max_length=10, choices=Voided, blank=True)
    voided_at = models.DateTimeField(null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "criterion"],
                condition=Q(voided_because=""),
                name="score_one_a_criterion",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__range=(0, 5)), name="score_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__range=(2, 4)) | ~Q(justification=""),
                name="score_of_an_end_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.criterion_id}"


class EvaluationReport(models.Model):
    """The results as they were published, byte by byte; append-only.

    `body` is canonical JSON: `input` is what `manage.py rank_ideas` reads, `results` what it tells.
    """

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="evaluations")
    version = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField()
    sha256 = models.CharField("SHA-256", max_length=64)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("report of an evaluation")
        verbose_name_plural = _("reports of evaluations")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["process", "version"], name="evaluation_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.version}"

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class EvaluationException(models.Model):
    """An idea that goes on with too few assessors or too little scored, by a reasoned decision."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="evaluation_exception")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="exceptions")

    class Meta:
        verbose_name = _("exception of an evaluation")
        verbose_name_plural = _("exceptions of an evaluation")

    def __str__(self) -> str:
        return str(self.idea_id)


class Selection(models.Model):
    """A decision on what is selected, the report it looked at, and why it departs from it."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="selection")
    report = models.ForeignKey(EvaluationReport, models.PROTECT, related_name="selections")
    departs = models.BooleanField(_("departs from the ranking"))
    departure_kk = models.TextField(_("why it departs, in Kazakh"), blank=True)
    departure_ru = models.TextField(_("why it departs, in Russian"), blank=True)
    departure_en = models.TextField(_("why it departs, in English"), blank=True)

    class Meta:
        verbose_name = _("selection of priorities")
        verbose_name_plural = _("selections of priorities")
        constraints = [
            models.CheckConstraint(
                condition=Q(departs=False) | ~Q(departure_kk="") & ~Q(departure_ru=""),
                name="selection_departs_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision_id)

    @property
    def departure(self) -> str:
        return first_available({c: getattr(self, f"departure_{c}") for c in ("kk", "ru", "en")})
