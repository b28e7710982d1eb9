"""What reviewers, organisers and authors send while proposals are checked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from budgeting.feasibility_rules import KIND, FeasibilityRules
from budgeting.models import CheckAnswer, CheckItem, Cycle, Proposal, Review, Verdict
from budgeting.services.feasibility import Finding, Line
from participation.fields import AccountField, AmountField, offer
from participation.forms import OnceForm
from participation.models import Ruleset

LONGEST_COST = 10**12
LINES = 8


def _long_text(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        **kwargs,
    )


class VerdictForm(OnceForm):
    """The city's verdict; without an estimate it names the cost itself."""

    decision = forms.ChoiceField(
        label=_("Verdict"), widget=forms.RadioSelect, choices=Verdict.Decision.choices
    )
    reasons_kk = _long_text(_("Reasons in Kazakh"), help_text=_("Published beside the proposal."))
    reasons_ru = _long_text(_("Reasons in Russian"))
    reasons_en = _long_text(_("Reasons in English"), required=False)
    changes_kk = _long_text(
        _("What changes, in Kazakh"),
        required=False,
        help_text=_("For a verdict with changes: the author agrees to them or objects."),
    )
    changes_ru = _long_text(_("What changes, in Russian"), required=False)
    cost = AmountField(label=_("Checked cost, in tenge"), min_value=1, max_value=LONGEST_COST)
    running_cost = AmountField(
        label=_("Running cost a year, in tenge"),
        min_value=0,
        max_value=LONGEST_COST,
        required=False,
    )
    signed_name = forms.CharField(label=_("Signed by"), max_length=150)
    signed_post = forms.CharField(label=_("Post"), max_length=200)
    superseding_reason = _long_text(
        _("Why it replaces the verdict before"), help_text=_("Published with it.")
    )

    def __init__(
        self, *args: Any, proposal: Proposal, review: Review | None, by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost"].initial = proposal.cost
        self.fields["running_cost"].initial = proposal.running_cost
        self.fields["signed_name"].initial = by.display_name
        if review is not None and review.department:
            self.fields["signed_post"].initial = review.department.name
        if review is not None and review.cost_lines.exists():
            del self.fields["cost"], self.fields["running_cost"]
        if review is None or not review.verdicts.exists():
            del self.fields["superseding_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == Verdict.Decision.WITH_CHANGES:
            for name in ("changes_kk", "changes_ru"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say what changes."))
        else:
            data["changes_kk"] = data["changes_ru"] = ""
        return data


class ChecksForm(OnceForm):
    """A finding and a note for each line; what is not known yet stays open."""

    def __init__(
        self, *args: Any, items: Sequence[CheckItem], answers: Sequence[CheckAnswer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        known = {answer.item_id: answer for answer in answers}
        for item in self.items:
            answer = known.get(item.pk)
            self.fields[f"finding_{item.number}"] = forms.ChoiceField(
                label=item.text,
                required=False,
                widget=forms.RadioSelect,
                choices=CheckAnswer.Finding.choices,
                initial=answer.finding if answer else None,
            )
            self.fields[f"note_{item.number}"] = forms.CharField(
                label=_("Note to line %(number)s") % {"number": item.number},
                required=False,
                max_length=500,
                initial=answer.note if answer else "",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for item in self.items:
            note = f"note_{item.number}"
            is_no = data.get(f"finding_{item.number}") == CheckAnswer.Finding.NO
            if is_no and not data.get(note) and note not in self.errors:
                self.add_error(note, _("Say why: a no is published with its note."))
        return data

    def findings(self) -> dict[CheckItem, Finding]:
        data = self.cleaned_data
        return {
            item: Finding(data[f"finding_{item.number}"], data[f"note_{item.number}"])
            for item in self.items
            if data[f"finding_{item.number}"]
        }


class EstimateForm(OnceForm):
    """Lines of cost: each names all four, or nothing. Quantities are whole numbers."""

    source = forms.CharField(
        label=_("Where the prices come from"),
        max_length=300,
        help_text=_("A price list, a contract of last year, an offer: with its date."),
    )
    running_cost = AmountField(
        label=_("Running cost a year, in tenge"), min_value=0, max_value=LONGEST_COST
    )

    def __init__(self, *args: Any, review: Review | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = list(review.cost_lines.all()) if review else []
        if review:
            self.fields["source"].initial = review.cost_source
            self.fields["running_cost"].initial = review.running_cost
        for number in range(1, max(LINES, len(lines) + 2) + 1):
            line = lines[number - 1] if number <= len(lines) else None
            self._add_line(number, line)
        self.order_fields([name for name in self.fields if "_" in name and name[-1].isdigit()])

    def _add_line(self, number: int, line: Any) -> None:
        at = {"number": number}
        self.fields[f"what_{number}"] = forms.CharField(
            label=_("Line %(number)s: what") % at,
            required=False,
            max_length=200,
            initial=line.what if line else "",
        )
        self.fields[f"quantity_{number}"] = AmountField(
            label=_("Line %(number)s: how many") % at,
            required=False,
            min_value=1,
            max_value=10**9,
            initial=line.quantity if line else None,
        )
        self.fields[f"unit_{number}"] = forms.CharField(
            label=_("Line %(number)s: of what unit") % at,
            required=False,
            max_length=40,
            initial=line.unit if line else "",
        )
        self.fields[f"price_{number}"] = AmountField(
            label=_("Line %(number)s: price of one") % at,
            required=False,
            min_value=1,
            max_value=LONGEST_COST,
            initial=line.unit_price if line else None,
        )

    @property
    def numbers(self) -> list[int]:
        return sorted(int(name[5:]) for name in self.fields if name.startswith("what_"))

    @property
    def rows(self) -> list[list[BoundField]]:
        """The four fields of each line."""
        parts = ("what", "quantity", "unit", "price")
        return [[self[f"{part}_{number}"] for part in parts] for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.numbers:
            names = [f"{part}_{number}" for part in ("what", "quantity", "unit", "price")]
            if any(data.get(name) for name in names):
                for name in names:
                    if not data.get(name) and name not in self.errors:
                        self.add_error(name, _("Fill in the whole line, or leave it empty."))
        if not self.errors and not self.lines():
            self.add_error("what_1", _("Give at least one line of cost."))
        if (
            not self.errors
            and sum(li.quantity * li.unit_price for li in self.lines()) > LONGEST_COST
        ):
            self.add_error("price_1", _("The lines sum to more than any budget has."))
        return data

    def lines(self) -> list[Line]:
        data = self.cleaned_data
        return [
            Line(data[f"what_{n}"], data[f"quantity_{n}"], data[f"unit_{n}"], data[f"price_{n}"])
            for n in self.numbers
            if data.get(f"what_{n}")
        ]


class QuestionForm(OnceForm):
    text = _long_text(_("Question"), help_text=_("Public: everybody reads it and the answer."))


class AnswerForm(OnceForm):
    text = _long_text(_("Answer"), help_text=_("Public. You can answer once."))


class AppealForm(OnceForm):
    text = _long_text(
        _("Why it should be looked at again"),
        help_text=_("Public. Somebody else than the first reviewer looks at it."),
    )


class ConsentForm(OnceForm):
    """An author's answer to changes; an objection says what it is about."""

    agrees = forms.ChoiceField(
        label=_("The changes"),
        widget=forms.RadioSelect,
        choices=[("yes", _("I agree to them")), ("no", _("I object"))],
    )
    note = _long_text(_("In your words"), required=False, help_text=_("Public."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say what you do not agree to: it is published."))
        return data


class _DepartmentForm(OnceForm):
    department = forms.ModelChoiceField(Organisation.objects.none(), label=_("Department"))
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label=_("Reviewer"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(
        self,
        *args: Any,
        departments: Sequence[Organisation],
        reviewers: Sequence[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Organisation.objects.filter(pk__in=[d.pk for d in departments]))
        offer(self, "reviewer", User.objects.filter(pk__in=[r.pk for r in reviewers]))


class AssignForm(_DepartmentForm):
    """Proposals ticked in the list, and who is to check them."""

    proposals = forms.ModelMultipleChoiceField(
        Proposal.objects.none(),
        label=_("Proposals"),
        error_messages={"required": _("Tick at least one proposal that has no department yet.")},
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "proposals", cycle.proposals.filter(state=Proposal.State.SUBMITTED))


class HandoverForm(_DepartmentForm):
    reason_kk = _long_text(_("Reason in Kazakh"), help_text=_("Published."))
    reason_ru = _long_text(_("Reason in Russian"))


class SecondLookForm(_DepartmentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].required = True


class DeskForm(OnceForm):
    """The rules of the check; they are fixed when the desk opens."""

    ruleset = forms.ModelChoiceField(
        Ruleset.objects.filter(kind=KIND), label=_("Rules of the check"), empty_label=None
    )

    def clean_ruleset(self) -> Ruleset:
        ruleset: Ruleset = self.cleaned_data["ruleset"]
        try:
            FeasibilityRules.from_data(ruleset.data)
        except ValueError as error:
            problem = _now("Correct the rules of the check: %(problem)s") % {"problem": error}
            raise forms.ValidationError(problem) from error
        return ruleset


class AppointForm(OnceForm):
    person = AccountField(label=_("E-mail address of the reviewer's account"))
    department = forms.ModelChoiceField(
        Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru"),
        label=_("Department"),
    )


class ShortlistForm(OnceForm):
    """A button."""
