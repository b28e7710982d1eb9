"""A discovery process: who leads it, by which rules, and at which stage it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from accounts.multilingual import first_available
from participation.models import Dossier, Ruleset, Territory


class Stage(models.TextChoices):
    """In their order; the last two may be entered from any other, by a decision alone."""

    DRAFT = "draft", _("Draft")
    PREPARATION = "preparation", _("Preparation")
    MAPPING = "mapping", _("Evidence")
    DISCOVERY = "discovery", _("Discovery")
    EVALUATION = "evaluation", _("Evaluation")
    CONSULTATION = "consultation", _("Consultation")
    ADOPTION = "adoption", _("Adoption")
    IMPLEMENTATION = "implementation", _("Implementation")
    REVIEW = "review", _("Review")
    CLOSED = "closed", _("Closed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


class DiscoveryProcessQuerySet(models.QuerySet["DiscoveryProcess"]):
    def published(self) -> DiscoveryProcessQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> DiscoveryProcessQuerySet:
        """With what a page needs to name and date a process, in a fixed number of queries."""
        return self.select_related(
            "dossier__territory", "lead_body", "ruleset", "centre", "resource_plan"
        ).prefetch_related("dossier__texts", "dossier__phases")


class DiscoveryProcess(models.Model):
    """Title, scope (summary) and description are in its dossier; dates of stages are its phases.

    `stage` moves only past a gate or by a decision: a trigger asks for the one or the other.
    A replay of a process that took place elsewhere (`source_note`) and a training case have no
    gates and stay as they were written.
    """

    class Kind(models.TextChoices):
        REGIONAL_STRATEGY = "regional_strategy", _("Strategy of a region")
        ACTIVITY_PLAN = "activity_plan", _("Plan for one activity")
        AROUND_PLAN = "around_plan", _("Discovery around an existing plan")
        ANTI_CRISIS = "anti_crisis", _("Answer to a crisis")

    class Origin(models.TextChoices):
        OWN = "own", _("run on this platform")
        REPLAY = "replay", _("replay of a process elsewhere")
        TRAINING = "training", _("training case")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="discovery_process")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.REGIONAL_STRATEGY)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.OWN)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.DRAFT)
    period_start = models.PositiveSmallIntegerField(_("first year"))
    period_end = models.PositiveSmallIntegerField(_("last year"))
    lead_body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="processes_led", verbose_name=_("lead body")
    )
    centre = models.ForeignKey(
        Territory,
        models.PROTECT,
        related_name="+",
        verbose_name=_("centre"),
        help_text=_("Meetings elsewhere count as held outside the centre."),
    )
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    subject_plan = models.CharField(_("the plan it is about"), max_length=300, blank=True)
    what_can_change_kk = models.TextField(_("what can still change, in Kazakh"), blank=True)
    what_can_change_ru = models.TextField(_("what can still change, in Russian"), blank=True)
    what_can_change_en = models.TextField(_("what can still change, in English"), blank=True)
    ruleset = models.ForeignKey(Ruleset, models.PROTECT, related_name="processes")
    cloned_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="clones")
    source_note = models.TextField(_("where the data comes from"), blank=True)

    objects = DiscoveryProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("discovery process")
        verbose_name_plural = _("discovery processes")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="process_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="process_stage_known"),
            models.CheckConstraint(
                condition=Q(origin="own", source_note="") | (~Q(origin="own") & ~Q(source_note="")),
                name="process_not_ours_says_where_from",
            ),
            models.CheckConstraint(
                condition=~Q(kind="around_plan") | ~Q(subject_plan=""),
                name="process_around_plan_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def what_can_change(self) -> str:
        return first_available(
            {code: getattr(self, f"what_can_change_{code}") for code in ("kk", "ru", "en")}
        )

    @property
    def is_ours(self) -> bool:
        return self.origin == self.Origin.OWN


class Decision(models.Model):
    """A dated decision of a body, with its reasons; append-only and public."""

    class Kind(models.TextChoices):
        PASS_GATE = "pass_gate", _("To go on to the next stage")
        WAIVE = "waive", _("To set a condition aside")
        STEP_BACK = "step_back", _("To go one stage back")
        SUSPEND = "suspend", _("To suspend")
        RESUME = "resume", _("To resume")
        CANCEL = "cancel", _("To cancel")
        SELECT = "select", _("On what is selected")
        EXCEPTION = "exception", _("To depart from a rule of evaluation")
        COUNCIL_OPINION = "council_opinion", _("Opinion of the public council")
        AKIMAT = "akimat", _("Approval by the akimat")
        MASLIKHAT = "maslikhat", _("Approval by the maslikhat")
        REVISION = "revision", _("On revision")
        AMENDMENT = "amendment", _("On an amendment of the strategy")
        OTHER = "other", _("On another matter")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    body = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("on"))
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    reasons_kk = models.TextField(_("reasons in Kazakh"))
    reasons_ru = models.TextField(_("reasons in Russian"))
    reasons_en = models.TextField(_("reasons in English"), blank=True)
    document_url = models.URLField(_("address of the act"), blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reasons_kk="") & ~Q(reasons_ru=""), name="decision_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.kind} {self.decided_on}"

    @property
    def reasons(self) -> str:
        return first_available({c: getattr(self, f"reasons_{c}") for c in ("kk", "ru", "en")})


class GroupMembership(models.Model):
    """A seat in a group of the process; the helix is as it was when the seat was taken.

    Somebody without an account has a name only. `interests` is the public summary of what was
    declared, "none" included; empty `declared_on` says that nothing was declared yet.
    """

    class Group(models.TextChoices):
        STEERING = "steering", _("Steering group")
        PANEL = "panel", _("Evaluation panel")
        WORKING = "working", _("Working group")
        PEERS = "peers", _("Peers from outside")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="memberships")
    group = models.CharField(_("group"), max_length=10, choices=Group)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="group_memberships")
    name = models.CharField(_("name"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    is_chair = models.BooleanField(_("chairs it"), default=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("to"), null=True, blank=True)
    declared_on = models.DateField(_("interests declared on"), null=True, blank=True)
    interests = models.TextField(_("declared interests"), blank=True)

    class Meta:
        verbose_name = _("seat in a group")
        verbose_name_plural = _("seats in groups")
        ordering = ["group", "-is_chair", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "group", "person"],
                condition=Q(until=None, person__isnull=False),
                name="membership_one_seat_in_a_group",
            ),
            models.UniqueConstraint(
                fields=["process", "group"],
                condition=Q(until=None, is_chair=True),
                name="membership_one_chair",
            ),
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="membership_helix_known"
            ),
            models.CheckConstraint(
                condition=~Q(person=None) | ~Q(name=""), name="membership_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.name
