"""A new budget on one page: its place and titles, its envelopes, its rules, its dates."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from budgeting import phases
from budgeting.forms.cycles import DatesForm
from budgeting.phase_dates import PhaseDates
from budgeting.services.cycles import EnvelopeDraft
from budgeting.starts import LANGUAGES
from budgeting.voting_rules import VotingRules
from participation.fields import AmountField, offer
from participation.models import Phase, Ruleset, Territory
from participation.services import Wording

LARGEST_SUM = 10**13
MOST_ROWS = 60
PARTS = ("place", "name_kk", "name_ru", "name_en", "amount")
NEEDED = ("name_kk", "name_ru", "amount")


def number_of_rows(data: Mapping[str, Any]) -> int:
    """How many envelopes the form has room for, whatever was sent."""
    given = str(data.get("rows", ""))
    if not (given.isascii() and given.isdecimal() and len(given) < 4):
        return 1
    return min(max(int(given), 1), MOST_ROWS)


class NewCycleForm(DatesForm):
    """`rulesets` by their keys, the newest of each; `parts` are the places that it and its
    envelopes can be for; `dates` with which the phases begin. The first row is an envelope, and any
    other in which something stands."""

    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("City or district"))
    year = forms.IntegerField(label=_("Year of the works"), min_value=2000, max_value=2100)
    word = forms.SlugField(
        label=_("A word for the address"),
        required=False,
        max_length=40,
        help_text=_(
            "Latin letters and figures. Only where one place has several budgets a year, as those "
            "of schools: school-12."
        ),
    )
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    summary_kk = forms.CharField(
        label=_("In two sentences, in Kazakh"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    summary_ru = forms.CharField(
        label=_("In two sentences, in Russian"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    summary_en = forms.CharField(
        label=_("In two sentences, in English"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rows = forms.CharField(widget=forms.HiddenInput, required=False)  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any],
        parts: dict[int, Territory],
        rulesets: dict[str, Ruleset],
        dates: list[PhaseDates],
    ) -> None:
        self.number_of_rows = number_of_rows(initial if data is None else data)
        self._parts = parts
        self._rulesets = rulesets
        planned = [Phase(kind=d.kind, opens_at=d.opens_at, closes_at=d.closes_at) for d in dates]
        super().__init__(data, initial={**initial, "rows": self.number_of_rows}, phases_now=planned)
        offer(self, "territory", Territory.objects.filter(pk__in=parts))
        self.fields["rules"] = forms.ChoiceField(
            label=_("Rules of ballot and count"),
            choices=[(key, ruleset.name) for key, ruleset in rulesets.items()],
        )
        places = [("", _("The whole place")), *((str(key), str(p)) for key, p in parts.items())]
        for number in range(1, self.number_of_rows + 1):
            self._add_row(number, places)

    def _add_row(self, number: int, places: list[tuple[str, Any]]) -> None:
        at = {"number": number}
        self.fields[f"place_{number}"] = forms.ChoiceField(
            label=_("Envelope %(number)s: for which place") % at, required=False, choices=places
        )
        names = (
            ("kk", _("Envelope %(number)s: name in Kazakh")),
            ("ru", _("Envelope %(number)s: name in Russian")),
            ("en", _("Envelope %(number)s: name in English")),
        )
        for code, label in names:
            self.fields[f"name_{code}_{number}"] = forms.CharField(
                label=label % at, required=number == 1 and code != "en", max_length=200
            )
        self.fields[f"amount_{number}"] = AmountField(
            label=_("Envelope %(number)s: money, in tenge") % at,
            required=number == 1,
            min_value=1,
            max_value=LARGEST_SUM,
        )

    @property
    def envelope_rows(self) -> list[list[BoundField]]:
        return [
            [self[f"{part}_{number}"] for part in PARTS]
            for number in range(1, self.number_of_rows + 1)
        ]

    @property
    def about(self) -> list[BoundField]:
        named = (f"{name}_{code}" for name in ("title", "summary") for code in LANGUAGES)
        return [self[name] for name in ("territory", "year", "word", *named)]

    @property
    def date_pairs(self) -> list[list[BoundField]]:
        return [[self[f"{kind}_opens_at"], self[f"{kind}_closes_at"]] for kind in phases.ORDER]

    def clean_rules(self) -> str:
        key: str = self.cleaned_data["rules"]
        try:
            VotingRules.from_data(self._rulesets[key].data).counting_rule()
        except (ValueError, TypeError) as error:
            problem = _now("Correct the rules of the vote: %(problem)s") % {"problem": error}
            raise forms.ValidationError(problem) from error
        return key

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_order(data)
        for number in self._used(data):
            self._check_row(number, data)
        if sum(data.get(f"amount_{number}") or 0 for number in self._used(data)) > LARGEST_SUM:
            self._say("amount_1", _("Together the envelopes hold more than any budget has."))
        return data

    def _used(self, data: Mapping[str, Any]) -> list[int]:
        """The rows in which something stands, be it right or wrong."""
        return [
            number
            for number in range(1, self.number_of_rows + 1)
            if any(
                data.get(f"{part}_{number}") or f"{part}_{number}" in self.errors for part in PARTS
            )
        ]

    def _check_row(self, number: int, data: Mapping[str, Any]) -> None:
        for part in NEEDED:
            if not data.get(f"{part}_{number}"):
                name = f"{part}_{number}"
                self._say(name, _("Fill in the whole line, or leave it empty."))
        place, city = self._place_of(number, data), data.get("territory")
        if place and city and not self._is_within(place, city):
            text = _now("%(part)s is not in %(place)s.") % {"part": place, "place": city}
            self._say(f"place_{number}", text)

    def _check_order(self, data: Mapping[str, Any]) -> None:
        steps = (
            ("proposals_closes_at", "voting_opens_at", _("The vote opens after proposals end.")),
            ("voting_closes_at", "results_opens_at", _("Results come after the end of the vote.")),
        )
        for earlier, later, text in steps:
            before, after = data.get(earlier), data.get(later)
            if before and after and after < before:
                self._say(later, text)

    def _say(self, name: str, text: Any) -> None:
        """Beside the field, unless something is wrong with it already."""
        if name not in self.errors:
            self.add_error(name, text)

    def _place_of(self, number: int, data: Mapping[str, Any]) -> Territory | None:
        key = data.get(f"place_{number}")
        return self._parts[int(key)] if key else None

    def _is_within(self, place: Territory | None, city: Territory) -> bool:
        while place is not None and place.pk != city.pk:
            place = self._parts.get(place.parent_id) if place.parent_id else None
        return place is not None

    @property
    def slug(self) -> str:
        data = self.cleaned_data
        word = f"-{data['word']}" if data["word"] else ""
        rest = f"{word}-{data['year']}"
        return slugify(f"{data['territory'].slug[: 80 - len(rest)]}{rest}")

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(code, data[f"title_{code}"], data[f"summary_{code}"])
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]

    def envelopes(self) -> list[EnvelopeDraft]:
        data = self.cleaned_data
        return [
            EnvelopeDraft(
                territory=self._place_of(number, data) or data["territory"],
                amount=data[f"amount_{number}"],
                **{f"name_{code}": data[f"name_{code}_{number}"] for code in LANGUAGES},
            )
            for number in self._used(data)
        ]

    def dates(self) -> list[PhaseDates]:
        data = self.cleaned_data
        return [
            PhaseDates(kind, data[f"{kind}_opens_at"], data[f"{kind}_closes_at"])
            for kind in phases.ORDER
            if data[f"{kind}_opens_at"]
        ]
