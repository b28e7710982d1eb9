"""Messages, what one gets and how often, and the button: as people see them, without scripts."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Helix, Organisation, User
from participation import following_page
from participation.event_kinds import CATEGORIES
from participation.models import Delivery, Follow, Preference, Reach
from participation.services import follow, notify
from participation.services.preferences import paces_of
from participation.unsubscription import EVERYTHING, Stop, read_token, token_for
from tests.conftest import make_person
from tests.participation.telling import make_kind


def url(name: str, *args: Any) -> str:
    return reverse(f"participation:{name}", args=args)


@pytest.fixture(autouse=True)
def _kind(monkeypatch) -> None:
    make_kind(monkeypatch)


@pytest.fixture
def browser(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def tell(cycle, *people: User, times: int = 1) -> None:
    for _ in range(times):
        notify(kind="ballot_cast", recipients=people, dossier=cycle.dossier)


# --- Inbox --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_messages_are_in_the_language_of_the_page_and_lead_on(browser, cycle, alice, bob) -> None:
    tell(cycle, alice)
    tell(cycle, bob)
    body = browser.get(url("inbox")).content.decode()
    assert body.count("A ballot was cast in your name: Taraz budget 2027") == 1
    russian = browser.get(url("inbox").replace("/en/", "/ru/")).content.decode()
    assert "От вашего имени подан бюллетень" in russian
    message = Delivery.objects.inbox().get(recipient=alice)
    response = browser.get(url("message-open", message.pk))
    assert response.url == cycle.get_absolute_url()
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.django_db
def test_nobody_opens_the_message_of_another(browser, cycle, bob) -> None:
    tell(cycle, bob)
    message = Delivery.objects.inbox().get()
    assert browser.get(url("message-open", message.pk)).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


@pytest.mark.django_db
def test_the_header_counts_what_is_unread(browser, cycle, alice) -> None:
    tell(cycle, alice, times=3)
    assert '<b class="num">3' in browser.get("/en/").content.decode()
    browser.get(url("message-open", Delivery.objects.inbox().first().pk))
    assert '<b class="num">2' in browser.get("/en/").content.decode()
    browser.post(url("inbox-read"))
    assert '<b class="num">' not in browser.get("/en/").content.decode()


@pytest.mark.django_db
def test_the_count_costs_one_query_and_a_stranger_nothing(alice, django_assert_num_queries) -> None:
    template = Template("{% load following %}{% inbox_count as n %}{{ n }}")
    with django_assert_num_queries(1):
        assert template.render(Context({"user": alice})) == "0"
    with django_assert_num_queries(0):
        assert template.render(Context({"user": AnonymousUser()})) == "0"


@pytest.mark.django_db
def test_a_full_inbox_costs_no_more_than_a_short_one(browser, cycle, alice) -> None:
    tell(cycle, alice)
    costs = []
    for _ in range(2):
        browser.get(url("inbox"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(url("inbox"))
        costs.append(len(captured))
        tell(cycle, alice, times=30)
    assert costs[0] == costs[1] <= 12


@pytest.mark.django_db
def test_an_empty_inbox_says_what_will_be_here(browser) -> None:
    assert "No messages yet" in browser.get(url("inbox")).content.decode()


# --- Preferences --------------------------------------------------------------------------------


def form_data(person: User, **changes: str) -> dict[str, str]:
    data = {
        f"{category}-{channel}": pace
        for (category, channel), pace in paces_of(person).items()
        if channel in ("email", "site")
    }
    return data | {"time_zone": "Asia/Almaty"} | changes


@pytest.mark.django_db
def test_daily_by_default_and_a_choice_is_kept(browser, alice) -> None:
    assert paces_of(alice)["followed", "email"] == "daily"
    data = form_data(alice, **{"followed-email": "weekly", "time_zone": "Europe/London"})
    assert browser.post(url("preference-edit"), data).status_code == 302
    assert paces_of(alice)["followed", "email"] == "weekly"
    assert Reach.objects.get(person=alice).time_zone == "Europe/London"
    body = browser.get(url("preference-edit")).content.decode()
    assert '<option value="weekly" selected>' in body


@pytest.mark.django_db
def test_a_choice_that_does_not_exist_is_refused_beside_its_field(browser, alice) -> None:
    data = form_data(alice, **{"followed-email": "hourly"})
    response = browser.post(url("preference-edit"), data)
    assert response.status_code == 422
    assert "govuk-error-message" in response.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.django_db
def test_what_was_to_be_sent_and_is_not_wanted_is_not_sent(browser, alice, cycle) -> None:
    tell(cycle, alice)
    browser.post(url("preference-edit"), form_data(alice, **{"followed-email": "never"}))
    assert Delivery.objects.get(channel="email").state == Delivery.State.DROPPED
    assert Delivery.objects.inbox().count() == 1


@pytest.mark.django_db
def test_one_button_stops_all_but_legal_notices(browser, alice, cycle, monkeypatch) -> None:
    browser.post(url("message-stop"))
    assert {pace for (_, channel), pace in paces_of(alice).items() if channel != "site"} == {
        "never"
    }
    make_kind(monkeypatch, is_legal=True)
    tell(cycle, alice)
    assert Delivery.objects.get(channel="email").state == Delivery.State.WAITING


# --- Unsubscribing without signing in -----------------------------------------------------------


@pytest.mark.django_db
def test_a_click_in_a_mail_program_stops_one_kind_of_letter(alice) -> None:
    """RFC 8058: a POST without cookies, without a token against forgery, without signing in."""
    strict = Client(enforce_csrf_checks=True)
    address = url("message-unsubscribe", token_for(Stop(alice.pk, "followed")))
    page = strict.get(address)
    assert page.status_code == 200
    assert "followed" not in Preference.objects.values_list("category", flat=True)
    response = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert paces_of(alice)["followed", "email"] == "never"
    assert paces_of(alice)["own", "email"] == "daily"
    assert strict.post(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("category", "data"), [("own", {"everything": "1"}), (EVERYTHING, {})])
def test_a_click_stops_everything(client, alice, category, data) -> None:
    client.post(url("message-unsubscribe", token_for(Stop(alice.pk, category))), data)
    mail = [paces_of(alice)[code, "email"] for code in CATEGORIES]
    assert set(mail) == {"never"}


@pytest.mark.django_db
def test_a_token_of_somebody_else_s_making_stops_nothing(client, alice, charlie) -> None:
    token = token_for(Stop(alice.pk, "own"))
    signed, signature = token.rsplit(":", 1)
    forged = f"{token_for(Stop(charlie.pk, 'own')).rsplit(':', 1)[0]}:{signature}"
    for wrong in (forged, signed, "x", f"{token}x"):
        assert read_token(wrong) is None
        assert client.post(url("message-unsubscribe", wrong)).status_code == 404
    assert not Preference.objects.exists()


# --- The button ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_button_follows_and_another_undoes_it(browser, alice, cycle) -> None:
    page = cycle.get_absolute_url()
    assert 'value="follow"' in browser.get(page).content.decode()
    data = {"dossier": cycle.dossier.pk, "act": "follow", "next": page}
    assert browser.post(url("follow-change"), data).url == page
    assert 'value="unfollow"' in browser.get(page).content.decode()
    assert "Taraz budget 2027" in browser.get(url("follow-list")).content.decode()
    browser.post(url("follow-change"), {**data, "act": "unfollow"})
    assert not Follow.objects.exists()


@pytest.mark.django_db
def test_places_and_organisations_are_followed_and_undone_in_one_place(
    browser, alice, cycle, city
) -> None:
    akimat = Organisation.objects.create(name_kk="Ә", name_ru="А", helix=Helix.GOVERNMENT)
    browser.post(url("follow-change"), {"territory": city.pk})
    browser.post(url("follow-change"), {"organisation": akimat.pk})
    follow(person=alice, dossier=cycle.dossier)
    body = browser.get(url("follow-list")).content.decode()
    assert body.count('value="unfollow"') == 3
    browser.post(url("follow-end"))
    assert not Follow.objects.exists()


@pytest.mark.django_db
def test_who_is_not_signed_in_is_asked_to(client, cycle) -> None:
    page = client.get(cycle.get_absolute_url()).content.decode()
    assert "Sign in to follow" in page
    data = {"dossier": cycle.dossier.pk, "next": cycle.get_absolute_url()}
    assert "login" in client.post(url("follow-change"), data).url
    assert not Follow.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, {"dossier": "x"}, {"dossier": "9" * 30}, {"territory": "0"}])
def test_a_button_that_names_nothing_follows_nothing(browser, data) -> None:
    assert browser.post(url("follow-change"), data).status_code == 404


@pytest.mark.django_db
def test_a_draft_shows_no_button_and_is_not_followed(browser, cycle) -> None:
    cycle.dossier.published_at = None
    cycle.dossier.save(update_fields=["published_at"])
    data = {"dossier": cycle.dossier.pk}
    assert browser.post(url("follow-change"), data).status_code == 404


@pytest.mark.django_db
def test_the_button_leads_nowhere_else(browser, city) -> None:
    data = {"territory": city.pk, "next": "https://evil.example/"}
    assert browser.post(url("follow-change"), data).url == url("follow-list")


@pytest.mark.django_db
def test_other_parts_add_to_the_page_of_what_is_followed(browser, monkeypatch) -> None:
    monkeypatch.setattr(following_page, "_LOADERS", {})
    following_page.register("components/empty.html", load=lambda person: [person.pk])
    assert len(following_page.sections_for(make_person("z@example.org", "Z"))) == 1
    assert '<div class="empty">' in browser.get(url("follow-list")).content.decode()
