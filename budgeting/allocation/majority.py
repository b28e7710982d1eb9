"""Majority judgement: projects in the order of their grades, then the money."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from budgeting.allocation.election import Election
from budgeting.allocation.grades import Profile, Standing
from budgeting.allocation.limits import Limits
from budgeting.allocation.result import Amount, Loser, Result, amount, plain_number, total_cost
from budgeting.allocation.rule import Rule
from budgeting.allocation.ties import TieOrder
from budgeting.allocation.walk import Walk, go_down, reason_of, rounds_of, ties_of


def count_majority(election: Election, rule: Rule) -> Result:
    """Grades decide the order, `no_fit` what happens where one does not fit.

    ValueError: the ballots give no grades, that is whole points from 0 up.
    """
    ranking = _Ranking(election, rule)
    walk = go_down(ranking.limits, ranking.order, election.budget, can_stop=rule.no_fit == "stop")
    return Result(
        rule=rule,
        winners=tuple(election.projects[p].id for p in walk.winners),
        cost=amount(total_cost(election, walk.winners), election.scale),
        budget=amount(election.budget, election.scale),
        ties=tuple(ties_of(walk, ranking.ties, ranking.key)),
        rounds=tuple(rounds_of(walk, ranking.numbers)),
        losers=tuple(_losers(ranking, walk)),
        voters=election.voters,
        reserve=(election.projects[walk.winners[-1]].id,) if walk.in_part else (),
        facts={**ranking.limits.facts(walk.winners), "profiles": ranking.told()},
    )


def profiles_of(election: Election, missing: str) -> list[Profile]:
    """How often each project was given each grade; `missing` as in the rule."""
    points, projects = election.ballots.points, election.ballots.projects
    if points is None or election.ballots.points_scale != 1:
        raise ValueError("majority judgement needs ballots with whole grades (vote_type scoring)")
    declared = election.meta.get("max_points", "").strip()
    highest = int(declared) if declared.isdecimal() else int(points.max(initial=1))
    if points.size and (int(points.min()) < 0 or int(points.max()) > highest):
        raise ValueError(f"a grade is not between 0 and {highest}")
    width = highest + 1
    weight = election.ballots.multiplicity[election.ballots.rows()].astype(np.float64)
    places = projects.astype(np.int64) * width + points
    size = len(election.projects) * width
    table = np.bincount(places, weights=weight, minlength=size).astype(np.int64)
    rows = table.reshape(len(election.projects), width)
    if missing == "worst":
        rows[:, 0] += election.voters - rows.sum(axis=1)
    return [Profile(tuple(int(number) for number in row)) for row in rows]


class _Ranking:
    """Projects by their grades, equal ones by the tie rule."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election = election
        self.rule = rule
        self.profiles = profiles_of(election, rule.missing)
        self.limits = Limits(election, rule, [profile.support for profile in self.profiles])
        self.ties = TieOrder(election, rule)
        everyone = range(len(election.projects))
        eligible = [p for p in everyone if self.limits.has_enough_votes(p) and self._was_graded(p)]
        ranked = sorted(self.ties.sorted(eligible), key=self.key, reverse=True)
        self.order = [p for p in ranked if not election.is_withdrawn(p)]

    def _was_graded(self, project: int) -> bool:
        return self.profiles[project].voters > 0

    def key(self, project: int) -> Standing:
        return self.profiles[project].standing

    def numbers(self, project: int) -> dict[str, Amount]:
        profile = self.profiles[project]
        grade = -1 if profile.grade is None else profile.grade
        return {
            "score": profile.support,
            "grade": grade,
            "better": profile.better,
            "worse": profile.worse,
        }

    def told(self) -> dict[str, dict[str, Any]]:
        """For every project its grades; for those in the order also what put the next below."""
        found: dict[str, dict[str, Any]] = {
            project.id: {"counts": list(profile.counts), "grade": profile.grade}
            for project, profile in zip(self.election.projects, self.profiles, strict=True)
        }
        for place, project in enumerate(self.order, start=1):
            found[self.election.projects[project].id]["place"] = place
        for upper, lower in pairwise(self.order):
            first, second = self.profiles[upper], self.profiles[lower]
            told = first.difference(second) if first.grade == second.grade else None
            if told:
                found[self.election.projects[upper].id]["before"] = {
                    "project": self.election.projects[lower].id,
                    "grades": [told.first, told.second],
                    "removed": told.removed,
                }
        return found


def _losers(ranking: _Ranking, walk: Walk) -> list[Loser]:
    """Losers in the order of the grades, those outside it after."""
    election, scale = ranking.election, ranking.election.scale
    place_of = {project: place for place, project in enumerate(walk.order)}
    outside = [p for p in range(len(election.projects)) if p not in place_of]
    found = []
    for project in [*walk.order, *outside]:
        if project in walk.winners:
            continue
        numbers = ranking.numbers(project)
        if election.is_withdrawn(project):
            reason = "withdrawn"
        elif not ranking.profiles[project].voters:
            reason = "no_supporters"
        elif project not in place_of:
            reason = "below_threshold"
            numbers["threshold"] = plain_number(ranking.rule.threshold)
        else:
            reason, told = reason_of(walk, project, place_of[project])
            numbers |= told
        cost = election.projects[project].cost
        at_most = _cost_at_most(walk, project, place_of.get(project), reason)
        entry = election.projects[project].id
        found.append(Loser(entry, amount(cost, scale), reason, numbers, at_most))
    return found


def _cost_at_most(walk: Walk, project: int, place: int | None, reason: str) -> Amount | None:
    """The money left at its turn: grades do not depend on costs."""
    if place is None or reason not in (
        "not_enough_left",
        "over_budget",
        "stopped_here",
        "reserved",
    ):
        return None
    left = Fraction(walk.left[place]) / walk.limits.rule.share_needed // 1
    open_left = walk.limits.open_left(walk.funded_before(place))
    if open_left is not None and project not in walk.limits.election.earmarked:
        left = min(int(left), max(open_left, 0))
    return amount(int(left), walk.limits.election.scale)
