"""pabutools with exact fractions as an independent second count (test time only)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pabutools.election as pe
import pabutools.fractions
from pabutools import rules
from pabutools.tiebreaking import TieBreakingRule

from budgeting.allocation import Election, Rule

pabutools.fractions.FRACTION = "gmpy2"


class Oracle:
    """The same election in pabutools, ties by list order as in ours."""

    def __init__(self, election: Election) -> None:
        self.ids = [project.id for project in election.projects]
        projects = [pe.Project(p.id, cost=p.cost) for p in election.projects]
        self.instance = pe.Instance(projects, budget_limit=election.budget)
        order = {name: place for place, name in enumerate(self.ids)}
        self.ties = TieBreakingRule(lambda _i, _p, project: order[project.name])
        self.profile: Any = self._profile(election, projects)
        self.is_approval = election.is_approval
        self.voters = election.voters

    def _profile(self, election: Election, projects: Sequence[Any]) -> Any:
        ballots: list[Any] = []
        data = election.ballots
        for number, many in enumerate(data.multiplicity.tolist()):
            span = slice(int(data.starts[number]), int(data.starts[number + 1]))
            listed = [projects[p] for p in data.projects[span].tolist()]
            for _ in range(many):
                if data.points is None:
                    ballots.append(pe.ApprovalBallot(listed))
                else:
                    points = data.points[span].tolist()
                    ballots.append(pe.CumulativeBallot(zip(listed, points, strict=True)))
        kind = pe.ApprovalProfile if election.is_approval else pe.CumulativeProfile
        return kind(ballots, instance=self.instance)

    def satisfaction(self, rule: Rule) -> Any:
        if not self.is_approval:
            return pe.Additive_Cardinal_Sat
        return pe.Cost_Sat if rule.satisfaction == "cost" else pe.Cardinality_Sat

    def winners(self, rule: Rule) -> list[str]:
        """Winners of the corresponding pabutools rule, in its order."""
        return [project.name for project in self._count(rule)]

    def _count(self, rule: Rule) -> Any:
        common: Mapping[str, Any] = {"tie_breaking": self.ties}
        given = (self.instance, self.profile)
        if rule.method == "greedy":
            kind = pe.Cost_Sat if self.is_approval else pe.Additive_Cardinal_Sat
            return rules.greedy_utilitarian_welfare(*given, sat_class=kind, **common)
        if rule.method == "greedy-per-cost":
            kind = pe.Cardinality_Sat if self.is_approval else pe.Additive_Cardinal_Sat
            return rules.greedy_utilitarian_welfare(*given, sat_class=kind, **common)
        if rule.method == "phragmen":
            return rules.sequential_phragmen(*given, **common)
        satisfaction = self.satisfaction(rule)
        if rule.completion == "none":
            return rules.method_of_equal_shares(*given, sat_class=satisfaction, **common)
        assert rule.completion == "add1"
        return rules.exhaustion_by_budget_increase(
            *given,
            rules.method_of_equal_shares,
            {"sat_class": satisfaction, **common},
            exhaustive_stop=rule.stop == "exhausted",
            budget_step=int(rule.step * self.voters),
            # Its own bound may fall short of the share that pays for everything.
            budget_bound=self.voters * (self.instance.budget_limit + 2 * int(rule.step)),
        )
