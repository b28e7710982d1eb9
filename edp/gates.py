"""The gates of a discovery process: what must be true before it goes on, checked from facts.

A gate is a list of conditions, each with the value that was found and the threshold that a
ruleset sets. A check never says only no: it says which number is how far away. What is not met
can be waived by a decision that names the condition and the reason, never silently.

Malopolskie's three stages are the public face; gates G0 to G7 make them checkable. Thresholds are
values of a ruleset and no law. Pure: counts and shares in, conditions out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

GOVERNMENT, BUSINESS = "government", "business"
ACADEMIA, CIVIL_SOCIETY = "academia", "civil_society"
HELICES = (GOVERNMENT, BUSINESS, ACADEMIA, CIVIL_SOCIETY)
QUADRANTS = ("strength", "weakness", "opportunity", "threat")
# What the first stage leaves behind: O:2135-2142 of the OECD's account of Malopolskie.
OUTPUTS = ("strengths", "research_capabilities", "human_capital", "aspirations")
TEXTS = ("title", "scope", "what_can_change")
OFFICIAL_LANGUAGES = ("kk", "ru")
Value = int | Fraction | bool


@dataclass(frozen=True)
class Thresholds:
    """Values of a ruleset. Shares are parts of one; days are working days."""

    max_officials: Fraction = Fraction(1, 3)
    min_assets: int = 5
    min_dimensions: int = 3
    min_swot_entries: int = 2
    min_workshops: int = 8
    min_participants: int = 150
    min_business: Fraction = Fraction(2, 5)
    min_academia: Fraction = Fraction(1, 10)
    min_civil_society: Fraction = Fraction(1, 10)
    max_government: Fraction = Fraction(33, 100)
    min_outside_centre: int = 1
    min_ideas: int = 10
    min_assessors: int = 3
    min_coverage: Fraction = Fraction(4, 5)
    max_priorities: int = 7
    consultation_days: int = 20
    min_hearings: int = 1
    min_wheel_assessors: int = 3
    min_external_assessors: int = 1

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Thresholds":
        """From a ruleset's JSON; shares may be written "1/3" or 0.4.

        Raises ValueError for a name that is not known and a value out of its range.
        """
        known = {entry.name: entry.default for entry in fields(cls)}
        if unknown := sorted(set(data) - set(known)):
            raise ValueError(f"no threshold is called {unknown[0]!r}")
        values: dict[str, Any] = {name: _threshold(name, data[name], known[name]) for name in data}
        return cls(**values)


def _threshold(name: str, value: object, default: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{name} is {value!r}, not a number")  # noqa: TRY004 - data, not code
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name} is {value!r}, not a number") from None
    if isinstance(default, Fraction):
        if not 0 <= number <= 1:
            raise ValueError(f"{name} is {value!r}, not a share from 0 to 1")
        return number
    if number.denominator != 1 or number < 0:
        raise ValueError(f"{name} is {value!r}, not a whole number")
    return int(number)


@dataclass(frozen=True)
class Condition:
    """`value` was found, `threshold` is asked for; "at least" unless `is_limit`: "at most"."""

    code: str
    value: Value
    threshold: Value
    is_limit: bool = False

    @property
    def is_met(self) -> bool:
        return self.value <= self.threshold if self.is_limit else self.value >= self.threshold


@dataclass(frozen=True)
class Check:
    """A gate looked at once; `waived` are conditions that a decision has set aside."""

    gate: int
    conditions: tuple[Condition, ...]
    waived: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(c for c in self.conditions if not c.is_met and c.code not in self.waived)

    @property
    def is_passed(self) -> bool:
        return not self.missing

    def to_data(self) -> list[dict[str, Any]]:
        """For the record that never changes: numbers as text, so that thirds stay thirds."""
        return [
            {
                "code": condition.code,
                "value": str(condition.value),
                "threshold": str(condition.threshold),
                "ok": condition.is_met,
                "waived": not condition.is_met and condition.code in self.waived,
            }
            for condition in self.conditions
        ]


def check(
    gate: int, conditions: Sequence[Condition], waived: Collection[str] = frozenset()
) -> Check:
    """Raises ValueError where a waiver names no condition of the gate."""
    if unknown := sorted(set(waived) - {condition.code for condition in conditions}):
        raise ValueError(f"gate {gate} has no condition {unknown[0]!r}")
    return Check(gate, tuple(conditions), frozenset(waived))


def _at_least(code: str, value: Value, threshold: Value) -> Condition:
    return Condition(code, value, threshold)


def _at_most(code: str, value: Value, threshold: Value) -> Condition:
    return Condition(code, value, threshold, is_limit=True)


def _none(code: str, value: int) -> Condition:
    """There is nothing of the kind."""
    return _at_most(code, value, 0)


def _there(code: str, value: bool) -> Condition:
    return Condition(code, int(value), 1)


@dataclass(frozen=True)
class Announcement:
    """`texts` are (part, language) that are written; `stages` those without dates."""

    texts: frozenset[tuple[str, str]]
    stages_without_dates: int
    has_contact: bool
    has_ruleset: bool


def announce(facts: Announcement, _: Thresholds = Thresholds()) -> list[Condition]:
    """G0: a process may be announced."""
    wanted = {(part, language) for part in TEXTS for language in OFFICIAL_LANGUAGES}
    return [
        _none("texts", len(wanted - facts.texts)),
        _none("calendar", facts.stages_without_dates),
        _there("contact", facts.has_contact),
        _there("ruleset", facts.has_ruleset),
    ]


@dataclass(frozen=True)
class Preparation:
    """`steering` counts members by helix; `undeclared` have not declared their interests."""

    steering: Mapping[str, int]
    undeclared: int
    has_resource_plan: bool
    is_ruleset_frozen: bool


def start(facts: Preparation, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G1: the work may start."""
    helices = sum(bool(facts.steering.get(helix)) for helix in HELICES)
    return [
        _at_least("helices", helices, len(HELICES)),
        _at_most("officials", share(facts.steering, GOVERNMENT), rules.max_officials),
        _none("interests", facts.undeclared),
        _there("resource_plan", facts.has_resource_plan),
        _there("ruleset_frozen", facts.is_ruleset_frozen),
    ]


def share(counts: Mapping[str, int], helix: str) -> Fraction:
    """Of everybody, those of unknown helix included; zero of nobody."""
    total = sum(counts.values())
    return Fraction(counts.get(helix, 0), total) if total else Fraction(0)


@dataclass(frozen=True)
class EvidenceMap:
    """`swot` counts entries by quadrant; entries without evidence are `unlinked`."""

    specialisation_tables: int
    assets: int
    dimensions: int
    swot: Mapping[str, int]
    unlinked: int
    unpublished: int


def mapping(facts: EvidenceMap, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G2: the evidence is there, with its sources, and public."""
    return [
        _at_least("specialisation", facts.specialisation_tables, 1),
        _at_least("assets", facts.assets, rules.min_assets),
        _at_least("dimensions", facts.dimensions, rules.min_dimensions),
        _at_least(
            "swot", min(facts.swot.get(name, 0) for name in QUADRANTS), rules.min_swot_entries
        ),
        _none("swot_evidence", facts.unlinked),
        _none("published", facts.unpublished),
    ]


@dataclass(frozen=True)
class Discovery:
    """`participants` are distinct people by helix; anything else than a helix is unknown."""

    workshops: int
    participants: Mapping[str, int]
    outside_centre: int
    ideas: int
    ideas_without_source: int
    outputs: frozenset[str] = field(default_factory=frozenset)


def discovery(facts: Discovery, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G3: enough people of all helices have said enough, and every idea comes from somebody."""
    people = facts.participants
    return [
        _at_least("workshops", facts.workshops, rules.min_workshops),
        _at_least("participants", sum(people.values()), rules.min_participants),
        _at_least("business", share(people, BUSINESS), rules.min_business),
        _at_least("academia", share(people, ACADEMIA), rules.min_academia),
        _at_least("civil_society", share(people, CIVIL_SOCIETY), rules.min_civil_society),
        _at_most("government", share(people, GOVERNMENT), rules.max_government),
        _at_least("outside_centre", facts.outside_centre, rules.min_outside_centre),
        _at_least("ideas", facts.ideas, rules.min_ideas),
        _none("sources", facts.ideas_without_source),
        _none("outputs", len(set(OUTPUTS) - facts.outputs)),
    ]


@dataclass(frozen=True)
class EvaluatedIdea:
    """`is_excused` by a reasoned exception of the panel."""

    assessors: int
    coverage: Fraction
    is_excused: bool = False


@dataclass(frozen=True)
class Evaluation:
    ideas: Sequence[EvaluatedIdea]
    scores_after_recusal: int
    are_weights_frozen: bool
    is_agreement_reported: bool
    candidates: int
    unselected_without_reason: int


def evaluation(facts: Evaluation, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G4: every idea was judged by enough people without interests, and every no has a reason."""
    weak = sum(
        not idea.is_excused
        and (idea.assessors < rules.min_assessors or idea.coverage < rules.min_coverage)
        for idea in facts.ideas
    )
    return [
        _none("assessments", weak),
        _none("recused", facts.scores_after_recusal),
        _there("weights", facts.are_weights_frozen),
        _there("agreement", facts.is_agreement_reported),
        _at_least("candidates", facts.candidates, 1),
        _at_most("priorities", facts.candidates, rules.max_priorities),
        _none("reasons", facts.unselected_without_reason),
    ]


@dataclass(frozen=True)
class Consultation:
    working_days: int
    hearings: int
    unanswered: int
    is_list_of_changes_published: bool
    is_share_in_time_published: bool


def consultation(facts: Consultation, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G5: everybody had time, and every comment has its reasoned answer."""
    return [
        _at_least("days", facts.working_days, rules.consultation_days),
        _at_least("hearings", facts.hearings, rules.min_hearings),
        _none("answers", facts.unanswered),
        _there("changes", facts.is_list_of_changes_published),
        _there("share_in_time", facts.is_share_in_time_published),
    ]


@dataclass(frozen=True)
class Adoption:
    """`gaps` are places where the plan lacks an objective, action, indicator, money or risk."""

    gaps: int
    is_council_heard: bool
    is_council_answered: bool
    has_akimat_decided: bool
    has_maslikhat_decided: bool


def adoption(facts: Adoption, _: Thresholds = Thresholds()) -> list[Condition]:
    """G6: the plan is whole, the council was heard, both bodies have decided."""
    return [
        _none("plan", facts.gaps),
        _there("council_opinion", facts.is_council_heard),
        _there("council_answer", facts.is_council_answered),
        _there("akimat", facts.has_akimat_decided),
        _there("maslikhat", facts.has_maslikhat_decided),
    ]


@dataclass(frozen=True)
class Review:
    """`measurements_missing` were due by now."""

    measurements_missing: int
    wheel_assessors: int
    external_assessors: int
    is_revision_decided: bool


def review(facts: Review, rules: Thresholds = Thresholds()) -> list[Condition]:
    """G7: what was promised was measured, and what to change is decided."""
    return [
        _none("measurements", facts.measurements_missing),
        _at_least("wheel", facts.wheel_assessors, rules.min_wheel_assessors),
        _at_least("external", facts.external_assessors, rules.min_external_assessors),
        _there("revision", facts.is_revision_decided),
    ]
