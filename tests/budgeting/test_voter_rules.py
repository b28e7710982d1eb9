"""Rules of who may vote: read, refused, and said in one sentence."""

from typing import Any

import pytest

from budgeting.voter_rules import VoterRules
from budgeting.voting_rules import VotingRules


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"nationality": "KZ"}, "unknown rules of voters: nationality"),
        ({"proofs": []}, "proofs must be some of"),
        ({"proofs": ["passport"]}, "proofs must be some of"),
        ({"proofs": ["letter"]}, "needs_line"),
        ({"residence_days": -1}, "residence_days"),
    ],
)
def test_contradictions_are_named(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        VoterRules.from_data(data)
    with pytest.raises(ValueError, match=said):
        VotingRules.from_data({"ballot": "approval", "voters": data})


def test_letters_count_only_where_they_are_named() -> None:
    assert not VoterRules().accepts_letters
    assert not VoterRules.from_data({"needs_line": True}).accepts_letters
    assert VoterRules.from_data({"needs_line": True, "proofs": ["letter"]}).accepts_letters


def test_age_is_one_of_a_human_being() -> None:
    with pytest.raises(ValueError, match="min_age"):
        VoterRules.from_data({}, min_age=-1)


def test_one_sentence() -> None:
    rules = VoterRules.from_data({"residence_days": 90}, min_age=18)
    assert rules.sentence("Taraz") == (
        "Everyone who has been registered in Taraz for at least 90 days and is 18 or older on the "
        "last day of the vote may vote, whatever their nationality."
    )
    assert "90" not in VoterRules().sentence("Taraz")
    assert VoterRules.from_data({"proofs": ["desk"]}).ways == ["identity document shown at a desk"]
