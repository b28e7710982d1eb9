"""A person's own page: what it shows, changes, hands over; what it costs."""

import json
from datetime import date
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts import person_page
from accounts.models import Affiliation, Helix, Organisation, User
from accounts.services import change_person, export_person, helix_of
from tests.accounts.flows import confirm_it_is_me, give_authenticator_app, sign_in, url

PAGES = ["person-detail", "person-edit", "person-export", "person-erase"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_led_to_sign_in(client: Client, page: str) -> None:
    response = client.get(url(f"accounts:{page}"))
    assert response.status_code == 302
    assert response.url.startswith(url("account_login"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_never_stored(client: Client, alice: User, page: str) -> None:
    sign_in(client, alice.email)
    confirm_it_is_me(client)
    response = client.get(url(f"accounts:{page}"))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_page_shows_the_person_and_their_security(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    body = client.get(url("accounts:person-detail")).content.decode()
    for part in ("Alice", "alice@example.org", "1 browser", url("mfa_index"), ">Off<"):
        assert part in body
    give_authenticator_app(alice)
    body = client.get(url("accounts:person-detail")).content.decode()
    assert "On: a code from your authenticator app" in body


def test_page_costs_the_same_however_much_there_is(
    client: Client, alice: User, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, alice.email)
    for number in range(5):
        Client().post(url("account_login"), {"login": alice.email, "password": f"wrong{number}"})
        sign_in(Client(), alice.email)
    assert UserSession.objects.filter(user=alice).count() > 1
    # The session, the person, second steps, sessions, the record's head on every page (6), and
    # what the other apps show: roles, unread messages, comments, tasks, proposals, votes, and of
    # discovery seats, sheets, rounds, places, records, statements, ideas, pledges (11); of councils
    # those kept, mandates, hearings, talks and what citizens are asked (5); of budgets drafts (1).
    with django_assert_max_num_queries(32):
        client.get(url("accounts:person-detail"))


def test_other_apps_show_their_part(
    client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_page, "_LOADERS", {})
    person_page.register("accounts/person_erased.html", load=lambda person: [person.pk])
    person_page.register("never/rendered.html", load=lambda person: [])
    assert [section.data for section in person_page.sections_for(alice)] == [[alice.pk]]


def test_new_language_is_seen_at_once(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    response = client.post(url("accounts:person-edit"), {"name": " Алия ", "language": "kk"})
    assert response.url == url("accounts:person-detail", "kk")
    assert response.cookies["django_language"].value == "kk"
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Алия", "kk")


def test_unknown_language_is_refused(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    response = client.post(url("accounts:person-edit"), {"name": "A", "language": "xx"})
    assert response.status_code == 200
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Alice", "en")


def test_invalid_name_is_not_shown_as_saved(client: Client, alice: User) -> None:
    sign_in(client, alice.email)
    response = client.post(url("accounts:person-edit"), {"name": "A" * 151, "language": "en"})
    assert response.status_code == 200
    assert User.objects.get(pk=alice.pk).name == "Alice"


def test_everything_known_is_handed_over(client: Client, alice: User) -> None:
    university = Organisation.objects.create(
        name_kk="Университет", name_ru="Университет", helix=Helix.ACADEMIA
    )
    Affiliation.objects.create(
        person=alice, organisation=university, position="Докторант", valid_from=date(2026, 1, 1)
    )
    give_authenticator_app(alice)
    Client().post(url("account_login"))
    client.force_login(alice)
    response = client.get(url("accounts:person-export"))
    assert response["Content-Type"] == "application/json"
    expected = f'attachment; filename="my-data-{timezone.localdate():%Y-%m-%d}.json"'
    assert response["Content-Disposition"] == expected
    known = json.loads(response.content)
    assert known["person"]["email"] == "alice@example.org"
    assert known["affiliations"][0]["position"] == "Докторант"
    assert known["sign_in"]["second_steps"][0]["kind"] == "totp"
    assert known["participation"]["residences"][0]["born_on"] == "1990-05-01"
    assert {"participation", "budgeting"} <= set(known)
    assert "Докторант" in response.content.decode()
    assert alice.password not in response.content.decode()


def test_export_shows_nothing_of_others(alice: User, charlie: User) -> None:
    assert "charlie@example.org" not in json.dumps(export_person(person=alice), default=str)


def test_change_strips_the_name(charlie: User) -> None:
    change_person(person=charlie, name="  Чарли ", language="ru")
    charlie.refresh_from_db()
    assert (charlie.name, charlie.language) == ("Чарли", "ru")


@pytest.mark.parametrize(
    ("on", "helix"),
    [
        (date(2025, 12, 31), Helix.CIVIL_SOCIETY),
        (date(2026, 1, 1), Helix.ACADEMIA),
        (date(2026, 6, 1), Helix.BUSINESS),
        (date(2026, 6, 30), Helix.BUSINESS),
        (date(2026, 7, 1), Helix.ACADEMIA),
    ],
)
def test_helix_is_that_of_the_affiliation_in_force(charlie: User, on: date, helix: Helix) -> None:
    for kind, start, end in (
        (Helix.ACADEMIA, date(2026, 1, 1), None),
        (Helix.BUSINESS, date(2026, 6, 1), date(2026, 6, 30)),
    ):
        organisation = Organisation.objects.create(name_kk=kind, name_ru=kind, helix=kind)
        Affiliation.objects.create(
            person=charlie, organisation=organisation, valid_from=start, valid_to=end
        )
    assert helix_of(charlie, on) == helix
