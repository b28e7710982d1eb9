"""An electronic identity as proof: through a real provider on this machine."""

from datetime import date
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from budgeting.models import Cycle, RegisterLine
from budgeting.services.proofs.identity import NoIdentity, prove_by_identity
from budgeting.services.proofs.lines import LineTaken
from participation.models import Residence, Territory
from tests.accounts.test_identity_provider import (
    Provider,
    _go_through,
    provider,  # noqa: F401 - the fixture
)
from tests.budgeting.pages import SLUG, page

pytestmark = pytest.mark.django_db
NUMBER = "880101300123"


@pytest.fixture
def eid(settings: Any, provider: Provider, city: Territory) -> Provider:  # noqa: F811
    """Says number, birthday and place."""
    settings.OIDC_CLAIMS = {"iin": "sub", "born_on": "birthdate", "territory": "kato"}
    Territory.objects.filter(pk=city.pk).update(kato="311010000")
    provider.claims |= {"birthdate": "1988-01-01", "kato": "311010000"}
    return provider


def test_signing_in_shows_who_may_vote(cycle: Cycle, eid: Provider, city: Territory) -> None:
    client = Client()
    _go_through(client, eid)
    answer = client.post(page("proof-identity", SLUG))
    assert answer["Location"] == page("proof-list", SLUG)
    residence = Residence.objects.get(method="oidc")
    assert (residence.born_on, residence.territory) == (date(1988, 1, 1), city)
    assert RegisterLine.objects.get().person == residence.person


def test_the_number_is_nowhere(cycle: Cycle, eid: Provider) -> None:
    for _ in range(2):  # the second time the account is there already
        _go_through(Client(), eid)
        account = SocialAccount.objects.get()
        assert NUMBER not in f"{account.uid} {account.extra_data}"
    assert User.objects.filter(email="aigul@example.org").count() == 1


def test_another_account_with_the_same_number_is_refused(
    cycle: Cycle, eid: Provider, charlie: User
) -> None:
    _go_through(Client(), eid)
    account = SocialAccount.objects.get()
    prove_by_identity(person=account.user, cycle=cycle)
    SocialAccount.objects.create(
        user=charlie, provider="other", uid="x", extra_data=account.extra_data
    )
    with pytest.raises(LineTaken):
        prove_by_identity(person=charlie, cycle=cycle)


@pytest.mark.parametrize("lacking", ["birthdate", "kato"])
def test_an_identity_that_says_too_little(cycle: Cycle, eid: Provider, lacking: str) -> None:
    del eid.claims[lacking]
    _go_through(Client(), eid)
    with pytest.raises(NoIdentity):
        prove_by_identity(person=SocialAccount.objects.get().user, cycle=cycle)


def test_a_place_nobody_knows(cycle: Cycle, eid: Provider) -> None:
    eid.claims["kato"] = "999999999"
    _go_through(Client(), eid)
    with pytest.raises(NoIdentity):
        prove_by_identity(person=SocialAccount.objects.get().user, cycle=cycle)


def test_without_a_named_claim_it_proves_nothing(cycle: Cycle, alice: User) -> None:
    with pytest.raises(NoIdentity):
        prove_by_identity(person=alice, cycle=cycle)
