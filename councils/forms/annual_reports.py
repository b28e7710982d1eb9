"""The shape of an annual report's words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import AnnualReport
from participation.forms import OnceForm

LONGEST = 20_000


def _text(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class ReportForm(OnceForm):
    correction = forms.CharField(
        label=_("What this version corrects, and why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text_kk = _text(_("The year in the council's words, in Kazakh"))
    text_ru = _text(_("The year in the council's words, in Russian"))
    text_en = _text(_("The year in the council's words, in English"), required=False)

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["correction"]

    @staticmethod
    def initial_of(report: AnnualReport | None) -> dict[str, Any]:
        if report is None:
            return {}
        names = ("correction", "text_kk", "text_ru", "text_en")
        found = {name: getattr(report, name) for name in names}
        return found if report.published_at is None else {**found, "correction": ""}

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in ("kk", "ru", "en")}
