"""What is typed at a voting station, and of one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.multilingual import Told
from budgeting.ballots import BLANK, SPOILED, VALID, Choices, Reading
from budgeting.forms.proofs import NumberField
from budgeting.grade_names import GRADE_OPTIONS
from budgeting.models import Election, ShortlistEntry, Station
from budgeting.services.paper.giving import Ballot
from budgeting.services.paper.stations import StationDraft
from budgeting.voting_rules import CUMULATIVE, GRADED, RANKED, VotingRules
from participation.fields import AccountField, offer
from participation.forms import OnceForm

LARGEST_PILE = 500
LARGEST_BOX = 1_000_000


def _line(label: Any, *, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **more)


class StationForm(OnceForm):
    """Where people vote on paper, and when."""

    name_kk = _line(_("Name in Kazakh"), longest=200)
    name_ru = _line(_("Name in Russian"), longest=200)
    name_en = _line(_("Name in English"), longest=200, required=False)
    address_kk = _line(_("Address in Kazakh"), longest=300)
    address_ru = _line(_("Address in Russian"), longest=300)
    address_en = _line(_("Address in English"), longest=300, required=False)
    hours_kk = _line(
        _("Opening hours in Kazakh"),
        longest=200,
        help_text=_("Days and hours, for example: 10–20 September, 9:00–19:00."),
    )
    hours_ru = _line(_("Opening hours in Russian"), longest=200)
    hours_en = _line(_("Opening hours in English"), longest=200, required=False)

    @classmethod
    def of(cls, station: Station) -> "StationForm":
        names = [name for name in cls.base_fields if name != "form_key"]
        return cls(initial={name: getattr(station, name) for name in names})

    def draft(self) -> StationDraft:
        return StationDraft(self._told("name"), self._told("address"), self._told("hours"))

    def _told(self, name: str) -> Told:
        return Told(*(self.cleaned_data[f"{name}_{code}"] for code in ("kk", "ru", "en")))


class OfficerForm(OnceForm):
    person = AccountField(label=_("E-mail address of the officer's account"))


class VoterForm(forms.Form):
    """Who stands at the desk."""

    iin = NumberField(help_text=_("From the identity document before you. It is not kept."))


class GiveForm(OnceForm):
    """Which ballots go over the desk; `line` is signed by the page before."""

    line = forms.CharField(widget=forms.HiddenInput, max_length=300)
    elections = forms.ModelMultipleChoiceField(
        Election.objects.none(),
        label=_("Ballots to give"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, ballots: Iterable[Ballot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [ballot.election for ballot in ballots if not ballot.is_recorded]
        elections = Election.objects.filter(pk__in=[election.pk for election in free])
        offer(self, "elections", elections.select_related("envelope"))
        field = self.fields["elections"]
        field.label_from_instance = lambda election: str(election.envelope)  # type: ignore[attr-defined]
        field.initial = free
        self.has_choice = bool(free)


class PapersForm(OnceForm):
    """How many papers a pile holds."""

    papers = forms.IntegerField(label=_("Papers in the batch"), min_value=1, max_value=LARGEST_PILE)


class BatchForm(PapersForm):
    """A pile of one vote."""

    election = forms.ModelChoiceField(
        Election.objects.none(), label=pgettext_lazy("election", "Vote"), empty_label=None
    )
    field_order = ["form_key", "election"]

    def __init__(self, *args: Any, elections: list[Election], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Election.objects.filter(pk__in=[election.pk for election in elections])
        offer(self, "election", offered.select_related("envelope"))
        field = self.fields["election"]
        field.label_from_instance = lambda election: str(election.envelope)  # type: ignore[attr-defined]


class PaperForm(OnceForm):
    """One paper as it is read: numbers of projects in one line, or a number for each project."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    outcome = forms.ChoiceField(
        label=_("The paper is"),
        choices=[
            (VALID, pgettext_lazy("paper", "valid")),
            (BLANK, pgettext_lazy("paper", "blank: nothing is marked")),
            (SPOILED, pgettext_lazy("paper", "spoiled: it breaks the rules or cannot be read")),
        ],
        widget=forms.RadioSelect,
        initial=VALID,
    )

    def __init__(
        self, *args: Any, rules: VotingRules, entries: list[ShortlistEntry], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rules = rules
        self._ids = [entry.project_id for entry in entries]
        if rules.ballot == GRADED:
            for entry in entries:
                self.fields[f"project-{entry.project_id}"] = _grade_field(entry)
        elif rules.ballot == CUMULATIVE:
            for entry in entries:
                self.fields[f"project-{entry.project_id}"] = _points_field(entry, rules)
        else:
            self.fields["chosen"] = _numbers_field(is_ranked=rules.ballot == RANKED)
        self._order_and_focus()

    def _order_and_focus(self) -> None:
        by_hand = [name for name in self.fields if name == "chosen" or name.startswith("project-")]
        self.order_fields(["form_key", "number", *by_hand, "outcome"])
        if by_hand:
            self.fields[by_hand[0]].widget.attrs["autofocus"] = True

    def clean_chosen(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["chosen"].replace(",", " ").split()
        for place, number in enumerate(chosen):
            if number not in self._ids:
                raise forms.ValidationError(
                    _("There is no project %(number)s on this ballot."), params={"number": number}
                )
            if number in chosen[:place]:
                raise forms.ValidationError(
                    _("Project %(number)s is written twice."), params={"number": number}
                )
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("outcome") != VALID and self._choices():
            self.add_error(
                "outcome", _("Something is chosen here: take it out, or say that it is valid.")
            )
        return data

    def reading(self) -> Reading:
        outcome = self.cleaned_data["outcome"]
        return Reading(outcome, self._choices() if outcome == VALID else [])

    def _choices(self) -> Choices:
        if "chosen" in self.fields:
            return list(self.cleaned_data["chosen"])
        given = {number: self.cleaned_data[f"project-{number}"] for number in self._ids}
        return {number: int(value) for number, value in given.items() if value not in (None, "")}


def _numbers_field(*, is_ranked: bool) -> forms.CharField:
    label = (
        _("Numbers of the projects, the best first")
        if is_ranked
        else _("Numbers of the projects that are marked")
    )
    attributes = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.CharField(
        label=label,
        help_text=_("With spaces between them, for example: 3 7 12. Enter goes on."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs=attributes),
    )


def _points_field(entry: ShortlistEntry, rules: VotingRules) -> forms.IntegerField:
    return forms.IntegerField(
        label=_label(entry),
        min_value=0,
        max_value=rules.points,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )


def _grade_field(entry: ShortlistEntry) -> forms.ChoiceField:
    choices = [("", "–"), *((str(grade), name) for grade, name in GRADE_OPTIONS)]
    return forms.ChoiceField(label=_label(entry), choices=choices, required=False)


def _label(entry: ShortlistEntry) -> str:
    return f"{entry.project_id}. {entry.proposal.dossier.title}"


class DecisionForm(PaperForm):
    """The third look, with its reason."""

    reason = _line(
        _("Why the two readings differed"),
        longest=300,
        help_text=_("Published in the journal; write no name."),
    )
    is_joint = forms.BooleanField(
        label=_("The two who keyed it have looked at it together"), required=False
    )


class ProtocolForm(OnceForm):
    """What the box held."""

    in_box = forms.IntegerField(
        label=_("Papers found in the box"), min_value=0, max_value=LARGEST_BOX
    )
    reason_kk = forms.CharField(
        label=_("Reason for a difference, in Kazakh"),
        help_text=_("Only where the numbers differ. Published."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_ru = forms.CharField(
        label=_("Reason for a difference, in Russian"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_en = forms.CharField(
        label=_("Reason for a difference, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def reason(self) -> Told:
        return Told(*(self.cleaned_data[f"reason_{code}"] for code in ("kk", "ru", "en")))
