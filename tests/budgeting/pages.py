"""What the tests of budgeting's pages share: addresses, phases, whole elections."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from budgeting.models import Cycle, Election, OpenedBallot
from budgeting.services.elections import advance_election, publish_results
from budgeting.services.voting import cast_ballot
from participation.models import Phase
from tests.budgeting.ballot_box import make_voters
from tests.conftest import pass_deadline

SLUG = "taraz-2027"


def page(name: str, *args: Any, language: str = "en") -> str:
    with override(language):
        return reverse(f"budgeting:{name}", args=args)


def open_phase(cycle: Cycle, kind: str) -> None:
    """The phase goes on now, whatever the others do."""
    now = timezone.now()
    Phase.objects.filter(dossier=cycle.dossier, kind=kind).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=5)
    )


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def body(response: Any) -> str:
    return str(response.content.decode())


def decide(election: Election, bob: User, ballots: list[list[str]]) -> Election:
    """Cast these ballots, close, count and publish."""
    for voter, choices in zip(make_voters(election, len(ballots)), ballots, strict=True):
        cast_ballot(voter=voter, election=election, choices=choices, request="form")
    advance_election(pass_deadline(election))
    publish_results(by=bob, election=election)
    election.refresh_from_db()
    assert OpenedBallot.objects.filter(leaf__election=election).count() == len(ballots)
    return election
