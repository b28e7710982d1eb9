"""The shape of what organisers write of a strategy; rules are checked by the services."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation
from edp.models import (
    DOMAINS,
    Action,
    Challenge,
    ExAnteEvaluation,
    Indicator,
    InvestmentLine,
    Objective,
    PlanAlignment,
    PolicyDocument,
    PolicyObjective,
    Priority,
    Risk,
    Strategy,
    StrategyPriority,
)
from participation.fields import WebAddressField
from participation.forms import OnceForm
from participation.models import Dossier
from participation.services import Wording

NAMES = ["name_kk", "name_ru", "name_en"]
CURRENCIES = [("KZT", "KZT · ₸"), ("EUR", "EUR · €"), ("USD", "USD · $")]


class FigureField(forms.DecimalField):
    """A figure with or without spaces between the thousands, and "," or "." before decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"max_digits": 18, "decimal_places": 4} | kwargs
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace("\u2212", "-")
        found: Decimal | None = super().to_python(value)
        return found


class AmountField(FigureField):
    """Money, exact to the hundredth and not below nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 20, "decimal_places": 2} | kwargs)


class PartForm(forms.ModelForm):
    """Fields of one part of a strategy, drawn from its table and checked by its constraints."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        written = self._meta.fields or []
        return {name: self.cleaned_data[name] for name in written if name in self.cleaned_data}


class ChallengeForm(PartForm):
    class Meta:
        model = Challenge
        fields = NAMES


class PriorityChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.dossier.title)


class PriorityForm(PartForm):
    priority = PriorityChoiceField(Priority.objects.none(), label=_("Priority"))

    class Meta:
        model = StrategyPriority
        fields = ["priority", "change_kk", "change_ru", "change_en"]
        widgets = {
            f"change_{code}": forms.Textarea(attrs={"rows": 2}) for code in ("kk", "ru", "en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        strategy: Strategy = self.instance.strategy
        own = Priority.objects.filter(process=strategy.process_id)
        taken = strategy.priorities.exclude(pk=self.instance.pk).values("priority")
        offered = own.exclude(state=Priority.State.NOT_SELECTED).exclude(pk__in=taken)
        field = cast(forms.ModelChoiceField, self.fields["priority"])
        field.queryset = offered.select_related("dossier").prefetch_related("dossier__texts")
        self.fields["change_kk"].help_text = _("For example: from raw phosphorus to products.")


class ObjectiveForm(PartForm):
    class Meta:
        model = Objective
        fields = NAMES


class OrganisationsField(forms.ModelMultipleChoiceField):
    """Partners, several at once."""

    widget = forms.SelectMultiple


class ActionForm(PartForm):
    partners = OrganisationsField(
        Organisation.objects.order_by("name_ru"), label=_("Partners"), required=False
    )
    domains = forms.MultipleChoiceField(
        label=_("Domains of policy"),
        choices=list(DOMAINS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Action
        fields = [
            *NAMES, "operator", "tool", "instrument", "instrument_name", "domains", "term",
            "months", "person_months", "is_free", "is_experiment", "question_kk", "question_ru",
            "question_en", "stop_rule_kk", "stop_rule_ru", "stop_rule_en",
        ]  # fmt: skip
        widgets = {
            f"{name}_{code}": forms.Textarea(attrs={"rows": 2})
            for name in ("question", "stop_rule")
            for code in ("kk", "ru", "en")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            there = self.instance.partnerships.values_list("organisation", flat=True)
            self.fields["partners"].initial = list(there)
        self.fields["is_free"].help_text = _("Otherwise add its money on its page.")
        self.fields["is_experiment"].help_text = _(
            "Then say what is to be learnt and when it is stopped; the result is published also "
            "when it fails."
        )


class IndicatorForm(PartForm):
    baseline = FigureField(label=_("Baseline"), required=False)
    target = FigureField(label=_("Target"), required=False)

    class Meta:
        model = Indicator
        fields = [
            *NAMES, "kind", "control", "unit_kk", "unit_ru", "unit_en", "baseline",
            "baseline_year", "target", "target_year", "source", "reports_per_year",
            "first_result_on", "is_local",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["control"].help_text = _(
            "What the region does not control is context and has no target."
        )
        self.fields["first_result_on"].help_text = _("Nothing is overdue before this day.")
        for name in ("baseline_year", "target_year"):
            self.fields[name].min_value = 2000  # type: ignore[attr-defined]


class MoneyForm(PartForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    amount = AmountField(label=_("Amount"))

    class Meta:
        model = InvestmentLine
        fields = ["year", "amount", "source", "certainty", "evidence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = [c for c in InvestmentLine.Certainty.choices if c[0] != "spent"]
        field = cast(forms.ChoiceField, self.fields["certainty"])
        field.choices = planned
        self.fields["amount"].help_text = _("In the strategy's currency, for example 1 200 000.50.")


class RiskForm(PartForm):
    likelihood = forms.IntegerField(label=_("Likelihood, 1 to 5"), min_value=1, max_value=5)
    impact = forms.IntegerField(label=_("Impact, 1 to 5"), min_value=1, max_value=5)

    class Meta:
        model = Risk
        fields = [
            *NAMES, "kind", "likelihood", "impact", "mitigation_kk", "mitigation_ru",
            "mitigation_en", "owner",
        ]  # fmt: skip
        widgets = {
            f"mitigation_{code}": forms.Textarea(attrs={"rows": 2}) for code in ("kk", "ru", "en")
        }


class EvaluationForm(PartForm):
    demand_now = AmountField(label=_("Demand now"))
    demand_forecast = AmountField(label=_("Demand expected"))
    capital_cost = AmountField(label=_("Cost to build"))
    running_cost = AmountField(label=_("Cost a year to run"))
    payer_budget = AmountField(label=_("Yearly budget of the payer"), required=False)

    class Meta:
        model = ExAnteEvaluation
        fields = [
            "demand_now", "demand_forecast", "demand_unit", "capital_cost", "running_cost",
            "payer", "payer_budget", "alternatives_kk", "alternatives_ru", "alternatives_en",
            "verdict",
        ]  # fmt: skip
        widgets = {
            f"alternatives_{code}": forms.Textarea(attrs={"rows": 3}) for code in ("kk", "ru", "en")
        }


PART_FORMS: dict[str, type[PartForm]] = {
    "challenge": ChallengeForm,
    "priority": PriorityForm,
    "objective": ObjectiveForm,
    "action": ActionForm,
    "indicator": IndicatorForm,
    "money": MoneyForm,
    "risk": RiskForm,
    "evaluation": EvaluationForm,
}


class StrategyTextForm(OnceForm):
    """Title, vision and foreword in the three languages."""

    def __init__(self, *args: Any, dossier: Dossier | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {text.language: text for text in dossier.texts.all()} if dossier else {}
        for code, title, vision, foreword in (
            ("kk", _("Title in Kazakh"), _("Vision in Kazakh"), _("Foreword in Kazakh")),
            ("ru", _("Title in Russian"), _("Vision in Russian"), _("Foreword in Russian")),
            ("en", _("Title in English"), _("Vision in English"), _("Foreword in English")),
        ):
            text = texts.get(code)
            is_official = code != "en"
            self.fields[f"title_{code}"] = forms.CharField(
                label=title, max_length=200, required=is_official, initial=text and text.title
            )
            self.fields[f"vision_{code}"] = forms.CharField(
                label=vision,
                max_length=300,
                required=is_official,
                initial=text and text.summary,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"foreword_{code}"] = forms.CharField(
                label=foreword,
                max_length=8000,
                required=False,
                initial=text and text.body,
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(
                code,
                data[f"title_{code}"],
                data[f"vision_{code}"],
                data[f"foreword_{code}"],
                origin="official",
            )
            for code in ("kk", "ru", "en")
            if data[f"title_{code}"]
        ]


class StartForm(StrategyTextForm):
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)


class PlanForm(PartForm):
    class Meta:
        model = PolicyDocument
        fields = [*NAMES, "level", "body", "first_year", "last_year", "url"]
        field_classes = {"url": WebAddressField}


class PlanObjectiveForm(PartForm):
    class Meta:
        model = PolicyObjective
        fields = NAMES


class AlignmentForm(OnceForm):
    """How one priority stands to each objective of the plans."""

    def __init__(self, *args: Any, row: StrategyPriority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = PolicyObjective.objects.filter(document__process=row.strategy.process_id)
        self.objectives = {f"objective_{each.pk}": each for each in found}
        told = dict(row.alignments.values_list("objective", "relation"))
        for name, objective in self.objectives.items():
            self.fields[name] = forms.ChoiceField(
                label=objective.name,
                choices=[("", _("does not name it")), *PlanAlignment.Relation.choices],
                required=False,
                initial=told.get(objective.pk, ""),
            )

    def relations(self) -> dict[PolicyObjective, str]:
        return {row: self.cleaned_data[name] for name, row in self.objectives.items()}


def official_bodies() -> Any:
    return Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru")


class DecisionForm(OnceForm):
    """A dated decision of a body with its reasons."""

    body = forms.CharField(label=_("Decided by"), max_length=200)
    decided_on = forms.DateField(
        label=_("Date of the decision"), help_text=_("For example 27.11.2026.")
    )
    reasons_kk = forms.CharField(
        label=_("Reasons in Kazakh"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    reasons_ru = forms.CharField(
        label=_("Reasons in Russian"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    reasons_en = forms.CharField(
        label=_("Reasons in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    document_url = WebAddressField(label=_("Address of the act"), required=False)

    def decision(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "body": data["body"],
            "decided_on": data["decided_on"],
            "reasons": {code: data[f"reasons_{code}"] for code in ("kk", "ru", "en")},
            "document_url": data["document_url"],
        }

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if not 2000 <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return day


class CouncilForm(DecisionForm):
    """The opinion of the public council; one recommendation a line."""

    addressee = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who answers the recommendations"), empty_label=None
    )
    recommendations_kk = forms.CharField(
        label=_("Recommendations in Kazakh, one a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    recommendations_ru = forms.CharField(
        label=_("Recommendations in Russian, one a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("The same ones in the same order."),
    )

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["addressee"])
        field.queryset = official_bodies()
        field.initial = strategy.process.lead_body_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kk, ru = (_lines(data.get(f"recommendations_{code}", "")) for code in ("kk", "ru"))
        if len(kk) != len(ru):
            self.add_error("recommendations_ru", _("There must be as many lines as in Kazakh."))
        if any(len(line) > 300 for line in [*kk, *ru]):
            self.add_error("recommendations_kk", _("A recommendation has at most 300 characters."))
        return data

    def recommendations(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        pairs: Iterable[tuple[str, str]] = zip(
            _lines(data["recommendations_kk"]), _lines(data["recommendations_ru"]), strict=True
        )
        return [{"kk": kk, "ru": ru} for kk, ru in pairs]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
