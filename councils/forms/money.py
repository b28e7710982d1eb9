"""The shape of what is sent about money; rules are checked by the services."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models import BudgetLine, Council, Mandate, Meeting
from participation.fields import AmountField, DayField, offer
from participation.forms import OnceForm
from participation.uploads import ACCEPT, LARGEST, UnfitFile, Upload, examine

MOST_MONEY = 10**12  # tenge
MEETINGS_OFFERED = 50


class ReceiptField(forms.FileField):
    """One file, examined by its content; cleans to an Upload or None."""

    widget = forms.ClearableFileInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return None
        try:
            # A byte more than is allowed is enough to know that it is too large.
            return examine(file.name or "", file.read(LARGEST + 1))
        except UnfitFile as refusal:
            raise forms.ValidationError(f"{refusal} {refusal.way_out}") from refusal


class BudgetLineForm(OnceForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    number = forms.IntegerField(label=_("Number of the line"), min_value=1, max_value=99)
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    planned = AmountField(
        label=_("Planned, in tenge"), min_value=0, max_value=MOST_MONEY, help_text=_("1 500 000")
    )

    @staticmethod
    def initial_of(line: BudgetLine | None, year: int) -> dict[str, Any]:
        if line is None:
            return {"year": year}
        names = ("year", "number", "name_kk", "name_ru", "name_en", "planned")
        return {name: getattr(line, name) for name in names}

    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code in ("kk", "ru", "en")}


class ClaimForm(OnceForm):
    member = forms.ModelChoiceField(Mandate.objects.none(), label=_("Member"))
    line = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Line of the budget"))
    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        help_text=_("Only you and those who decide see it. Sums are public."),
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("For a meeting or hearing"), required=False
    )
    spent_on = DayField(label=_("Spent on"), help_text=_("For example 27.03.2027."))
    amount = AmountField(
        label=_("Amount, in tenge"), min_value=1, max_value=MOST_MONEY, help_text=_("12 500")
    )
    receipt = ReceiptField(
        label=_("Receipt"), required=False, help_text=_("A photo or a document, up to 10 MB.")
    )

    def __init__(self, *args: Any, council: Council, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = (timezone.localdate().year, timezone.localdate().year - 1)
        offer(self, "member", members)
        offer(self, "line", council.budget_lines.filter(year__in=years).order_by("-year", "number"))
        held = council.meetings.filter(state=Meeting.State.HELD).order_by("-starts_at")
        recent = list(held.values_list("pk", flat=True)[:MEETINGS_OFFERED])
        offer(self, "meeting", Meeting.objects.for_display().filter(pk__in=recent))
        self.fields["line"].label_from_instance = _line_label  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = _meeting_label  # type: ignore[attr-defined]
        if len(members) == 1:
            self.initial["member"] = members[0].pk

    def claim(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "form_key"}


def _line_label(line: BudgetLine) -> str:
    return f"{line.year}: {line.name}"


def _meeting_label(meeting: Meeting) -> str:
    return f"{timezone.localtime(meeting.starts_at):%d.%m.%Y} · {meeting.dossier.title}"


class DecisionForm(OnceForm):
    """Two buttons, `approve` and `refuse`; reasons are needed for the second."""

    reasons = forms.CharField(
        label=_("Reasons, if you refuse"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
