"""Counting: the published file of ballots in, an immutable tally with its explanation out."""

import hashlib
from typing import Any

from django.db import transaction

from budgeting.allocation import (
    ENGINE_VERSION,
    Rule,
    comparison_rules,
    count,
    parse_pabulib,
)
from budgeting.models import Award, BallotFile, Election, Tally
from budgeting.pabulib_files import write_election
from budgeting.voting_rules import VotingRules
from participation.services import record


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def write_ballot_file(*, election: Election) -> BallotFile:
    """All opened ballots as one Pabulib document, once; the same document if asked again."""
    Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    existing = BallotFile.objects.filter(election=election).first()
    if existing:
        return existing
    text, number = write_election(election)
    cycle = election.envelope.cycle
    return BallotFile.objects.create(
        election=election,
        name=f"{cycle.slug}-{election.envelope.number}.pb",
        text=text,
        sha256=sha256_of(text),
        number_of_ballots=number,
    )


@transaction.atomic
def count_election(*, election: Election) -> Tally:
    """Count by the frozen rule, store the tally and its awards, and compare with other rules.

    Safe to repeat: a tally exists once for each input, rule and engine version.
    """
    election = Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    existing = election.tallies.filter(is_official=True).first()
    if existing:
        return existing
    parsed = parse_pabulib(election.ballot_file.text, name=election.ballot_file.name)
    rule = official_rule(election)
    result = count(parsed, rule).to_dict()
    # What the file itself says the city decided, for a reader to compare.
    result["announced"] = parsed.selected_by_city()
    tally = _store_tally(election, result, rule, is_official=True)
    for other in comparison_rules(parsed):
        if str(other) != str(rule):
            _store_tally(election, count(parsed, other).to_dict(), other, is_official=False)
    _award(election, tally)
    election.state = Election.State.COUNTED
    election.save(update_fields=["state"])
    record(
        kind="budgeting.counted",
        dossier=election.envelope.cycle.dossier,
        election=election.pk,
        rule=tally.rule,
        engine=tally.engine_version,
        input_sha256=tally.input_sha256,
    )
    return tally


def official_rule(election: Election) -> Rule:
    return Rule.from_dict(dict(VotingRules.from_data(election.rules).count))


def _store_tally(
    election: Election, result: dict[str, Any], rule: Rule, *, is_official: bool
) -> Tally:
    return Tally.objects.create(
        election=election,
        is_official=is_official,
        input_sha256=election.ballot_file.sha256,
        rule=str(rule),
        engine_version=ENGINE_VERSION,
        result=result,
    )


def _award(election: Election, tally: Tally) -> None:
    entries = {entry.project_id: entry for entry in election.shortlist.all()}
    Award.objects.bulk_create(
        [
            Award(
                tally=tally,
                proposal_id=entries[project].proposal_id,
                position=position,
                cost=entries[project].cost,
            )
            for position, project in enumerate(tally.result["winners"], start=1)
        ]
    )
