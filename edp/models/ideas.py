"""Ideas: an activity somebody could build, the words and figures it comes from, its way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from edp.models.delphi import DelphiStatement
from edp.models.evidence import RegionalAsset, SpecialisationResult, TrendSignal
from edp.models.process import Decision, DiscoveryProcess
from edp.models.workshops import Statement
from participation.models import Dossier


class IdeaQuerySet(models.QuerySet["Idea"]):
    def public(self) -> IdeaQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def admitted(self) -> IdeaQuerySet:
        """Those that came as far as evaluation, whatever became of them there."""
        return self.filter(state__in=Idea.ADMITTED)

    def for_display(self) -> IdeaQuerySet:
        return self.select_related(
            "dossier__territory", "process__dossier__territory", "proposer"
        ).prefetch_related("dossier__texts", "process__dossier__texts")


class Idea(models.Model):
    """An entrepreneurial discovery; title and description are in its dossier.

    The activity sentence is capability + technology + market (O:2085-2093: activities rather than
    sectors). `is_surprise` is computed at admission: from below, no statistical signal, in no plan.
    """

    class Origin(models.TextChoices):
        BOTTOM_UP = "bottom_up", _("from participants")
        MAPPING = "mapping", _("from the figures")
        EXISTING_PLAN = "existing_plan", _("from an existing plan")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Sent back for completion")
        SCREENED_OUT = "screened_out", _("Not admitted")
        MERGED = "merged", _("Merged into another")
        ADMITTED = "admitted", _("Admitted")
        SCORED = "scored", _("Evaluated")
        PARKED = "parked", _("Parked")
        CANDIDATE = "candidate", _("Candidate priority")
        NOT_SELECTED = "not_selected", _("Not selected")
        SELECTED = "selected", _("Selected")

    ADMITTED = (
        State.ADMITTED,
        State.SCORED,
        State.PARKED,
        State.CANDIDATE,
        State.NOT_SELECTED,
        State.SELECTED,
    )

    # What the proposer may still change; nobody else sees a draft.
    EDITABLE = (State.DRAFT, State.RETURNED)
    PARTS = ("capability", "technology", "market")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="idea")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="ideas")
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=2)
    capability = models.CharField(_("what we can do"), max_length=200)
    technology = models.CharField(_("with which technology"), max_length=200)
    market = models.CharField(_("for whom"), max_length=200)
    activity_codes = models.JSONField(_("codes of activities"), default=list, blank=True)
    affected_groups = models.CharField(_("whom it touches"), max_length=300, blank=True)
    origin = models.CharField(_("origin"), max_length=14, choices=Origin)
    proposer = models.ForeignKey(User, models.PROTECT, null=True, related_name="ideas")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    reason = models.TextField(_("reasons"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    is_surprise = models.BooleanField(_("entrepreneurial surprise"), null=True)
    named_in_plan = models.CharField(
        _("the plan that names this activity"), max_length=300, blank=True
    )
    # The parts of the sentence in other languages, by language: {"ru": {"capability": "…"}}.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="idea_number_unique"),
            models.CheckConstraint(
                condition=Q(helix="") | Q(helix__in=Helix.values), name="idea_helix_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "screened_out", "parked", "not_selected"])
                | ~Q(reason=""),
                name="idea_refused_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="idea_merged_into_something",
            ),
        ]
        indexes = [models.Index(fields=["process", "state"])]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def parts(self) -> dict[str, str]:
        """The activity sentence in the reader's language if it was translated, else as written."""
        reader = (get_language() or "kk")[:2]
        return self.parts_in(reader) or self.parts_in(self.language)

    @property
    def parts_language(self) -> str:
        reader = (get_language() or "kk")[:2]
        return reader if self.parts_in(reader) else self.language

    def parts_in(self, language: str) -> dict[str, str]:
        """Empty where the sentence is not there in that language."""
        if language == self.language:
            return {name: getattr(self, name) for name in self.PARTS}
        translated: dict[str, str] = self.translations.get(language, {})
        return translated

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


class IdeaSource(models.Model):
    """Where an idea comes from: exactly one thing somebody said or somebody measured."""

    KINDS = ("statement", "delphi_statement", "result", "asset", "trend")

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="sources")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="led_to")
    delphi_statement = models.ForeignKey(
        DelphiStatement, models.PROTECT, null=True, related_name="led_to"
    )
    result = models.ForeignKey(
        SpecialisationResult, models.PROTECT, null=True, related_name="led_to"
    )
    asset = models.ForeignKey(RegionalAsset, models.PROTECT, null=True, related_name="led_to")
    trend = models.ForeignKey(TrendSignal, models.PROTECT, null=True, related_name="led_to")
    why = models.CharField(_("why"), max_length=300, blank=True)
    # Sources that came with a merged idea say from which.
    came_with = models.ForeignKey(Idea, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("source of an idea")
        verbose_name_plural = _("sources of ideas")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(statement__isnull=False, delphi_statement=None, result=None)
                    & Q(asset=None, trend=None)
                    | Q(statement=None, delphi_statement__isnull=False, result=None)
                    & Q(asset=None, trend=None)
                    | Q(statement=None, delphi_statement=None, result__isnull=False)
                    & Q(asset=None, trend=None)
                    | Q(statement=None, delphi_statement=None, result=None)
                    & Q(asset__isnull=False, trend=None)
                    | Q(statement=None, delphi_statement=None, result=None)
                    & Q(asset=None, trend__isnull=False)
                ),
                name="idea_source_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["idea", "statement", "delphi_statement", "result", "asset", "trend"],
                nulls_distinct=False,
                name="idea_source_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.pk}"


class IdeaCredit(models.Model):
    """Somebody beside the proposer whose thought is in an idea: the proposer of a merged one."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="credits")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="idea_credits")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    helix = models.CharField(_("helix"), max_length=16, choices=Helix, blank=True)
    came_with = models.ForeignKey(Idea, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("credit for an idea")
        verbose_name_plural = _("credits for ideas")
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="idea_credit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.person_id}"


class IdeaMerge(models.Model):
    """One idea went into another, with everything it came from; append-only."""

    source = models.OneToOneField(Idea, models.PROTECT, related_name="merge")
    into = models.ForeignKey(Idea, models.PROTECT, related_name="merges")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reasons"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("merging of ideas")
        verbose_name_plural = _("mergings of ideas")
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("into")), name="merge_not_into_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.into_id}"


class PriorityQuerySet(models.QuerySet["Priority"]):
    def public(self) -> PriorityQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> PriorityQuerySet:
        return self.select_related(
            "dossier__territory", "process__dossier__territory"
        ).prefetch_related("dossier__texts", "process__dossier__texts")


class Priority(models.Model):
    """A candidate for, or one of, the few things a region will favour; texts in its dossier."""

    class Category(models.TextChoices):
        PROVEN = "proven", _("proven")
        EMERGING = "emerging", _("emerging")
        WILD_CARD = "wild_card", pgettext_lazy("category of a priority", "wild card")

    class Transformation(models.TextChoices):
        MODERNISE = "modernise", _("modernise")
        DIVERSIFY = "diversify", _("diversify")
        TRANSITION = "transition", _("change over")
        FOUND = "found", _("found anew")

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        CONSULTED = "consulted", _("Consulted")
        SELECTED = "selected", _("Selected")
        NOT_SELECTED = "not_selected", _("Not selected")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="priority")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="priorities")
    number = models.PositiveIntegerField(_("number"))
    category = models.CharField(_("category"), max_length=10, choices=Category)
    transformation = models.CharField(_("transformation"), max_length=10, choices=Transformation)
    # As on the map of European priorities, so that peers can be found.
    economic_domain = models.CharField(_("economic domain"), max_length=100, blank=True)
    scientific_domain = models.CharField(_("scientific domain"), max_length=100, blank=True)
    policy_objective = models.CharField(_("objective of policy"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CANDIDATE)
    reason = models.TextField(_("reasons"), blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="priorities")
    ideas = models.ManyToManyField(Idea, related_name="priorities", verbose_name=_("ideas"))

    objects = PriorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="priority_number_unique"),
            models.CheckConstraint(
                condition=~Q(state="not_selected") | ~Q(reason=""),
                name="priority_refused_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()
