"""Our elections as Pabulib documents: the published file that anyone can count again."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from budgeting.allocation import Election as CountedElection
from budgeting.allocation import Rule, write_pabulib
from budgeting.allocation.election import VoteTable
from budgeting.ballots import Choices
from budgeting.models import Election, OpenedBallot
from budgeting.voting_rules import CUMULATIVE, VotingRules

# The names that Pabulib has for rules; others are told by `rule_parameters` alone.
_PABULIB_RULES = {
    ("greedy", "none"): "greedy",
    ("greedy-no-skip", "none"): "greedy-no-skip",
    ("equal-shares", "none"): "equalshares",
    ("equal-shares", "add1"): "equalshares/add1",
}


def write_election(election: Election) -> tuple[str, int]:
    """The Pabulib text of a closed election and its number of ballots.

    One row a ballot, in the order of commitments; `voter_id` is the ballot's commitment, so a
    voter finds their own line by the receipt, and no one else can.
    """
    rules = VotingRules.from_data(election.rules)
    opened = list(
        OpenedBallot.objects.filter(leaf__election=election)
        .order_by("leaf__commitment")
        .values_list("leaf__commitment", "choices")
    )
    is_cumulative = rules.ballot == CUMULATIVE
    counted = CountedElection.build(
        name=str(election.envelope.cycle.slug),
        budget=election.envelope.amount,
        projects=_projects(election),
        ballots=[choices for _, choices in opened],
        ballot_type="cumulative" if is_cumulative else "approval",
        metadata=_metadata(election, rules, len(opened)),
    )
    table = VoteTable(*_votes(opened, is_cumulative=is_cumulative))
    return write_pabulib(replace(counted, vote_table=table)), len(opened)


def _projects(election: Election) -> list[dict[str, Any]]:
    entries = election.shortlist.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    with translation.override(settings.LANGUAGE_CODE):
        return [
            {
                "id": entry.project_id,
                "cost": entry.cost,
                "name": " ".join(entry.proposal.dossier.title.split()),
            }
            for entry in entries
        ]


def _metadata(election: Election, rules: VotingRules, number: int) -> dict[str, str]:
    cycle = election.envelope.cycle
    rule = Rule.from_dict(dict(rules.count))
    with translation.override("en"):
        rows = {
            "description": cycle.dossier.title,
            "country": "Kazakhstan",
            "unit": str(election.envelope.territory),
            "instance": str(cycle.year),
            "num_projects": str(election.shortlist.count()),
            "num_votes": str(number),
            "budget": str(election.envelope.amount),
            "vote_type": "cumulative" if rules.ballot == CUMULATIVE else "approval",
            "rule": _PABULIB_RULES.get((rule.method, rule.completion), "unknown"),
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
    return rows


def _votes(
    opened: Iterable[tuple[str, Choices]], *, is_cumulative: bool
) -> tuple[tuple[str, ...], str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    for commitment, choices in opened:
        row = [commitment, ",".join(choices)]
        if isinstance(choices, dict):
            row.append(",".join(str(points) for points in choices.values()))
        writer.writerow(row)
    columns = ("voter_id", "vote", "points") if is_cumulative else ("voter_id", "vote")
    return columns, out.getvalue()
