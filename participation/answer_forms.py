"""The shape of what officers, organisers and readers send about answers; services check rules."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from participation.answer_rules import KIND, AnswerRules
from participation.forms import OnceForm
from participation.models import AnswerDue, AnswerTemplate, Comment, Disposition, Dossier, Ruleset
from participation.services.answers import Words

LONGEST_TEXT = 20_000


def _offer(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    cast(forms.ModelChoiceField, form.fields[name]).queryset = choices


def _state_bodies() -> QuerySet[Organisation]:
    return Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru")


def _text(label: Any, *, rows: int = 6, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=area, **more)


class PlausibleDateField(forms.DateField):
    """A date of these decades; a slip of the hand in the year is told at once."""

    def clean(self, value: Any) -> datetime.date | None:
        day: datetime.date | None = super().clean(value)
        if day is not None and not 2000 <= day.year <= 2099:
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return day


class CountForm(forms.Form):
    """The calculator: how a term is counted from any date."""

    RULES = (
        ("working", _("Working days after receipt")),
        ("calendar", _("Calendar days after receipt; a day off rolls forward")),
        ("notice", _("Full working days of notice before a hearing on that date")),
    )
    day = PlausibleDateField(label=_("Date"), help_text=_("For example 15.05.2026."))
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=250)
    rule = forms.ChoiceField(label=_("What is counted"), choices=RULES, widget=forms.RadioSelect)


class RegisterForm(OnceForm):
    """An organiser says what a body has to answer."""

    addressee = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("State body"),
        empty_label=_("Choose one"),
        help_text=_("Its officers are told at once."),
    )
    subject_kk = forms.CharField(
        label=_("What must be answered, in Kazakh"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject_ru = forms.CharField(
        label=_("What must be answered, in Russian"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject_en = forms.CharField(
        label=_("What must be answered, in English"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    received_on = PlausibleDateField(
        label=_("Received on"),
        help_text=_("The day on which the body received it: day zero of the term."),
    )
    ruleset = forms.ModelChoiceField(
        Ruleset.objects.none(), label=_("By which rule"), empty_label=None
    )

    comment = forms.IntegerField(
        label=_("Number of the comment"),
        min_value=1,
        required=False,
        help_text=_(
            "Where a comment asks it: the number in its address. Its author is told of the answer."
        ),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        _offer(self, "addressee", _state_bodies())
        _offer(self, "ruleset", Ruleset.objects.filter(kind=KIND).order_by("key", "-version"))
        self.fields["received_on"].initial = timezone.localdate

    def clean_comment(self) -> Comment | None:
        number = self.cleaned_data["comment"]
        if number is None:
            return None
        comment = Comment.objects.public().filter(dossier=self.dossier, pk=number).first()
        if comment is None:
            raise forms.ValidationError(_("There is no such comment here."))
        return comment

    def clean_ruleset(self) -> Ruleset:
        ruleset: Ruleset = self.cleaned_data["ruleset"]
        try:
            AnswerRules.from_data(ruleset.data)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problem = _("Correct the rules of answers: %(problem)s") % {"problem": error}
            raise forms.ValidationError(problem) from error
        return ruleset

    def subjects(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"subject_{code}"] for code in ("kk", "ru", "en")}


class AnswerForm(OnceForm):
    """An answer being written: the page says what is needed, and a draft may be short of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    disposition = forms.ChoiceField(
        label=_("Decision"), choices=Disposition.choices, widget=forms.RadioSelect
    )
    redirected_to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Passed on to"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Only where the decision is to pass it on: that body gets a clock of its own."),
    )
    reasoning_kk = _text(_("Reasons in Kazakh"))
    reasoning_ru = _text(_("Reasons in Russian"))
    reasoning_en = _text(_("Reasons in English"), required=False, rows=4)
    change_reference = forms.CharField(
        label=_("What changes"),
        max_length=300,
        required=False,
        help_text=_("The act, the page or the line that is changed, if any."),
    )
    signed_name = forms.CharField(label=_("Signed by"), max_length=150)
    signed_post = forms.CharField(label=_("Post"), max_length=200)

    WORDS = (
        "disposition", "redirected_to", "reasoning_kk", "reasoning_ru", "reasoning_en",
        "change_reference", "signed_name", "signed_post",
    )  # fmt: skip

    NEEDED = ("disposition", "reasoning_kk", "reasoning_ru", "signed_name", "signed_post")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "redirected_to", _state_bodies())

    def full_clean(self) -> None:
        """Ask for what is needed only before publication (`missing`)."""
        for name in self.NEEDED:
            self.fields[name].required = False
        super().full_clean()
        for name in self.NEEDED:
            self.fields[name].required = True

    def draft(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.WORDS}

    def words(self) -> Words:
        return Words(**self.draft())

    def missing(self, answer_due: AnswerDue) -> bool:
        """Point to what an official answer still lacks; the service has the last word."""
        data = self.cleaned_data
        for name, message in (
            ("disposition", _("Choose a decision.")),
            ("reasoning_kk", _("An official answer needs its reasons in Kazakh.")),
            ("reasoning_ru", _("An official answer needs its reasons in Russian.")),
            ("signed_name", _("Say who signs.")),
            ("signed_post", _("Say in which post.")),
        ):
            if not data.get(name, "").strip():
                self.add_error(name, message)
        rules = AnswerRules.from_data(answer_due.ruleset.data)
        if rules.lacks_change(data.get("disposition", ""), data.get("change_reference", "")):
            self.add_error(
                "change_reference", _("Say what changes: the passage, the line, the act.")
            )
        is_passed_on = data.get("disposition") == Disposition.REDIRECTED
        if is_passed_on != bool(data.get("redirected_to")):
            message = (
                _("Name the body to which this is passed on.")
                if is_passed_on
                else _("A body is named only where the decision is to pass it on.")
            )
            self.add_error("redirected_to", message)
        return bool(self.errors)


class CorrectionForm(AnswerForm):
    """A new version of a published answer."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Published beside the new version; the old one stays."),
    )


class ClockForm(OnceForm):
    """Stop the clock, start it again, or ask for more days; the reason is published."""

    act = forms.ChoiceField(label=_("What happens"), widget=forms.RadioSelect)
    working_days = forms.IntegerField(
        label=_("How many more working days"), min_value=1, max_value=250, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Published beside the date."),
    )

    def __init__(self, *args: Any, is_paused: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = cast(forms.ChoiceField, self.fields["act"])
        if is_paused:
            acts.choices = [("resume", _("Start the clock again"))]
            acts.initial = "resume"
            del self.fields["working_days"]
        else:
            acts.choices = [("pause", _("Stop the clock")), ("extend", _("Extend the term"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("act") == "extend" and not data.get("working_days"):
            self.add_error("working_days", _("Say by how many working days."))
        return data


class AssignForm(OnceForm):
    """Answers chosen on the desk, and the colleague who takes them."""

    due = forms.TypedMultipleChoiceField(coerce=int, label=_("Answers"))
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Hand to"), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, numbers: list[int], officers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["due"]).choices = [(n, n) for n in numbers]
        _offer(self, "to", User.objects.filter(pk__in=[officer.pk for officer in officers]))


class TemplateForm(OnceForm):
    """A common answer of one's body."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("State body"), empty_label=None
    )
    name = forms.CharField(label=_("Name of the template"), max_length=100)
    disposition = forms.ChoiceField(
        label=_("Decision"), choices=Disposition.choices, widget=forms.RadioSelect
    )
    reasoning_kk = _text(_("Reasons in Kazakh"))
    reasoning_ru = _text(_("Reasons in Russian"))
    reasoning_en = _text(_("Reasons in English"), required=False, rows=4)

    def __init__(self, *args: Any, bodies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=[body.pk for body in bodies])
        _offer(self, "organisation", own)
        if bodies:
            self.fields["organisation"].initial = bodies[0]


def templates_for(body: Organisation) -> QuerySet[AnswerTemplate]:
    """A body's own, and those that are for all."""
    own = AnswerTemplate.objects.filter(organisation=body)
    return own | AnswerTemplate.objects.filter(organisation=None)
