"""The shape of what a secretary sends: plans, notices, answers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from councils.models import Council, Docket, HearingDetail, Meeting, Question, SpeakerSlot
from councils.models.hearings import ACCESS, CHANNELS, HEARING_LANGUAGES
from councils.services.hearings.planning import HearingPlan, NoticeText
from participation.fields import MomentField, WebAddressField, offer
from participation.forms import OnceForm
from participation.services import Wording

LANGUAGES = ("kk", "ru", "en")
WORDS = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TimeAndPlace(OnceForm):
    """When and where; one hall, one day."""

    starts_at = MomentField(label=_("Begins"), help_text=_("For example 27.03.2027 14:30."))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(
        label=_("Place"), max_length=300, help_text=_("House, street and hall.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and not 2000 <= starts.year <= 2100:
            self.add_error("starts_at", _("Check the year: this date cannot be right."))
        elif starts and ends and not starts < ends <= starts + timedelta(days=1):
            self.add_error("ends_at", _("The end comes after the beginning, on the same day."))
        return data


class HearingForm(TimeAndPlace):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    summary_kk = forms.CharField(
        label=_("What it is about, in Kazakh"), max_length=600, widget=_area(3)
    )
    summary_ru = forms.CharField(
        label=_("What it is about, in Russian"), max_length=600, widget=_area(3)
    )
    summary_en = forms.CharField(
        label=_("What it is about, in English"), max_length=600, required=False, widget=_area(3)
    )
    ground_kk = forms.CharField(label=_("Legal ground in Kazakh"), max_length=300)
    ground_ru = forms.CharField(label=_("Legal ground in Russian"), max_length=300)
    ground_en = forms.CharField(label=_("Legal ground in English"), max_length=300, required=False)
    docket = forms.ModelChoiceField(Docket.objects.none(), label=_("Matter"), required=False)
    initiator = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Initiator"),
        required=False,
        help_text=_("Leave it empty if it is the council itself."),
    )
    mode = forms.ChoiceField(label=_("Held"), choices=Meeting.Mode)
    stream_url = WebAddressField(label=_("Address of the broadcast"), required=False)
    capacity = forms.IntegerField(
        label=_("Places in the hall"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Leave it empty if as many may come as want to."),
    )
    seconds_each = forms.IntegerField(
        label=_("Seconds for each speaker"), min_value=30, max_value=3600, initial=180
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=HEARING_LANGUAGES.items,
        widget=forms.CheckboxSelectMultiple,
        initial=["kk", "ru"],
    )
    access = forms.MultipleChoiceField(
        label=_("Accessibility"),
        choices=ACCESS.items,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("title_kk", "title_ru", "title_en", "starts_at", "ends_at", "place")
    OF_DETAIL = ("docket", "initiator", "capacity", "languages", "access", "seconds_each",
                 "ground_kk", "ground_ru", "ground_en")  # fmt: skip

    def __init__(self, *args: Any, council: Council, meeting: Meeting | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.repeats = meeting.hearing.repeats if meeting else None
        offer(self, "docket", council.dockets.order_by("-number"))
        offer(self, "initiator", Organisation.objects.order_by("name_kk"))
        if meeting is not None:  # its hour and place are moved, with a notice
            for name in ("starts_at", "ends_at", "place"):
                del self.fields[name]

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """For a change of this hearing, or for another that repeats it."""
        found: dict[str, Any] = {"mode": meeting.mode, "stream_url": meeting.stream_url}
        detail = HearingDetail.objects.get(meeting=meeting)
        found |= {name: getattr(detail, name) for name in HearingForm.OF_DETAIL}
        for text in meeting.dossier.texts.all():
            for part in ("title", "summary"):
                found[f"{part}_{text.language}"] = getattr(text, part)
        return found

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(code, data[f"title_{code}"], data[f"summary_{code}"], origin="official")
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]

    def plan(self) -> HearingPlan:
        data = self.cleaned_data
        return HearingPlan(
            ground={code: data[f"ground_{code}"] for code in LANGUAGES},
            repeats=self.repeats,
            **{name: data[name] for name in self.OF_DETAIL if not name.startswith("ground")},
        )

    def fields_of_meeting(self) -> dict[str, Any]:
        names = ("starts_at", "ends_at", "place", "mode", "stream_url")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class NoticeForm(OnceForm):
    """What is published, where, and from which day it counts."""

    published_on = forms.DateField(label=_("Day of the notice"), initial=timezone.localdate)
    text_kk = forms.CharField(label=_("Notice in Kazakh"), max_length=4000, widget=_area(6))
    text_ru = forms.CharField(label=_("Notice in Russian"), max_length=4000, widget=_area(6))
    text_en = forms.CharField(
        label=_("Notice in English"), max_length=4000, required=False, widget=_area(6)
    )
    channels = forms.MultipleChoiceField(
        label=_("Where it is published"),
        choices=CHANNELS.items,
        widget=forms.CheckboxSelectMultiple,
        initial=["site"],
    )
    papers = forms.CharField(
        label=_("Papers"),
        required=False,
        max_length=2000,
        widget=_area(3),
        help_text=_("One a line: its name, or its address in the web."),
    )

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        if not timezone.localdate() - timedelta(days=30) <= day <= timezone.localdate():
            raise forms.ValidationError(
                _("A notice counts from the day on which it was published, up to today.")
            )
        return day

    def notice(self) -> NoticeText:
        data = self.cleaned_data
        papers = [line.strip() for line in data["papers"].splitlines() if line.strip()]
        return NoticeText(
            words={code: data[f"text_{code}"] for code in LANGUAGES},
            channels=data["channels"],
            papers=papers[:20],
        )


class MoveForm(NoticeForm, TimeAndPlace):
    """Another hour or place, and the notice that says so."""

    reason = forms.CharField(label=_("Why it is moved"), max_length=500)
    field_order = ("starts_at", "ends_at", "place", "reason")


class ReasonForm(OnceForm):
    reason = forms.CharField(label=_("Reasons"), max_length=1000, widget=_area(4))


class InvitedSpeakerForm(OnceForm):
    name = forms.CharField(label=_("Name and post"), max_length=150)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (kind.value, kind.label) for kind in (SpeakerSlot.Kind.ANSWER, SpeakerSlot.Kind.EXPERT)
        ],
    )


class AnswerForm(OnceForm):
    """What was said aloud, in short."""

    text = forms.CharField(label=_("What was answered, in short"), max_length=2000, widget=_area(4))
    language = forms.ChoiceField(label=_("Language"), choices=WORDS)
    answered_by = forms.CharField(label=_("Who answered"), max_length=200)


class DeclineForm(forms.Form):
    because = forms.ChoiceField(choices=Question.Declined)


class MinutesForm(OnceForm):
    text_kk = forms.CharField(label=_("Minutes in Kazakh"), max_length=20_000, widget=_area(8))
    text_ru = forms.CharField(label=_("Minutes in Russian"), max_length=20_000, widget=_area(8))
    text_en = forms.CharField(
        label=_("Minutes in English"), max_length=20_000, required=False, widget=_area(8)
    )


class CorrectionForm(MinutesForm):
    reason = forms.CharField(label=_("What is corrected and why"), max_length=500, widget=_area(2))


def suggested_notice(meeting: Meeting, texts: dict[str, str]) -> dict[str, Any]:
    """The summary to begin with; the secretary completes it."""
    return {f"text_{code}": text for code, text in texts.items()} | {
        "published_on": timezone.localdate(),
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
    }
