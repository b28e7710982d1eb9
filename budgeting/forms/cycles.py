"""What sets up a cycle and moves its dates."""

import datetime
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from budgeting import phases
from budgeting.models import Cycle
from budgeting.voting_rules import VotingRules
from participation.fields import AmountField, MomentField, offer
from participation.forms import OnceForm
from participation.models import Phase, Ruleset, Territory


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
