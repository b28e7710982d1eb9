"""Our own elections as Pabulib documents: the published file says all that the count needs."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from budgeting.allocation import Election, Rule, parse_pabulib, write_pabulib
from budgeting.models import RollEntry
from budgeting.services.elections import advance_election
from budgeting.services.voting import cast_ballot
from tests.conftest import make_person, pass_deadline

RULE = Rule("equal-shares", completion="add1u", step="1000", ties=("votes", "list-order"))


def _election(parameters: str) -> Election:
    return Election.build(
        budget=10,
        projects=[("a", 3), ("b", 4)],
        ballots=[["a"], ["b"]],
        metadata={"rule": "unknown", "rule_parameters": parameters},
    )


def test_the_rule_is_read_back_with_all_its_parameters() -> None:
    written = write_pabulib(_election(json.dumps(RULE.to_dict())))
    assert Rule.from_metadata(parse_pabulib(written)) == RULE


@pytest.mark.parametrize("parameters", ["{", "[]", "5", '{"method": "none"}', '{"x": 1}'])
def test_unreadable_parameters_are_refused(parameters: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Rule.from_metadata(_election(parameters))


@pytest.mark.parametrize(
    ("rules", "choices"),
    [
        ({"ballot": "approval"}, ["1", "3"]),
        ({"ballot": "k_approval", "max_choices": 2}, ["2", "4"]),
        ({"ballot": "cumulative", "points": 10}, {"1": 7, "4": 3}),
    ],
)
def test_the_command_counts_our_file_as_the_platform_did(
    make_cycle, bob, alice, rules, choices, tmp_path: Path, capsys
) -> None:
    from budgeting.services.elections import freeze_election

    cycle = make_cycle(rules={**rules, "count": RULE.to_dict()})
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    other = make_person("other@example.org", "Other")
    RollEntry.objects.create(election=election, voter=other)
    cast_ballot(voter=alice, election=election, choices=choices, request="a")
    cast_ballot(voter=other, election=election, choices=choices, request="b")
    advance_election(pass_deadline(election))

    election.refresh_from_db()
    path = tmp_path / election.ballot_file.name
    path.write_text(election.ballot_file.text)
    call_command("tally", str(path), "--json")
    counted = json.loads(capsys.readouterr().out)
    tally = election.tallies.get(is_official=True)
    assert counted["winners"] == tally.result["winners"]
    assert counted["rule"] == tally.rule
