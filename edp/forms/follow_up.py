"""The shape of what is entered after adoption."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from edp import wheel
from edp.forms.strategy import CURRENCIES, AmountField, FigureField, PartForm, PriorityChoiceField
from edp.models import Call, DiscoveryProcess, InvestmentLine, Priority
from edp.strategy_words import FACTORS, SCORES
from participation.fields import WebAddressField
from participation.forms import OnceForm


class MeasurementForm(OnceForm):
    measured_on = forms.DateField(label=_("On which day"), help_text=_("For example 27.11.2026."))
    value = FigureField(label=_("Value"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class CorrectionForm(MeasurementForm):
    note = forms.CharField(label=_("Why it is corrected"), max_length=500)


class SpendingForm(OnceForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    amount = AmountField(label=_("Amount"))
    source = forms.ChoiceField(label=_("Source"), choices=InvestmentLine.Source.choices)
    evidence = forms.CharField(label=_("What shows it"), max_length=300, required=False)


class WheelForm(OnceForm):
    """Eighteen factors from 0 to 5, each with what shows it."""

    def __init__(self, *args: Any, before: dict[str, tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = [(score, f"{score} · {word}") for score, word in SCORES.items()]
        for factor in wheel.FACTORS:
            score, evidence = before.get(factor, (0, ""))
            self.fields[factor] = forms.TypedChoiceField(
                label=FACTORS[factor], choices=scale, coerce=int, initial=score
            )
            self.fields[f"{factor}_evidence"] = forms.CharField(
                label=_("What shows it: %(factor)s") % {"factor": FACTORS[factor]},
                max_length=500,
                required=False,
                initial=evidence,
            )

    def scores(self) -> dict[str, tuple[int, str]]:
        data = self.cleaned_data
        return {factor: (data[factor], data[f"{factor}_evidence"]) for factor in wheel.FACTORS}


class CallForm(PartForm):
    priority = PriorityChoiceField(Priority.objects.none(), label=_("Priority"), required=False)
    amount = AmountField(label=_("Money offered"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)

    class Meta:
        model = Call
        fields = [
            "name_kk", "name_ru", "name_en", "kind", "priority", "opens_on", "closes_on",
            "criteria_kk", "criteria_ru", "criteria_en", "amount", "currency", "applicants",
            "selected", "url",
        ]  # fmt: skip
        field_classes = {"url": WebAddressField}
        widgets = {
            f"criteria_{code}": forms.Textarea(attrs={"rows": 3}) for code in ("kk", "ru", "en")
        }

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["priority"])
        rows = Priority.objects.filter(process=process).select_related("dossier")
        field.queryset = rows.prefetch_related("dossier__texts")
