"""Erasing oneself: a tombstone stays, everybody else's record too."""

import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import personal_data
from accounts.models import Affiliation, Helix, Organisation, User
from accounts.services import erase_person
from participation.models import JournalEntry, Residence, Role
from tests.accounts.flows import (
    PASSWORD,
    confirm_it_is_me,
    give_authenticator_app,
    is_signed_in,
    last_code,
    sign_in,
    sign_up,
    url,
)


def _erase(client: Client, typed: str) -> Any:
    return client.post(url("accounts:person-erase"), {"email": typed})


def test_leaves_a_tombstone_and_signs_out_everywhere(alice: User) -> None:
    here, there = Client(), Client()
    sign_in(here, alice.email)
    sign_in(there, alice.email)
    confirm_it_is_me(here)
    give_authenticator_app(alice)
    SocialAccount.objects.create(user=alice, provider="oidc", uid="880101")

    response = _erase(here, "Alice@example.org")

    assert response.url == url("accounts:person-erased")
    assert here.get(response.url).status_code == 200
    tombstone = User.objects.get(pk=alice.pk)
    assert tombstone.email == f"erased-{alice.pk}@erased.invalid"
    assert (tombstone.name, tombstone.is_active) == ("", False)
    assert not tombstone.has_usable_password()
    assert tombstone.is_erased
    assert tombstone.last_login is None
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not model.objects.filter(user=alice).exists()
    assert not Session.objects.filter(session_data__contains=str(alice.pk)).exists()
    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_erased_person_cannot_sign_in(alice: User) -> None:
    erase_person(person=alice)
    for email in ("alice@example.org", User.objects.get(pk=alice.pk).email):
        assert sign_in(Client(), email).status_code == 200
        Client().post(url("account_request_login_code"), {"email": email})
        Client().post(url("account_reset_password"), {"email": email})
    assert mail.outbox == []


def test_session_we_do_not_know_ends_too(client: Client, alice: User) -> None:
    client.force_login(alice)
    UserSession.objects.all().delete()
    erase_person(person=alice)
    assert not is_signed_in(client)


@pytest.mark.parametrize("typed", ["", "bob@example.org", "yes"])
def test_nobody_erases_themselves_by_a_slip(client: Client, alice: User, typed: str) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    assert _erase(client, typed).status_code == 200
    assert not User.objects.get(pk=alice.pk).is_erased


def test_asks_again_who_it_is_after_a_while(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    session = client.session
    methods = session[AUTHENTICATION_METHODS_SESSION_KEY]
    for method in methods:
        method["at"] = time.time() - 3600
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session.save()

    response = client.get(url("accounts:person-erase"))
    assert response.url.startswith(url("account_reauthenticate"))
    assert _erase(client, alice.email).url.startswith(url("account_reauthenticate"))
    assert not User.objects.get(pk=alice.pk).is_erased

    response = client.post(
        url("account_reauthenticate"),
        {"password": PASSWORD, "next": url("accounts:person-erase")},
    )
    assert User.objects.get(pk=alice.pk).is_erased


def test_own_data_goes_and_the_record_stays(alice: User, bob: User, cycle: Any) -> None:
    """Bob organised a cycle and confirmed where Alice lives; both outlive him."""
    organisation = Organisation.objects.create(name_kk="Ә", name_ru="А", helix=Helix.GOVERNMENT)
    Affiliation.objects.create(person=bob, organisation=organisation, valid_from="2026-01-01")
    residence = Residence.objects.get(person=alice)
    entries = JournalEntry.objects.count()
    people = User.objects.count()

    erase_person(person=bob)

    assert JournalEntry.objects.count() >= entries > 0
    assert User.objects.count() == people
    assert Residence.objects.filter(pk=residence.pk).exists()
    assert not Affiliation.objects.filter(person=bob).exists()
    assert not Role.objects.in_force().filter(person=bob).exists()
    assert Role.objects.filter(person=bob).exists()
    cycle.refresh_from_db()


def test_erasing_twice_changes_nothing(alice: User) -> None:
    erase_person(person=alice)
    erased_at = User.objects.get(pk=alice.pk).erased_at
    erase_person(person=alice)
    assert User.objects.get(pk=alice.pk).erased_at == erased_at


def test_all_or_nothing(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(person: User) -> None:
        raise RuntimeError

    monkeypatch.setitem(personal_data._ERASERS, "zzz", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_person(person=alice)
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"
    assert EmailAddress.objects.filter(user=alice).exists()
    assert Residence.objects.filter(person=alice).exists()


def test_address_is_free_again(client: Client, alice: User) -> None:
    erase_person(person=alice)
    page = sign_up(client, "alice@example.org").url
    client.post(page, {"code": last_code()})
    assert is_signed_in(client)
    again = User.objects.get(email="alice@example.org")
    assert again.pk != alice.pk
    assert not Role.objects.filter(person=again).exists()
    assert not Residence.objects.filter(person=again).exists()


def test_others_see_an_erased_person(alice: User) -> None:
    erase_person(person=alice)
    assert User.objects.get(pk=alice.pk).display_name in {
        "Erased person",
        "Деректері жойылған адам",
    }


def test_database_refuses_a_tombstone_that_may_sign_in(alice: User) -> None:
    erase_person(person=alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=alice.pk).update(is_active=True)
