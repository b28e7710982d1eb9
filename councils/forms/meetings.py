"""The shape of what is sent about meetings; rules are checked by the services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from councils.models import Commission, Council, Docket, Mandate, Meeting, PersonVote
from participation.fields import MomentField, WebAddressField, offer
from participation.forms import OnceForm
from participation.services import Wording
from participation.uploads import ACCEPT, UnfitFile, Upload, examine

LANGUAGES = ("kk", "ru", "en")
Choice = PersonVote.Choice
GIVEN = [(choice.value, choice.label) for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)]


def text_area(label: Any, *, rows: int = 4, most: int = 4000, required: bool = True) -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def check_moments(form: forms.Form, data: dict[str, Any]) -> None:
    starts, ends = data.get("starts_at"), data.get("ends_at")
    if starts and ends and ends <= starts:
        form.add_error("ends_at", _("The end comes after the beginning."))
    for name, moment in (("starts_at", starts), ("ends_at", ends)):
        if moment and not 2000 <= moment.year <= 2100:
            form.add_error(name, _("Check the year: this date cannot be right."))


class WordsForm(OnceForm):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_kk = text_area(_("What it is about, in Kazakh"), rows=3, most=600, required=False)
    summary_ru = text_area(_("What it is about, in Russian"), rows=3, most=600, required=False)
    summary_en = text_area(_("What it is about, in English"), rows=3, most=600, required=False)
    mode = forms.ChoiceField(label=_("Held"), choices=Meeting.Mode.choices)
    stream_url = WebAddressField(label=_("Address of the broadcast"), required=False)

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        found: dict[str, Any] = {"mode": meeting.mode, "stream_url": meeting.stream_url}
        for text in meeting.dossier.texts.all():
            found[f"title_{text.language}"] = text.title
            found[f"summary_{text.language}"] = text.summary
        return found

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(code, data[f"title_{code}"], data[f"summary_{code}"], origin="official")
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]


class MeetingForm(WordsForm):
    starts_at = MomentField(label=_("Begins"), help_text=_("For example 27.03.2027 14:30."))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    commission = forms.ModelChoiceField(
        Commission.objects.none(),
        label=_("Commission"),
        required=False,
        help_text=_("Leave it empty if the whole council meets."),
    )
    field_order = ("title_kk", "title_ru", "title_en", "starts_at", "ends_at", "mode", "place")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "commission", council.commissions.order_by("pk"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_moments(self, data)
        return data

    def fields_of_row(self) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "mode", "place", "stream_url", "commission")
        return {name: self.cleaned_data[name] for name in names}


class SessionForm(WordsForm):
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("State body"))
    starts_at = MomentField(label=_("Begins"), help_text=_("For example 27.03.2027 14:30."))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    field_order = ("body", "title_kk", "title_ru", "title_en", "starts_at", "ends_at", "mode")

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", bodies)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_moments(self, data)
        return data

    def fields_of_row(self) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "mode", "place", "stream_url")
        return {name: self.cleaned_data[name] for name in names}


class MoveForm(OnceForm):
    starts_at = MomentField(label=_("Begins"), help_text=_("For example 27.03.2027 14:30."))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    reason = text_area(_("Reasons"), rows=3, most=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_moments(self, data)
        return data


class ReasonForm(OnceForm):
    reason = text_area(_("Reasons"), rows=3, most=500)


class ItemForm(OnceForm):
    kk = forms.CharField(label=_("Item in Kazakh"), max_length=200)
    ru = forms.CharField(label=_("Item in Russian"), max_length=200)
    en = forms.CharField(label=_("Item in English"), max_length=200, required=False)
    dockets = forms.ModelMultipleChoiceField(
        Docket.objects.none(),
        label=_("Matters it belongs to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, council: Council | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if council is None:
            del self.fields["dockets"]
        else:
            matters = Docket.objects.filter(council=council).select_related("dossier")
            offer(self, "dockets", matters.prefetch_related("dossier__texts"))
            field: Any = self.fields["dockets"]
            field.label_from_instance = lambda docket: docket.dossier.title


class TextsForm(OnceForm):
    """One text in the official languages and, if wished, in English."""

    kk = text_area(_("Text in Kazakh"), most=20000)
    ru = text_area(_("Text in Russian"), most=20000)
    en = text_area(_("Text in English"), most=20000, required=False)


class MotionForm(TextsForm):
    tabled_by = forms.ModelChoiceField(Mandate.objects.none(), label=_("Tabled by"), required=False)
    is_secret = forms.BooleanField(
        label=_("Secret vote"),
        required=False,
        help_text=_("Everybody votes on their own phone; only the counts are kept."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tabled_by", members)


class RecusalForm(OnceForm):
    mandate = forms.ModelChoiceField(
        Mandate.objects.none(), label=pgettext_lazy("of a council", "Member")
    )
    reason = forms.CharField(label=_("Interest"), max_length=300)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "mandate", members)


class GuestForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    capacity = forms.CharField(label=_("Speaks for"), max_length=200, required=False)


class CorrectionForm(TextsForm):
    reason = text_area(_("What is corrected and why"), rows=3, most=1000)


class HandsForm(OnceForm):
    """A choice for each member who may vote; one left out did not vote."""

    def __init__(
        self, *args: Any, members: Sequence[Mandate], given: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for mandate in members:
            self.fields[f"member-{mandate.pk}"] = forms.ChoiceField(
                label=mandate.name,
                choices=GIVEN,
                required=False,
                initial=given.get(mandate.pk),
                widget=forms.RadioSelect,
            )

    def choices(self) -> dict[int, str]:
        given = {
            int(name.removeprefix("member-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("member-")
        }
        return {key: value for key, value in given.items() if value}


class VoteForm(OnceForm):
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=GIVEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )


class PaperForm(OnceForm):
    paper = forms.FileField(
        label=_("File"),
        help_text=_("Images (JPEG, PNG, WebP, GIF), PDF, DOCX and XLSX up to 10 MB are taken."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def clean_paper(self) -> Upload:
        file = self.cleaned_data["paper"]
        try:
            return examine(file.name, file.read())
        except UnfitFile as refusal:
            raise forms.ValidationError(f"{refusal} {refusal.way_out}") from refusal
