"""The shape of what people send to a consultation; rules are checked by the services."""

import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation
from accounts.multilingual import LANGUAGES
from edp.models import (
    Consultation,
    Passage,
    PassageComment,
    Priority,
    Statement,
    VoteStatement,
)
from edp.services.consultation import Heard, PassageWords, Terms
from participation.answer_forms import PlausibleDateField
from participation.forms import OnceForm
from participation.services import Wording

LONGEST_PASSAGE = 20_000
LONGEST_COMMENT = 5000


def _offer(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    cast(forms.ModelChoiceField, form.fields[name]).queryset = choices


def _area(label: Any, *, rows: int = 4, longest: int = 4000, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


class RoundForm(OnceForm):
    """A consultation being prepared: what about, from when to when, who answers."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_kk = _area(_("What it is about, in Kazakh"))
    summary_ru = _area(_("What it is about, in Russian"))
    summary_en = _area(_("What it is about, in English"), required=False)
    what_can_change_kk = _area(_("What can still change, in Kazakh"))
    what_can_change_ru = _area(_("What can still change, in Russian"))
    what_can_change_en = _area(_("What can still change, in English"), required=False)
    opens_on = PlausibleDateField(label=_("First day"))
    closes_on = PlausibleDateField(label=_("Last day"))
    decider = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who answers every comment and decides"),
        empty_label=_("Choose one"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru")
        _offer(self, "decider", bodies)

    @classmethod
    def initial_of(cls, consultation: Consultation) -> dict[str, Any]:
        initial: dict[str, Any] = {
            "opens_on": consultation.opens_on,
            "closes_on": consultation.closes_on,
            "decider": consultation.decider_id,
        }
        for text in consultation.dossier.texts.all():
            initial[f"title_{text.language}"] = text.title
            initial[f"summary_{text.language}"] = text.summary
        for code in LANGUAGES:
            initial[f"what_can_change_{code}"] = getattr(consultation, f"what_can_change_{code}")
        return initial

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", _("The last day is after the first."))
        return data

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            decider=data["decider"],
            what_can_change={code: data[f"what_can_change_{code}"] for code in LANGUAGES},
        )

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(code, data[f"title_{code}"], data[f"summary_{code}"], origin="official")
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]


class ExtendForm(OnceForm):
    closes_on = PlausibleDateField(
        label=_("New last day"), help_text=_("Only later: nobody loses a day that was announced.")
    )


class PriorityField(forms.ModelChoiceField):
    def label_from_instance(self, priority: Any) -> str:
        return str(priority.dossier.title)


class PassageForm(OnceForm):
    """A passage of the version in preparation; a language that is missing may follow."""

    heading_kk = forms.CharField(label=_("Heading in Kazakh"), max_length=200, required=False)
    heading_ru = forms.CharField(label=_("Heading in Russian"), max_length=200, required=False)
    heading_en = forms.CharField(label=_("Heading in English"), max_length=200, required=False)
    text_kk = _area(_("Text in Kazakh"), rows=8, longest=LONGEST_PASSAGE, required=False)
    text_ru = _area(_("Text in Russian"), rows=8, longest=LONGEST_PASSAGE, required=False)
    text_en = _area(_("Text in English"), rows=6, longest=LONGEST_PASSAGE, required=False)
    priority = PriorityField(
        Priority.objects.none(),
        label=_("The priority that it is about"),
        required=False,
        empty_label=_("None"),
    )
    because_of = forms.CharField(
        label=_("Comments that changed it"),
        max_length=500,
        required=False,
        help_text=_("Their numbers with commas between them, for example 12, 31."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = consultation.process.priorities.public().select_related("dossier")
        _offer(self, "priority", rows.prefetch_related("dossier__texts"))

    @classmethod
    def initial_of(cls, passage: Passage) -> dict[str, Any]:
        initial = passage.copied_words()
        initial["priority"] = initial.pop("priority_id")
        numbers = passage.because_of.order_by("pk").values_list("comment", flat=True)
        return initial | {"because_of": ", ".join(map(str, numbers))}

    def clean_because_of(self) -> list[int]:
        words = [word for word in re.split(r"[\s,;]+", self.cleaned_data["because_of"]) if word]
        if not all(word.isascii() and word.isdecimal() and len(word) < 10 for word in words):
            raise forms.ValidationError(_("Write numbers of comments only."))
        return [int(word) for word in words]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"text_{code}") for code in LANGUAGES):
            self.add_error("text_kk", _("Write the passage in one language at least."))
        return data

    def words(self) -> PassageWords:
        data = self.cleaned_data
        return PassageWords(
            headings={code: data[f"heading_{code}"] for code in LANGUAGES},
            texts={code: data[f"text_{code}"] for code in LANGUAGES},
            priority=data["priority"],
            because_of=data["because_of"],
        )


class HeardForm(OnceForm):
    """A comment that came on paper, by telephone or at a hearing."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        widget=forms.RadioSelect,
        choices=[
            (code, label)
            for code, label in PassageComment.Channel.choices
            if code != PassageComment.Channel.WEB
        ],
    )
    received_on = PlausibleDateField(
        label=_("Received on"), help_text=_("The term of the answer runs from this day.")
    )
    speaker = forms.CharField(
        label=_("Who said it"),
        max_length=150,
        help_text=_("As it may be published: a name and a place, or “a resident, at the hearing”."),
    )
    helix = forms.ChoiceField(label=_("Which side"), choices=Helix.choices)
    passage = forms.TypedChoiceField(
        label=_("What it is about"), coerce=int, required=False, empty_value=None
    )
    text = _area(_("In their words"), rows=6, longest=LONGEST_COMMENT)

    def __init__(self, *args: Any, passages: list[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = {passage.key: passage for passage in passages}
        cast(forms.ChoiceField, self.fields["passage"]).choices = [
            ("0", _("The whole text")),
            *((str(passage.key), str(passage)) for passage in passages),
        ]
        self.fields["received_on"].initial = timezone.localdate
        self.fields["helix"].initial = Helix.CIVIL_SOCIETY

    def heard(self) -> Heard:
        data = self.cleaned_data
        return Heard(
            speaker=data["speaker"],
            helix=data["helix"],
            text=data["text"],
            received_on=data["received_on"],
            channel=data["channel"],
            passage=self.passages.get(data["passage"] or 0),
            language=(get_language() or "kk")[:2],
        )


class ProposalForm(OnceForm):
    """A participant's own statement."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One sentence that others can agree or disagree with, in the language you like. It is "
            "translated and put to the vote, or you are told why not."
        ),
    )


class StatementForm(OnceForm):
    """What is put to the vote, in the official languages and, if wished, in English."""

    text_kk = _area(_("Text in Kazakh"), rows=3, longest=300)
    text_ru = _area(_("Text in Russian"), rows=3, longest=300)
    text_en = _area(_("Text in English"), rows=3, longest=300, required=False)
    source = forms.IntegerField(
        label=_("Number of the statement that it comes from"),
        required=False,
        min_value=1,
        max_value=10**6,
        help_text=_("If somebody said it at a meeting: the number on the page of what was said."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = consultation.process.statements.public().filter(erased_at=None)

    def clean_source(self) -> Statement | None:
        number = self.cleaned_data["source"]
        if number is None:
            return None
        if (found := self.said.filter(number=number).first()) is None:
            raise forms.ValidationError(_("No public statement of this process has this number."))
        return found

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in LANGUAGES}


class DecideForm(StatementForm):
    """A proposal put to the vote, in all languages, or not, with the reason."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (VoteStatement.State.ACCEPTED, _("Put it to the vote")),
            (VoteStatement.State.DECLINED, _("Do not put it to the vote")),
        ],
    )
    reason = _area(
        _("Reason"), rows=3, longest=2000, required=False, help_text=_("If it is not: published.")
    )
    field_order = ["form_key", "outcome", "text_kk", "text_ru", "text_en", "source", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in ("kk", "ru"):
            self.fields[f"text_{code}"].required = False

    @property
    def is_accepted(self) -> bool:
        return bool(self.cleaned_data["outcome"] == VoteStatement.State.ACCEPTED)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == VoteStatement.State.ACCEPTED:
            for code in ("kk", "ru"):
                if not data.get(f"text_{code}"):
                    message = _("What is put to the vote is written in Kazakh and in Russian.")
                    self.add_error(f"text_{code}", message)
        elif data.get("outcome") and not data.get("reason"):
            self.add_error("reason", _("Give the reason: it is published."))
        return data


class VoteForm(forms.Form):
    """One of three buttons. Sent twice it is the same vote, so it has no key."""

    value = forms.TypedChoiceField(choices=[("1", ""), ("-1", ""), ("0", "")], coerce=int)


class ActForm(OnceForm):
    """One of the buttons of the desk."""

    act = forms.ChoiceField(
        choices=[(code, "") for code in ("open", "close", "report", "start", "publish")]
    )
