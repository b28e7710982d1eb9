"""What a ballot may hold, as data of a ruleset, and the check of one ballot against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import errors
from budgeting.allocation import Rule
from budgeting.ballots import Choices
from budgeting.proposal_rules import KEY as PROPOSALS
from budgeting.voter_rules import VoterRules
from participation.templatetags.kenes import money

APPROVAL = "approval"
K_APPROVAL = "k_approval"
KNAPSACK = "knapsack"
CUMULATIVE = "cumulative"
GRADED = "graded"
RANKED = "ranked"
BALLOT_TYPES = (APPROVAL, K_APPROVAL, KNAPSACK, CUMULATIVE, GRADED, RANKED)

BEST_GRADE = 3
"""Grades run from 0, the worst, to this."""

HOME, ALL, ONE_FREE = "home", "all", "home_and_one_free"
SCOPES = (HOME, ALL, ONE_FREE)


@dataclass(frozen=True)
class VotingRules:
    """`points` is for cumulative ballots only; limits count projects; `count` is the counting
    rule as `budgeting.allocation.Rule` writes it.

    `position_points`: what each place of a ranked ballot counts, first to last; without it
    max_choices, one less, … 1. `revocable`: whether a cast ballot may be replaced.
    `envelopes`: a person votes on the envelopes of their `home`, on `all` of the cycle, or on
    those of their home and one more that they choose.
    """

    ballot: str
    min_choices: int = 1
    max_choices: int | None = None
    points: int | None = None
    min_age: int = 16
    position_points: Sequence[int] | None = None
    revocable: bool = True
    envelopes: str = HOME
    count: Mapping[str, Any] = field(default_factory=dict)
    voters: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "VotingRules":
        """Raises ValueError that names what is missing or contradictory."""
        # Rules of proposals stand in the same ruleset (budgeting.proposal_rules).
        data = {name: value for name, value in data.items() if name != PROPOSALS}
        unknown = set(data) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown voting rules: {', '.join(sorted(unknown))}")
        if data.get("ballot") not in BALLOT_TYPES:
            raise ValueError(f"ballot must be one of {', '.join(BALLOT_TYPES)}")
        rules = cls(**data)
        if rules.ballot in (K_APPROVAL, RANKED) and not rules.max_choices:
            raise ValueError(f"{rules.ballot} needs max_choices")
        if (rules.ballot == CUMULATIVE) != bool(rules.points):
            raise ValueError("points go with cumulative ballots, and only with them")
        if rules.min_choices < 1 or (rules.max_choices or rules.min_choices) < rules.min_choices:
            raise ValueError("choices need 1 ≤ min_choices ≤ max_choices")
        if rules.envelopes not in SCOPES:
            raise ValueError(f"envelopes must be one of {', '.join(SCOPES)}")
        rules._check_positions()
        VoterRules.from_data(rules.voters, min_age=rules.min_age)
        return rules

    @property
    def voter_rules(self) -> VoterRules:
        """Who may vote. Raises ValueError that names what is wrong."""
        return VoterRules.from_data(self.voters, min_age=self.min_age)

    def _check_positions(self) -> None:
        points = self.position_points
        if points is None:
            return
        if self.ballot != RANKED or len(points) != self.max_choices:
            raise ValueError("position_points give one number for each place of a ranked ballot")
        if any(type(number) is not int or number < 0 for number in points):
            raise ValueError("position_points are whole numbers from 0 up")
        if sorted(points, reverse=True) != list(points):
            raise ValueError("position_points do not rise from a better place to a worse one")

    def counting_rule(self) -> Rule:
        """Raises ValueError where the data name no rule that the engine knows for these ballots."""
        if "method" not in self.count:
            raise ValueError("count must name a method")
        try:
            rule = Rule.from_dict(dict(self.count))
        except TypeError as error:
            raise ValueError(f"no counting rule: {error}") from error
        if rule.method == "majority-judgement" and self.ballot != GRADED:
            raise ValueError("majority-judgement counts graded ballots")
        return rule

    def to_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def places(self) -> range:
        """The places of a ranked ballot."""
        return range(1, (self.max_choices or 0) + 1)

    @property
    def grades_count_all(self) -> bool:
        """Whether a project without a grade has the worst one."""
        return bool(self.count.get("missing", "worst") == "worst")

    @property
    def limit_text(self) -> str:
        """The rule in one sentence, for the voter."""
        if self.ballot == KNAPSACK:
            return _("Choose any projects that together fit into the budget.")
        if self.ballot == CUMULATIVE:
            return ngettext(
                "You have %(points)s point to give.",
                "You have %(points)s points; give each project as many as you like.",
                self.points or 0,
            ) % {"points": self.points}
        if self.ballot == GRADED:
            return self._graded_text()
        if self.ballot == RANKED:
            return ngettext(
                "Name the %(number)s project that you want most.",
                "Put up to %(number)s projects in order, the best first.",
                self.max_choices or 0,
            ) % {"number": self.max_choices}
        if self.max_choices:
            return ngettext(
                "Choose %(number)s project.", "Choose up to %(number)s projects.", self.max_choices
            ) % {"number": self.max_choices}
        return _("Choose every project that you support, as many as you like.")

    def _graded_text(self) -> str:
        if self.grades_count_all:
            return _(
                "Give projects one of four grades; one without a grade counts as “not convinced”."
            )
        return _("Give projects one of four grades; your ballot says nothing of those left out.")

    def fullest(self, projects: Iterable[str]) -> Choices:
        """A ballot as long as any can be, where all sealed ones are to be of its length.

        Grades are given to many projects, and how many one graded would show in the length.
        """
        return dict.fromkeys(projects, BEST_GRADE) if self.ballot == GRADED else []

    def checked(self, choices: Choices, *, costs: Mapping[str, int], amount: int) -> Choices:
        """The choices in canonical order. Raises BallotInvalid that says which rule they break.

        A ranked ballot comes as places by project, as the booth asks for them, or in order.
        """
        if self.ballot == RANKED and isinstance(choices, dict):
            choices = _in_order(choices)
        if isinstance(choices, dict) != (self.ballot in (CUMULATIVE, GRADED)):
            raise errors.BallotInvalid
        chosen = self._given(choices)
        if not chosen:
            raise errors.EmptyBallot
        if len(set(chosen)) != len(chosen) or not set(chosen) <= costs.keys():
            raise errors.UnknownProject
        self._check_number(len(chosen))
        if isinstance(chosen, dict):
            self._check_values(chosen)
            return dict(sorted(chosen.items()))
        if self.ballot == KNAPSACK:
            self._check_budget(sum(costs[project] for project in chosen), amount)
        return chosen if self.ballot == RANKED else sorted(chosen)

    def _given(self, choices: Choices) -> Choices:
        """Without the projects that got no point; the worst grade is a grade."""
        if isinstance(choices, dict) and self.ballot == CUMULATIVE:
            return {project: points for project, points in choices.items() if points}
        return choices

    def _check_number(self, number: int) -> None:
        if number < self.min_choices:
            raise errors.TooFewChoices(
                ngettext(
                    "Choose at least %(number)s project.",
                    "Choose at least %(number)s projects.",
                    self.min_choices,
                )
                % {"number": self.min_choices}
            )
        if self.max_choices and number > self.max_choices:
            raise errors.TooManyChoices(
                ngettext(
                    "Choose at most %(number)s project; you have chosen %(chosen)s.",
                    "Choose at most %(number)s projects; you have chosen %(chosen)s.",
                    self.max_choices,
                )
                % {"number": self.max_choices, "chosen": number}
            )

    def _check_values(self, chosen: Mapping[str, int]) -> None:
        if self.ballot == GRADED:
            if any(not 0 <= grade <= BEST_GRADE for grade in chosen.values()):
                raise errors.UnknownGrade
            return
        given = sum(chosen.values())
        if any(points < 0 for points in chosen.values()):
            raise errors.BallotInvalid
        if given > (self.points or 0):
            raise errors.PointsExceeded(
                ngettext(
                    "You have %(points)s point and have given %(given)s.",
                    "You have %(points)s points and have given %(given)s.",
                    self.points or 0,
                )
                % {"points": self.points, "given": given}
            )

    def _check_budget(self, total: int, amount: int) -> None:
        if total > amount:
            raise errors.BudgetExceeded(
                _("Your projects cost %(excess)s more than the budget.")
                % {"excess": money(total - amount)},
                way_out=_("Remove a project, then try again."),
            )


def _in_order(places: Mapping[str, int]) -> list[str]:
    """Projects by their places, which are 1, 2, … each once."""
    given = sorted(places.values())
    for earlier, later in pairwise(given):
        if earlier == later:
            raise errors.PlaceTwice(
                _("You have given place %(place)s to two projects.") % {"place": later},
                way_out=_("Give each project a place of its own."),
            )
    if given != list(range(1, len(given) + 1)):
        raise errors.PlaceMissing
    return sorted(places, key=places.__getitem__)
