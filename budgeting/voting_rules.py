"""What a ballot may hold, as data of a ruleset, and the check of one ballot against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import errors
from budgeting.allocation import Rule
from budgeting.ballots import Choices
from participation.templatetags.kenes import money

APPROVAL = "approval"
K_APPROVAL = "k_approval"
KNAPSACK = "knapsack"
CUMULATIVE = "cumulative"
BALLOT_TYPES = (APPROVAL, K_APPROVAL, KNAPSACK, CUMULATIVE)


@dataclass(frozen=True)
class VotingRules:
    """`points` is for cumulative ballots only; limits count projects; `count` is the counting
    rule as `budgeting.allocation.Rule` writes it."""

    ballot: str
    min_choices: int = 1
    max_choices: int | None = None
    points: int | None = None
    min_age: int = 16
    count: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "VotingRules":
        """Raises ValueError that names what is missing or contradictory."""
        unknown = set(data) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown voting rules: {', '.join(sorted(unknown))}")
        if data.get("ballot") not in BALLOT_TYPES:
            raise ValueError(f"ballot must be one of {', '.join(BALLOT_TYPES)}")
        rules = cls(**data)
        if rules.ballot == K_APPROVAL and not rules.max_choices:
            raise ValueError("k_approval needs max_choices")
        if (rules.ballot == CUMULATIVE) != bool(rules.points):
            raise ValueError("points go with cumulative ballots, and only with them")
        if rules.min_choices < 1 or (rules.max_choices or rules.min_choices) < rules.min_choices:
            raise ValueError("choices need 1 ≤ min_choices ≤ max_choices")
        return rules

    def counting_rule(self) -> Rule:
        """Raises ValueError where the data name no rule that the engine knows."""
        if "method" not in self.count:
            raise ValueError("count must name a method")
        try:
            return Rule.from_dict(dict(self.count))
        except TypeError as error:
            raise ValueError(f"no counting rule: {error}") from error

    def to_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

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
        if self.max_choices:
            return ngettext(
                "Choose %(number)s project.", "Choose up to %(number)s projects.", self.max_choices
            ) % {"number": self.max_choices}
        return _("Choose every project that you support, as many as you like.")

    def checked(self, choices: Choices, *, costs: Mapping[str, int], amount: int) -> Choices:
        """The choices in canonical order. Raises BallotInvalid that says which rule they break."""
        if isinstance(choices, dict) != (self.ballot == CUMULATIVE):
            raise errors.BallotInvalid
        chosen = {p: n for p, n in choices.items() if n} if isinstance(choices, dict) else choices
        if not chosen:
            raise errors.EmptyBallot
        if len(set(chosen)) != len(chosen) or not set(chosen) <= costs.keys():
            raise errors.UnknownProject
        self._check_number(len(chosen))
        if isinstance(chosen, dict):
            self._check_points(chosen)
            return dict(sorted(chosen.items()))
        if self.ballot == KNAPSACK:
            self._check_budget(sum(costs[project] for project in chosen), amount)
        return sorted(chosen)

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

    def _check_points(self, chosen: Mapping[str, int]) -> None:
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
