"""Our elections as Pabulib documents: the published file that anyone can count again."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from budgeting.allocation import Election as CountedElection
from budgeting.allocation import Rule, write_pabulib
from budgeting.allocation.election import VoteTable
from budgeting.ballots import Choices
from budgeting.models import Election, OpenedBallot, ShortlistEntry
from budgeting.voting_rules import BEST_GRADE, CUMULATIVE, GRADED, RANKED, VotingRules

# The names that Pabulib has for rules; others are told by `rule_parameters` alone.
_PABULIB_RULES = {
    ("greedy", "none"): "greedy",
    ("greedy-no-skip", "none"): "greedy-no-skip",
    ("equal-shares", "none"): "equalshares",
    ("equal-shares", "add1"): "equalshares/add1",
}


_VOTE_TYPES = {CUMULATIVE: "cumulative", GRADED: "scoring", RANKED: "ordinal"}


def write_election(election: Election) -> tuple[str, int]:
    """The Pabulib text of a closed election and its number of ballots.

    One row a ballot, in the order of commitments; `voter_id` is the ballot's commitment, so a
    voter finds their own line by the receipt, and no one else can.
    """
    opened = list(
        OpenedBallot.objects.filter(leaf__election=election)
        .order_by("leaf__commitment")
        .values_list("leaf__commitment", "choices")
    )
    entries = election.shortlist.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    return write_ballots(election, list(entries), opened), len(opened)


def write_ballots(
    election: Election, entries: Sequence[ShortlistEntry], ballots: Sequence[tuple[str, Choices]]
) -> str:
    """These ballots on these projects, each with the name of its row, as a Pabulib text."""
    rules = VotingRules.from_data(election.rules)
    counted = CountedElection.build(
        name=str(election.envelope.cycle.slug),
        budget=election.envelope.amount,
        projects=_projects(entries),
        ballots=[choices for _, choices in ballots],
        ballot_type=_VOTE_TYPES.get(rules.ballot, "approval"),
        metadata=_metadata(election, entries, rules, len(ballots)),
    )
    table = VoteTable(*_votes(ballots, has_points=rules.ballot in (CUMULATIVE, GRADED)))
    return write_pabulib(replace(counted, vote_table=table))


def _projects(entries: Sequence[ShortlistEntry]) -> list[dict[str, Any]]:
    with translation.override(settings.LANGUAGE_CODE):
        return [
            {
                "id": entry.project_id,
                "cost": entry.cost,
                "name": " ".join(entry.proposal.dossier.title.split()),
            }
            for entry in entries
        ]


def _metadata(
    election: Election, entries: Sequence[ShortlistEntry], rules: VotingRules, number: int
) -> dict[str, str]:
    cycle = election.envelope.cycle
    conditions = _conditions(election, entries)
    rule = Rule.from_dict(dict(rules.count))
    with translation.override("en"):
        rows = {
            "description": cycle.dossier.title,
            "country": "Kazakhstan",
            "unit": str(election.envelope.territory),
            "instance": str(cycle.year),
            "num_projects": str(len(entries)),
            "num_votes": str(number),
            "budget": str(election.envelope.amount),
            "vote_type": _VOTE_TYPES.get(rules.ballot, "approval"),
            "rule": _rule_name(rule, has_conflicts="conflict_sets" in conditions),
            "rule_parameters": json.dumps(rule.to_dict(), sort_keys=True),
            "date_begin": f"{timezone.localdate(election.opens_at):%d.%m.%Y}",
            "date_end": f"{timezone.localdate(election.closes_at):%d.%m.%Y}",
            "min_length": str(rules.min_choices),
            "currency": cycle.currency,
        }
    if rules.max_choices:
        rows["max_length"] = str(rules.max_choices)
    if rules.points:
        rows["max_sum_points"] = str(rules.points)
    if rules.ballot == GRADED:
        rows |= {"min_points": "0", "max_points": str(BEST_GRADE)}
    if rules.position_points:
        rows["position_points"] = ",".join(map(str, rules.position_points))
    return rows | conditions


def _rule_name(rule: Rule, *, has_conflicts: bool) -> str:
    """Pabulib's name of the rule where it says all of it."""
    if rule.threshold is not None or rule.earmark or rule.partial:
        return "unknown"
    name = _PABULIB_RULES.get((rule.method, rule.completion), "unknown")
    if has_conflicts:
        return "greedy-exclusive" if name == "greedy" else "unknown"
    return name


def _conditions(election: Election, entries: Sequence[ShortlistEntry]) -> dict[str, str]:
    """Conflict sets and marks, which Pabulib has no field for (docs/counting.md)."""
    on_ballot = {entry.proposal_id: entry.project_id for entry in entries}
    sets: dict[int, list[str]] = {}
    for entry in election.envelope.conflict_entries.all():
        if entry.proposal_id in on_ballot:
            sets.setdefault(entry.number, []).append(on_ballot[entry.proposal_id])
    marked = [
        on_ballot[entry.proposal_id]
        for entry in election.envelope.earmarked_projects.all()
        if entry.proposal_id in on_ballot
    ]
    rows = {"conflict_sets": [group for group in sets.values() if len(group) > 1]}
    found = {"earmarked": marked, **rows}
    return {key: json.dumps(value) for key, value in found.items() if value}


def _votes(
    opened: Iterable[tuple[str, Choices]], *, has_points: bool
) -> tuple[tuple[str, ...], str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    for commitment, choices in opened:
        row = [commitment, ",".join(choices)]
        if isinstance(choices, dict):
            row.append(",".join(str(points) for points in choices.values()))
        writer.writerow(row)
    columns = ("voter_id", "vote", "points") if has_points else ("voter_id", "vote")
    return columns, out.getvalue()
