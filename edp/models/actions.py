"""What a strategy promises to do: actions with their money, indicators and risks."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from accounts.multilingual import NamedInThreeLanguages, first_available
from edp.models.strategy import Objective, Strategy, numbered

DOMAINS = {
    "education": _("Education"),
    "innovation": _("Technology and innovation"),
    "business": _("Small and medium business"),
    "investment": _("Investment"),
}
"""The four domains that a policy package covers (O:2322-2330, 1220-1226)."""


def _told(row: models.Model, name: str) -> str:
    return first_available({code: getattr(row, f"{name}_{code}") for code in ("kk", "ru", "en")})


class Action(NamedInThreeLanguages):
    """`is_free` says on purpose that it costs nothing, so that a missing sum is a gap."""

    class Tool(models.TextChoices):
        FACILITY = "facility", _("facility")
        FUND = "fund", _("fund or guarantee")
        TRAINING = "training", _("training")
        RESEARCH = "research", _("research and development")
        PROMOTION = "promotion", _("promotion")
        REGULATION = "regulation", _("regulation")
        NETWORK = "network", _("network")
        LABEL = "label", _("label or award")

    class Instrument(models.TextChoices):
        EXISTING = "existing", pgettext_lazy("instrument", "existing")
        NEW = "new", pgettext_lazy("instrument", "new")

    class Term(models.TextChoices):
        SHORT = "short", pgettext_lazy("term of an action", "short")
        MEDIUM = "medium", pgettext_lazy("term of an action", "medium")
        LONG = "long", pgettext_lazy("term of an action", "long")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField(_("number"))
    operator = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="operated_actions",
        verbose_name=_("who does it"),
    )
    partners = models.ManyToManyField(
        Organisation, through="ActionPartner", related_name="+", verbose_name=_("partners")
    )
    tool = models.CharField(_("kind of tool"), max_length=10, choices=Tool)
    instrument = models.CharField(_("instrument"), max_length=8, choices=Instrument)
    instrument_name = models.CharField(
        _("name of the instrument or programme"), max_length=200, blank=True
    )
    domains = models.JSONField(_("domains of policy"), default=list)
    term = models.CharField(_("term"), max_length=6, choices=Term)
    months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    person_months = models.PositiveIntegerField(_("work in person-months"), null=True, blank=True)
    is_free = models.BooleanField(_("needs no money"), default=False)
    is_experiment = models.BooleanField(_("an experiment"), default=False)
    question_kk = models.TextField(_("what is to be learnt, in Kazakh"), blank=True)
    question_ru = models.TextField(_("what is to be learnt, in Russian"), blank=True)
    question_en = models.TextField(_("what is to be learnt, in English"), blank=True)
    stop_rule_kk = models.TextField(_("when it is stopped, in Kazakh"), blank=True)
    stop_rule_ru = models.TextField(_("when it is stopped, in Russian"), blank=True)
    stop_rule_en = models.TextField(_("when it is stopped, in English"), blank=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["number"]
        constraints = [
            numbered("objective", "action_numbered"),
            models.CheckConstraint(
                condition=Q(is_experiment=False)
                | ~Q(question_kk="")
                & ~Q(question_ru="")
                & ~Q(stop_rule_kk="")
                & ~Q(stop_rule_ru=""),
                name="action_experiment_has_question",
                violation_error_message=_(
                    "An experiment says in Kazakh and Russian what is to be learnt and when it is "
                    "stopped."
                ),
            ),
        ]

    @property
    def question(self) -> str:
        return _told(self, "question")

    @property
    def stop_rule(self) -> str:
        return _told(self, "stop_rule")


class ActionPartner(models.Model):
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("partner of an action")
        verbose_name_plural = _("partners of actions")
        constraints = [
            models.UniqueConstraint(fields=["action", "organisation"], name="action_partner_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Indicator(NamedInThreeLanguages):
    """What is counted for an objective. One that nobody there controls has no target (I17)."""

    class Kind(models.TextChoices):
        INPUT = "input", _("input")
        OUTPUT = "output", _("output")
        OUTCOME = "outcome", _("outcome")
        CONTEXT = "context", _("context")

    class Control(models.TextChoices):
        FULL = "full", pgettext_lazy("control of an indicator", "full")
        PARTIAL = "partial", pgettext_lazy("control of an indicator", "in part")
        NONE = "none", pgettext_lazy("control of an indicator", "none")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="indicators")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="indicators")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    control = models.CharField(_("how far the region controls it"), max_length=8, choices=Control)
    unit_kk = models.CharField(_("unit in Kazakh"), max_length=40)
    unit_ru = models.CharField(_("unit in Russian"), max_length=40)
    unit_en = models.CharField(_("unit in English"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(_("year of baseline"), null=True, blank=True)
    target = models.DecimalField(
        _("target"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(_("year of target"), null=True, blank=True)
    source = models.CharField(_("source of the figures"), max_length=300)
    reports_per_year = models.PositiveSmallIntegerField(_("reports a year"), default=1)
    first_result_on = models.DateField(_("first result expected on"), null=True, blank=True)
    is_local = models.BooleanField(_("set by the region itself"), default=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["number"]
        constraints = [
            numbered("objective", "indicator_numbered"),
            models.CheckConstraint(
                condition=~Q(control="none") | Q(target=None),
                name="indicator_uncontrolled_has_no_target",
                violation_error_message=_(
                    "What the region does not control cannot have a target: leave the target "
                    "empty, so that it is context."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target=None, target_year=None)
                | Q(target__isnull=False, target_year__isnull=False),
                name="indicator_target_has_year",
                violation_error_message=_("Give both, the target and its year."),
            ),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_year=None)
                | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="indicator_baseline_has_year",
                violation_error_message=_("Give both, the baseline and its year."),
            ),
            models.CheckConstraint(
                condition=Q(target_year=None)
                | Q(baseline_year=None)
                | Q(target_year__gte=F("baseline_year")),
                name="indicator_target_after_baseline",
                violation_error_message=_("The target comes after the baseline."),
            ),
        ]

    @property
    def unit(self) -> str:
        return _told(self, "unit")


class InvestmentLine(models.Model):
    """Money for one action in one year from one source, exact to the hundredth.

    What is pledged or committed is the plan; what is spent is told beside it and not added to it,
    and may be added while the strategy is in force.
    """

    class Source(models.TextChoices):
        REPUBLIC = "public_republican", _("state budget")
        LOCAL = "public_local", _("local budgets")
        QUASI_PUBLIC = "quasi_public", _("quasi-public companies")
        PRIVATE = "private", _("private")
        DONOR = "ifi_donor", _("international institutions and donors")
        OTHER = "other", _("other")

    class Certainty(models.TextChoices):
        PLEDGED = "pledged", _("pledged")
        COMMITTED = "committed", _("committed")
        SPENT = "spent", _("spent")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="money")
    action = models.ForeignKey(Action, models.PROTECT, related_name="money")
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    certainty = models.CharField(_("how certain"), max_length=10, choices=Certainty)
    evidence = models.CharField(_("what shows it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sum")
        verbose_name_plural = _("sums")
        ordering = ["year", "source", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0)),
                name="investment_not_negative",
                violation_error_message=_("Money cannot be less than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source} {self.amount}"


class Risk(NamedInThreeLanguages):
    class Kind(models.TextChoices):
        FINANCIAL = "financial", _("money")
        CAPABILITY = "capability", _("skills")
        SCHEDULE = "schedule", _("time")
        POLITICAL = "political", _("politics")
        ENVIRONMENTAL = "environmental", _("environment")
        OTHER = "other", _("other")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="risks")
    action = models.ForeignKey(Action, models.PROTECT, related_name="risks")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    likelihood = models.PositiveSmallIntegerField(_("likelihood, 1 to 5"))
    impact = models.PositiveSmallIntegerField(_("impact, 1 to 5"))
    mitigation_kk = models.TextField(_("what is done about it, in Kazakh"), blank=True)
    mitigation_ru = models.TextField(_("what is done about it, in Russian"), blank=True)
    mitigation_en = models.TextField(_("what is done about it, in English"), blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who watches it"),
    )

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["-likelihood", "-impact", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risk_rated_1_to_5",
                violation_error_message=_("Likelihood and impact go from 1 to 5."),
            ),
        ]

    @property
    def mitigation(self) -> str:
        return _told(self, "mitigation")


class ExAnteEvaluation(models.Model):
    """Whether an action will pay for itself, asked before it is approved (O:3701-3711)."""

    class Verdict(models.TextChoices):
        GO = "go", _("go on")
        REVISE = "revise", _("change it first")
        STOP = "stop", _("do not do it")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="evaluations")
    action = models.OneToOneField(Action, models.PROTECT, related_name="evaluation")
    demand_now = models.DecimalField(_("demand now"), max_digits=18, decimal_places=2)
    demand_forecast = models.DecimalField(_("demand expected"), max_digits=18, decimal_places=2)
    demand_unit = models.CharField(_("unit of demand"), max_length=60)
    capital_cost = models.DecimalField(_("cost to build"), max_digits=20, decimal_places=2)
    running_cost = models.DecimalField(_("cost a year to run"), max_digits=20, decimal_places=2)
    payer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("who pays to run it")
    )
    payer_budget = models.DecimalField(
        _("yearly budget of the payer"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    alternatives_kk = models.TextField(_("other ways that were weighed, in Kazakh"))
    alternatives_ru = models.TextField(_("other ways that were weighed, in Russian"))
    alternatives_en = models.TextField(_("other ways that were weighed, in English"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=6, choices=Verdict)

    class Meta:
        verbose_name = _("evaluation in advance")
        verbose_name_plural = _("evaluations in advance")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    demand_now__gte=0, demand_forecast__gte=0, capital_cost__gte=0,
                    running_cost__gte=0,
                )
                & (Q(payer_budget=None) | Q(payer_budget__gt=0)),
                name="ex_ante_not_negative",
                violation_error_message=_("Costs and demand cannot be less than nothing."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.action_id} {self.verdict}"

    @property
    def alternatives(self) -> str:
        return _told(self, "alternatives")
