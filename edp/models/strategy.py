"""The strategy: challenges, priorities, objectives; what was approved by whom.

Every part of a strategy names it, so that it is read in one query a table, and composite foreign
keys keep a part in the strategy of what it belongs to. From the approval by the akimat on nothing
in it changes: a trigger refuses it (migration 0009).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages, first_available
from edp.models.ideas import Priority
from edp.models.process import Decision, DiscoveryProcess
from participation.models import AnswerDue, Dossier


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def public(self) -> StrategyQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def in_force(self) -> StrategyQuerySet:
        """At most one a process, as it was adopted or as amended since."""
        return self.filter(state__in=Strategy.HOLDING)

    def for_display(self) -> StrategyQuerySet:
        return self.select_related(
            "dossier__territory",
            "process__dossier__territory",
            "process__lead_body",
            "process__ruleset",
        ).prefetch_related("dossier__texts", "process__dossier__texts")


class Strategy(models.Model):
    """One version; title, vision (summary) and foreword (body) are in its dossier."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONSULTED = "consulted", _("Put before the public council")
        COUNCIL_OPINION = "council_opinion", _("The public council has given its opinion")
        AKIMAT_APPROVED = "akimat_approved", _("Approved by the akimat")
        MASLIKHAT_APPROVED = "maslikhat_approved", _("Approved by the maslikhat")
        IN_FORCE = "in_force", _("In force")
        AMENDED = "amended", _("In force as amended")
        SUPERSEDED = "superseded", _("Superseded by the next version")
        EXPIRED = "expired", _("Expired")

    # Until the akimat approves, parts may change.
    OPEN = (State.DRAFT, State.CONSULTED, State.COUNCIL_OPINION)
    HOLDING = (State.IN_FORCE, State.AMENDED)

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="strategy")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="strategies")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    currency = models.CharField(_("currency"), max_length=3, default="KZT")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["process", "version"]
        constraints = [
            models.UniqueConstraint(fields=["process", "version"], name="strategy_version_unique"),
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(state__in=["in_force", "amended"]),
                name="strategy_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.version}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether its parts may still change."""
        return self.state in self.OPEN


class Approval(models.Model):
    """The decision by which one version of a strategy went one step on; append-only."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="approvals")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="approval")

    class Meta:
        verbose_name = _("approval of a strategy")
        verbose_name_plural = _("approvals of strategies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.decision_id}"


class CouncilRecommendation(models.Model):
    """A recommendation in the public council's opinion, and the answer that is owed to it."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="recommendations")
    answer_due = models.OneToOneField(
        AnswerDue, models.PROTECT, related_name="strategy_recommendation"
    )

    class Meta:
        verbose_name = _("recommendation of the public council")
        verbose_name_plural = _("recommendations of the public council")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.answer_due_id}"


def numbered(parent: str, name: str) -> models.UniqueConstraint:
    """One of a number below its parent; looked at in the end, so that two may change places."""
    return models.UniqueConstraint(
        fields=[parent, "number"], name=name, deferrable=models.Deferrable.DEFERRED
    )


class Challenge(NamedInThreeLanguages):
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="challenges")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["number"]
        constraints = [numbered("strategy", "challenge_numbered")]


class StrategyPriority(models.Model):
    """A priority of the process as it stands in one strategy; its texts are in its own dossier."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="priorities")
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="priorities")
    priority = models.ForeignKey(
        Priority, models.PROTECT, related_name="in_strategies", verbose_name=_("priority")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    # From what to what the region is to change (O:2077-2083).
    change_kk = models.TextField(_("from what to what, in Kazakh"), blank=True)
    change_ru = models.TextField(_("from what to what, in Russian"), blank=True)
    change_en = models.TextField(_("from what to what, in English"), blank=True)

    class Meta:
        verbose_name = _("priority of a strategy")
        verbose_name_plural = _("priorities of a strategy")
        ordering = ["number"]
        constraints = [
            numbered("challenge", "strategy_priority_numbered"),
            models.UniqueConstraint(fields=["strategy", "priority"], name="strategy_priority_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.priority.dossier.title

    @property
    def change(self) -> str:
        return first_available({c: getattr(self, f"change_{c}") for c in ("kk", "ru", "en")})


class Objective(NamedInThreeLanguages):
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="objectives")
    priority = models.ForeignKey(StrategyPriority, models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["number"]
        constraints = [numbered("priority", "objective_numbered")]


class Publication(models.Model):
    """A document of a strategy, asked for and then made once by a worker; it never changes after.

    `sha256` is of the file as it is handed out.
    """

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="publications")
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=20, choices=Strategy.State)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    file = models.FileField(upload_to="strategies/", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), null=True)
    made_at = models.DateTimeField(_("made"), null=True)

    class Meta:
        verbose_name = _("document of a strategy")
        verbose_name_plural = _("documents of strategies")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, sha256="", size=None)
                | Q(made_at__isnull=False, size__gt=0) & ~Q(sha256="") & ~Q(file=""),
                name="publication_made_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id} {self.language} {self.sha256[:8]}"
