"""What the tests of the ballot box share: many voters, and acts at the same moment."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from accounts.models import User
from budgeting.keys import read_key
from budgeting.models import Election, RollEntry
from budgeting.services.voting import cast_ballot
from tests.conftest import as_restore


def make_voters(election: Election, number: int) -> list[User]:
    """People on the roll of an election; they have no password and no notice is sent to them."""
    start = User.objects.count()
    voters = User.objects.bulk_create(
        [User(email=f"voter{start + n}@example.org", name=f"V{n}") for n in range(number)]
    )
    RollEntry.objects.bulk_create(RollEntry(election=election, voter=v) for v in voters)
    return voters


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment, each on a connection of its own.

    Returns what each returned, or the exception that it raised, in the order of the acts.
    """
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(30)
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, act), daemon=True)
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return results


def errors_in(results: Sequence[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def cast_sealed(
    election: Election, voter: int, choices: list[str], request: str, *, slot: bytes | None = None
) -> str:
    """One cast by the database function alone; `slot` may be a wrong one."""
    key = read_key(election.pk, election.key_fingerprint)
    sealed = key.seal(voter=voter, request=request, choices=choices)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM budgeting_cast_ballot(%s, %s, %s, %s, %s)",
            [election.pk, voter, slot or sealed.slot, sealed.idempotency, sealed.body],
        )
        return str(cursor.fetchone()[0])


def cast_all(election: Election, voters: Sequence[User]) -> dict[int, str]:
    """A ballot of each voter, of a few kinds; the commitment of each by voter."""
    kinds = [["1"], ["2"], ["1", "2"], ["3"], ["4", "1"], ["2", "3"]]
    return {
        voter.pk: cast_ballot(
            voter=voter, election=election, choices=kinds[n % len(kinds)], request="form"
        ).commitment
        for n, voter in enumerate(voters)
    }


def set_close(election: Election, seconds: float) -> Election:
    """Let the vote end so many seconds from now: the dates of a frozen election do not move."""
    with as_restore():
        Election.objects.filter(pk=election.pk).update(
            closes_at=timezone.now() + timedelta(seconds=seconds)
        )
    election.refresh_from_db()
    return election


def fetch_all(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
