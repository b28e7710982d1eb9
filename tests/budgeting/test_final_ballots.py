"""A ballot that is final stays: the function, the table and two machines at once."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import Ballot, Election, RollEntry
from budgeting.services.elections import freeze_election
from budgeting.services.voting import cast_ballot
from tests.budgeting.ballot_box import at_once, cast_sealed, errors_in, make_voters
from tests.conftest import RULES

RULE = {**RULES, "ballot": "k_approval", "max_choices": 1, "revocable": False}


@pytest.fixture
def final(make_cycle: Any, alice: User, bob: User) -> Election:
    cycle = make_cycle(rules=RULE)
    return freeze_election(by=bob, election=cycle.envelopes.get().election)


@pytest.mark.django_db
def test_the_function_refuses_a_second_version_and_repeats_the_first(final: Election) -> None:
    (voter,) = make_voters(final, 1)
    first = cast_ballot(voter=voter, election=final, choices=["1"], request="a")
    assert cast_ballot(voter=voter, election=final, choices=["1"], request="a") == first
    with pytest.raises(errors.BallotFinal):
        cast_ballot(voter=voter, election=final, choices=["2"], request="b")
    assert cast_sealed(final, voter.pk, ["3"], "c") == "final"
    assert RollEntry.objects.get(election=final, voter=voter).casts == 1


@pytest.mark.django_db
def test_the_table_refuses_it_by_raw_sql(final: Election) -> None:
    (voter,) = make_voters(final, 1)
    cast_ballot(voter=voter, election=final, choices=["1"], request="a")
    columns = "election_id, slot, version, epoch, idempotency, body"
    with (
        pytest.raises(DatabaseError, match="final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO budgeting_ballot ({columns})"
            " SELECT election_id, slot, 2, epoch, 'x'::bytea, body FROM budgeting_ballot"
        )


@pytest.mark.django_db(transaction=True)
def test_from_two_machines_at_once_one_ballot_is_final(final: Election) -> None:
    for voter in make_voters(final, 5):
        results = at_once(
            *(
                lambda choice=choice, voter=voter: cast_ballot(
                    voter=voter, election=final, choices=[choice], request=choice
                )
                for choice in ("1", "2")
            )
        )
        (refused,) = errors_in(results)
        assert isinstance(refused, errors.BallotFinal)
    assert Ballot.objects.filter(election=final).count() == 5
