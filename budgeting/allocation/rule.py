"""The rule of a count, written down as data before the vote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from budgeting.allocation.election import Election
from budgeting.allocation.money import parse_amount, plain

METHODS = (
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-per-cost",
    "poznan",
    "equal-shares",
    "phragmen",
    "majority-judgement",
)
SATISFACTIONS = ("cost", "cardinality")
COMPLETIONS = ("none", "add1", "add1u", "greedy")
#: Completions that end by going down the list of votes.
FILLING = ("add1u", "greedy")
STOPS = ("overspend", "exhausted")
STARTS = ("exact", "floor")
MISSING = ("worst", "ignored")
NO_FIT = ("skip", "stop")
TIE_CRITERIA = ("votes", "cheapest", "costliest", "list-order", "lot")

#: `rule` in Pabulib metadata → fields of `Rule`. What each does not say is in `note`.
DECLARED: dict[str, dict[str, Any]] = {
    "greedy": {"method": "greedy"},
    "greedy-threshold": {"method": "greedy-threshold"},
    "greedy-no-skip": {"method": "greedy-no-skip"},
    "greedy-exclusive": {
        "method": "greedy",
        "note": "which projects exclude each other is not in the file",
    },
    "greedy-custom": {"method": "greedy", "note": "the city's own provisions are not in the file"},
    "equalshares": {"method": "equal-shares"},
    "equalshares-comparison": {"method": "equal-shares", "comparison": True},
    "equalshares/add1": {"method": "equal-shares", "completion": "add1"},
    "equalshares/add1-comparison": {
        "method": "equal-shares",
        "completion": "add1",
        "comparison": True,
    },
    "unknown": {"method": "greedy", "note": "the file does not name its rule; greedy is assumed"},
}


@dataclass(frozen=True)
class Rule:
    """One rule with all its parameters; two equal rules give equal results.

    method        one of `METHODS`
    threshold     fewest votes (or points; under majority-judgement voters who gave more
                  than the worst grade) a project needs; None: no threshold, or, for
                  greedy-threshold, the one in the election's metadata
    satisfaction  utility of a funded project to its supporter (Equal Shares): its cost,
                  or one; ballots with points always use the points
    completion    what follows Equal Shares: nothing, add1 (raise everybody's share by
                  `step` until money would be overspent), add1u (then fill by votes),
                  greedy (fill by votes)
    step          the increment of add1 in currency units
    stop          add1 ends when the next increment overspends, or already when nothing
                  more fits ("exhausted")
    start         each voter starts with exactly B/n, or with the whole units of it
    comparison    keep Equal Shares only if no more voters prefer the greedy outcome
    partial       fund the first project that does not fit if `part_funding` of its cost is
                  left, and end there; a reserve pays the rest (poznan always does so)
    part_funding  the share of its cost that must be left for that
    missing       majority-judgement: a project that a voter did not grade has the worst
                  grade from them, or that voter is ignored for it
    no_fit        majority-judgement: pass over a project that does not fit, or stop there
    earmark       share of the budget that only projects marked in the election may use
    ties          criteria in order; the last must leave no tie: list-order or lot
    lot_seed      published before the vote; the lot orders ids by SHA-256(seed:id)
    """

    method: str = "greedy"
    threshold: Fraction | None = None
    satisfaction: str = "cost"
    completion: str = "none"
    step: Fraction = Fraction(1)
    stop: str = "overspend"
    start: str = "exact"
    comparison: bool = False
    partial: bool = False
    part_funding: Fraction = Fraction(4, 5)
    missing: str = "worst"
    no_fit: str = "skip"
    earmark: Fraction = Fraction(0)
    ties: tuple[str, ...] = ("list-order",)
    lot_seed: str = ""
    note: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name, allowed in (
            ("method", METHODS),
            ("satisfaction", SATISFACTIONS),
            ("completion", COMPLETIONS),
            ("stop", STOPS),
            ("start", STARTS),
            ("missing", MISSING),
            ("no_fit", NO_FIT),
        ):
            _check_choice(name, getattr(self, name), allowed)
        for name in ("threshold", "step", "part_funding", "earmark"):
            object.__setattr__(self, name, _fraction(getattr(self, name), name))
        object.__setattr__(self, "ties", tuple(self.ties))
        self._check_numbers()
        self._check_ties()

    def _check_numbers(self) -> None:
        if self.step <= 0:
            raise ValueError(f"step {self.step} must be positive")
        if not 0 < self.part_funding <= 1:
            raise ValueError(f"part_funding {self.part_funding} must be above 0 and at most 1")
        if not 0 <= self.earmark < 1:
            raise ValueError(f"earmark {self.earmark} must be at least 0 and below 1")
        if self.partial and self.method == "equal-shares" and self.completion not in FILLING:
            raise ValueError("part funding after equal-shares needs a completion by votes")
        if self.method != "equal-shares" and (self.completion != "none" or self.comparison):
            raise ValueError(f"completion and comparison belong to equal-shares, not {self.method}")

    def _check_ties(self) -> None:
        for name in self.ties:
            _check_choice("tie criterion", name, TIE_CRITERIA)
        if not self.ties or self.ties[-1] not in ("list-order", "lot"):
            raise ValueError("the last tie criterion must be list-order or lot")
        if "lot" in self.ties and not self.lot_seed:
            raise ValueError("a lot needs the seed that was published before the vote")

    @classmethod
    def from_metadata(cls, election: Election) -> Rule:
        """The rule an election declares. ValueError: a rule this engine does not know.

        `rule_parameters` (JSON of `to_dict`), which this platform writes, says all of it.
        """
        if "rule_parameters" in election.meta:
            parameters = json.loads(election.meta["rule_parameters"])
            if not isinstance(parameters, dict):
                raise ValueError("rule_parameters is not a JSON object")
            return cls.from_dict(parameters)
        declared = election.meta.get("rule", "unknown").strip().lower() or "unknown"
        if declared not in DECLARED:
            raise ValueError(f"rule {declared!r} is not known")
        known = dict(DECLARED[declared])
        if declared == "greedy-custom" and _is_poznan(election):
            known = {"method": "poznan"}
        if known["method"].startswith("greedy"):
            known["threshold"] = declared_threshold(election)
            if declared == "greedy-threshold" and known["threshold"] is None:
                raise ValueError("greedy-threshold without min_project_score_threshold")
        return cls(**known)

    def resolved(self, election: Election) -> Rule:
        """The rule with what it takes from the election filled in."""
        if self.method != "greedy-threshold" or self.threshold is not None:
            return self
        threshold = declared_threshold(election)
        if threshold is None:
            raise ValueError("greedy-threshold needs a threshold: the election declares none")
        return replace(self, threshold=threshold)

    @property
    def pays_in_part(self) -> bool:
        return self.partial or self.method == "poznan"

    @property
    def share_needed(self) -> Fraction:
        """The part of its cost that must be left for a project to be funded."""
        return self.part_funding if self.pays_in_part else Fraction(1)

    def to_dict(self) -> dict[str, Any]:
        """All parameters, JSON-serialisable; fractions as "a/b"."""
        data = asdict(self)
        for name in ("threshold", "step", "part_funding", "earmark"):
            data[name] = None if data[name] is None else str(data[name])
        data["ties"] = list(self.ties)
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Rule:
        """Inverse of `to_dict`; missing keys take their defaults, unknown ones are refused."""
        known = {entry.name for entry in fields(cls)}
        unknown = sorted(set(data) - known)
        if unknown:
            raise ValueError(f"a rule has no {unknown[0]!r}")
        values = dict(data)
        if "ties" in values:
            values["ties"] = tuple(values["ties"])
        return cls(**values)

    def __str__(self) -> str:
        """Canonical text: the method and every parameter that matters to it."""
        parts = [self.method]
        if self.threshold is not None:
            parts.append(f"threshold={plain(self.threshold)}")
        if self.method == "majority-judgement":
            parts += [f"missing={self.missing}", f"no_fit={self.no_fit}"]
        if self.pays_in_part:
            parts.append(f"part_funding={plain(self.part_funding)}")
        if self.earmark:
            parts.append(f"earmark={plain(self.earmark)}")
        if self.method == "equal-shares":
            parts += [f"satisfaction={self.satisfaction}", f"completion={self.completion}"]
            if self.completion in ("add1", "add1u"):
                parts += [f"step={plain(self.step)}", f"stop={self.stop}"]
            parts.append(f"start={self.start}")
            if self.comparison:
                parts.append("comparison=yes")
        if self.ties != ("list-order",):
            parts.append("ties=" + ">".join(self.ties))
        if "lot" in self.ties:
            parts.append(f"lot_seed={self.lot_seed}")
        return "; ".join(parts)


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(allowed)}")


def _fraction(value: object, name: str) -> Fraction | None:
    if value is None and name == "threshold":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | Fraction):
        raise TypeError(f"{name} {value!r} must be int, Fraction, Decimal or str")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name} {value!r} is not a number") from None


def declared_threshold(election: Election) -> Fraction | None:
    """`min_project_score_threshold` of the metadata, in votes or points."""
    text = election.meta.get("min_project_score_threshold", "").strip()
    return Fraction(parse_amount(text)) if text else None


def _is_poznan(election: Election) -> bool:
    """Poznań's provision is described in the file's comment and used by nobody else."""
    return election.meta.get("unit", "").strip().lower() in ("poznań", "poznan")


def comparison_rules(election: Election) -> list[Rule]:
    """Other rules worth showing beside the result: what would they have given?"""
    rules = [
        Rule("greedy"),
        Rule("equal-shares", completion="add1u", step=sensible_step(election)),
        Rule("equal-shares", completion="greedy"),
        Rule("phragmen"),
    ]
    try:
        declared = Rule.from_metadata(election)
    except ValueError:
        return rules
    if "rule_parameters" in election.meta:
        # Enough votes and money kept for some are conditions of the vote, whatever the rule.
        enough, kept = declared.threshold, declared.earmark
        rules = [replace(rule, threshold=enough, earmark=kept) for rule in rules]
    return [rule for rule in rules if rule != declared]


def sensible_step(election: Election) -> Fraction:
    """An increment that keeps add1 short whatever the currency: at most 1/1000 of a share.

    One currency unit, or for a large share the largest power of ten below 0.1 % of it.
    """
    if not election.voters:
        return Fraction(1)
    share = Fraction(election.budget, election.scale * election.voters)
    step = 1
    while share >= step * 10_000:
        step *= 10
    return Fraction(step)
