"""The shape of what people send; rules are checked by the services."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting import phases
from budgeting.ballots import Choices
from budgeting.models import Category, Cycle, Envelope, Proposal
from budgeting.voting_rules import CUMULATIVE, VotingRules
from participation.fields import AmountField, MomentField, offer
from participation.forms import OnceForm
from participation.models import Phase, Ruleset, Territory
from participation.services import Wording

LONGEST_REQUEST = 64


def read_choices(data: QueryDict, rules: VotingRules, project_ids: list[str]) -> Choices:
    """What a booth's form says, whether or not it follows the rules. Garbage counts as nothing."""
    if rules.ballot != CUMULATIVE:
        return data.getlist("project")
    points = {project: data.get(f"points-{project}", "").strip() for project in project_ids}
    return {
        project: int(text) for project, text in points.items() if text.isdecimal() and len(text) < 6
    }


def read_request(data: QueryDict) -> str:
    return data.get("form_key", "")[:LONGEST_REQUEST]


class ProposalForm(OnceForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What should be built, mended or done, and where: one short line."),
    )
    summary = forms.CharField(
        label=_("In two sentences"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on lists and on the ballot."),
    )
    body = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Whom it helps, what it takes, what you know about the place."),
    )
    envelope = forms.ModelChoiceField(
        Envelope.objects.none(), label=_("From which money"), empty_label=None
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("Choose one")
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Street and house, or a name that people there know."),
    )
    cost = AmountField(
        label=_("Rough cost, in tenge"),
        min_value=1,
        max_value=10**12,
        help_text=_("Your best guess: the city will check it. Digits only, or with spaces."),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "envelope", cycle.envelopes.all())
        self.fields["envelope"].initial = cycle.envelopes.first()

    def wording(self) -> Wording:
        language = (get_language() or "kk")[:2]
        data = self.cleaned_data
        return Wording(language, data["title"], data["summary"], data["body"])


class ReviewForm(OnceForm):
    """The city's verdict on one proposal."""

    state = forms.ChoiceField(
        label=_("Verdict"),
        widget=forms.RadioSelect,
        choices=[
            (Proposal.State.SHORTLISTED, _("Feasible, on the ballot")),
            (Proposal.State.FEASIBLE, _("Feasible, not on the ballot yet")),
            (Proposal.State.NOT_FEASIBLE, _("Not feasible")),
        ],
    )
    verdict = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Published beside the proposal."),
    )
    cost = AmountField(label=_("Checked cost, in tenge"), min_value=1, max_value=10**12)
    running_cost = AmountField(
        label=_("Running cost a year, in tenge"),
        min_value=0,
        max_value=10**12,
        required=False,
    )


class TranslationForm(OnceForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In two sentences"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResidenceForm(OnceForm):
    """An officer has seen an identity document."""

    email = forms.EmailField(
        label=_("E-mail address of the person's account"),
        help_text=_("The person signs up first and tells you the address."),
    )
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Place of residence"), empty_label=None
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("As in the document, for example 27.03.1990."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk=territory.pk) | Q(parent=territory)
        offer(self, "territory", Territory.objects.filter(own))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        self.person = person
        return email

    def clean_born_on(self) -> datetime.date:
        born_on: datetime.date = self.cleaned_data["born_on"]
        if not datetime.date(1900, 1, 1) <= born_on < timezone.localdate():
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return born_on


class DatesForm(OnceForm):
    """From and to of every phase, in the time of the site."""

    def __init__(self, *args: Any, phases_now: list[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_kind = {phase.kind: phase for phase in phases_now}
        for kind in phases.PHASE_KINDS:
            phase = by_kind.get(kind.code)
            for end, label in (
                ("opens_at", _("%(phase)s: from")),
                ("closes_at", _("%(phase)s: to")),
            ):
                moment: datetime.datetime | None = getattr(phase, end, None)
                self.fields[f"{kind.code}_{end}"] = MomentField(
                    label=label % {"phase": kind.label},
                    required=phase is not None,
                    # To the minute, as it is shown: dates sent back untouched are no change.
                    initial=moment and moment.replace(second=0, microsecond=0),
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in phases.ORDER:
            opens, closes = data.get(f"{kind}_opens_at"), data.get(f"{kind}_closes_at")
            if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
                self.add_error(f"{kind}_closes_at", _("The end comes after the beginning."))
            for end, moment in (("opens_at", opens), ("closes_at", closes)):
                if moment and not 2000 <= moment.year <= 2100:
                    self.add_error(f"{kind}_{end}", _("Check the year: this date cannot be right."))
        return data

    @property
    def changed_kinds(self) -> list[str]:
        """The phases whose dates were moved, in their order."""
        return [
            kind
            for kind in phases.ORDER
            if {f"{kind}_opens_at", f"{kind}_closes_at"} & set(self.changed_data)
        ]


class CycleForm(OnceForm):
    """A new cycle with one envelope; the dates of its phases follow on the next page."""

    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("City or district"))
    year = forms.IntegerField(label=_("Year of the works"), min_value=2000, max_value=2100)
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    amount = AmountField(label=_("Money to decide on, in tenge"), min_value=1, max_value=10**13)
    ruleset = forms.ModelChoiceField(
        Ruleset.objects.none(), label=_("Rules of ballot and count"), empty_label=None
    )

    def __init__(self, *args: Any, territories: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rulesets = Ruleset.objects.filter(kind="budgeting.vote")
        offer(self, "territory", Territory.objects.filter(pk__in=territories))
        offer(self, "ruleset", rulesets.exclude(cycles__source_note__gt=""))

    def clean_ruleset(self) -> Ruleset:
        ruleset: Ruleset = self.cleaned_data["ruleset"]
        try:
            VotingRules.from_data(ruleset.data).counting_rule()
        except (ValueError, TypeError) as error:
            problem = _("Correct the rules of the vote: %(problem)s") % {"problem": error}
            raise forms.ValidationError(problem) from error
        return ruleset

    @staticmethod
    def slug_of(data: dict[str, Any]) -> str:
        return slugify(f"{data['territory'].slug[:75]}-{data['year']}")

    def slug_is_taken(self, data: dict[str, Any]) -> bool:
        return Cycle.objects.filter(slug=self.slug_of(data)).exists()
