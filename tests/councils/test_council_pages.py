"""Pages of a council: what they show, what they cost, and that nothing typed is lost."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from councils.models import Council, Mandate
from councils.services.commissions import form_commission
from councils.services.mandates import end_mandate
from participation.models import Role, Territory
from tests.councils.making import TERM, make_council
from tests.participation.answers import make_body

URL = "/en/councils/astana/"
SEATED: dict[str, Any] = {
    "name": "New Member",
    "person": "",
    "on_behalf_of": "",
    "basis": "competition",
    "act": "№ 7",
    "act_url": "",
}


@pytest.fixture
def keeper(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


def leave(council: Council, number: int, on: date) -> Mandate:
    mandate = council.mandates.get(post__number=number, until=None)
    return end_mandate(by=None, mandate=mandate, on=on, reason="resignation")


def test_the_page_of_a_council_in_breach(
    client: Client, council: Council, django_assert_max_num_queries: Any
) -> None:
    leave(council, 2, timezone.localdate() - timedelta(days=3))
    form_commission(
        by=None,
        council=council,
        names={"kk": "К", "ru": "К"},
        members=list(council.mandates.sitting()[:5]),
    )
    with django_assert_max_num_queries(17):
        page = client.get(URL).content.decode()
    assert "Only 13 of 20 members sit for civil society; the law asks for at least 14." in page
    assert "1 seat is vacant." in page
    assert 'class="breach"' in page


def test_a_council_whose_term_ends_soon_says_so(client: Client, city: Territory) -> None:
    today = timezone.localdate()
    make_council(city, term=(today - timedelta(days=900), today + timedelta(days=40)))
    assert "by law the next council must be in the making" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-03-20", "Only 13 of 20 members"),
        ("2026-03-15", "14 of 21 members sit for civil society"),
        ("2020-01-01", "Nobody sits on the council on this day."),
    ],
)
def test_the_composition_on_a_day(client: Client, council: Council, on: str, said: str) -> None:
    leave(council, 3, date(2026, 3, 16))
    assert said in client.get(f"{URL}composition/?on={on}").content.decode()


def test_an_unreadable_day_is_today(client: Client, council: Council) -> None:
    page = client.get(f"{URL}composition/?on=2026-13-40")
    assert page.context["standing"].day == timezone.localdate()


def test_former_members_stay_on_the_page(
    client: Client, council: Council, django_assert_max_num_queries: Any
) -> None:
    leave(council, 3, date(2026, 3, 16))
    with django_assert_max_num_queries(12):
        page = client.get(f"{URL}members/")
    assert [mandate.name for mandate, _office in page.context["former"]] == ["C3"]


def test_the_list_costs_the_same_however_long(
    client: Client, council: Council, city: Territory, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        make_council(city, slug=f"other-{number}")
    with django_assert_max_num_queries(12):
        assert len(client.get("/en/councils/").context["summaries"]) == 6


def test_an_appointment_through_the_form(keeper: Client, council: Council) -> None:
    leave(council, 3, date(2026, 3, 16))
    seat = council.posts.get(number=3).pk
    sent = {**SEATED, "form_key": uuid4(), "post": seat, "since": "20.04.2026"}
    assert keeper.post(f"{URL}members/new/", sent).status_code == 302
    keeper.post(f"{URL}members/new/", sent)
    assert council.mandates.get(name="New Member").since == date(2026, 4, 20)


def test_a_refused_appointment_keeps_what_was_typed(keeper: Client, council: Council) -> None:
    seat = council.posts.create(number=22, side="state", since=TERM[0]).pk
    sent = {**SEATED, "form_key": uuid4(), "post": seat, "since": "02.03.2026"}
    page = keeper.post(f"{URL}members/new/", sent)
    assert page.status_code == 422
    said = page.content.decode()
    assert "22 members, 14 of them of civil society" in said
    assert 'value="New Member"' in said
    assert 'value="№ 7"' in said
    assert not council.mandates.filter(name="New Member").exists()


def test_the_end_of_a_mandate_through_the_form(keeper: Client, council: Council) -> None:
    mandate = council.mandates.get(name="C5")
    sent = {"form_key": uuid4(), "on": "16.03.2026", "reason": "resignation"}
    assert keeper.post(f"{URL}members/{mandate.pk}/end/", sent).status_code == 302
    assert council.breaches.get().since == date(2026, 3, 16)
    again = {**sent, "form_key": uuid4(), "on": "17.03.2026"}
    page = keeper.post(f"{URL}members/{mandate.pk}/end/", again)
    assert page.status_code == 422
    assert 'value="17.03.2026"' in page.content.decode()


def test_a_member_declares_an_interest_and_ends_it(
    client: Client, council: Council, chair: User
) -> None:
    client.force_login(chair)
    mandate = council.mandates.get(person=chair)
    address = f"{URL}members/{mandate.pk}/"
    sent = {"form_key": uuid4(), "organisation": "Bus LLP", "kind": "share", "since": "01.02.2025"}
    assert client.post(f"{address}interests/", sent).status_code == 302
    declaration = mandate.declarations.get()
    ended = {"form_key": uuid4(), "on": "01.03.2026"}
    assert client.post(f"{URL}interests/{declaration.pk}/end/", ended).status_code == 302
    client.logout()
    page = client.get(address).content.decode()
    assert "Bus LLP" in page
    assert "1 March 2026" in page


def test_the_desk_lists_what_is_to_be_done(
    keeper: Client, council: Council, chair: User, django_assert_max_num_queries: Any
) -> None:
    leave(council, 2, timezone.localdate())
    body = Organisation.objects.create(name_ru="Отдел", name_kk="Бөлім", helix=Helix.GOVERNMENT)
    Affiliation.objects.create(
        person=chair, organisation=body, valid_from=timezone.localdate() - timedelta(days=1)
    )
    council.mandates.filter(office="chair").update(office="member")
    with django_assert_max_num_queries(22):
        page = keeper.get(f"{URL}desk/").content.decode()
    assert "13 of 20 seats taken; at least 14 are lawful" in page
    assert "C1 sits for civil society and serves the state: Бөлім" in page
    assert "The council has no chair" in page
    assert "1 seat is vacant" in page


def test_a_secretary_sets_a_council_up_and_opens_it(
    client: Client, secretary: User, city: Territory
) -> None:
    Role.objects.create(
        person=secretary,
        kind=Role.Kind.COUNCIL_SECRETARY,
        territory=city,
        valid_from=timezone.now(),
    )
    client.force_login(secretary)
    sent = {
        "form_key": uuid4(),
        "territory": city.pk,
        "level": "local",
        "supervised_body": make_body().pk,
        "slug": "taraz",
        "civil_seats": 10,
        "state_seats": 6,
        "begins_on": "01.02.2026",
        **{f"{part}_{code}": "Кеңес" for part in ("title", "task") for code in ("kk", "ru")},
    }
    page = client.post("/en/councils/new/", sent)
    assert page.status_code == 422
    assert "Of 16 seats the state may hold 5." in page.content.decode()
    page = client.post("/en/councils/new/", {**sent, "slug": "new", "state_seats": 5})
    assert "this one is taken" in page.content.decode()
    client.post("/en/councils/new/", {**sent, "form_key": uuid4(), "state_seats": 5})
    council = Council.objects.get(slug="taraz")
    assert council.posts.count() == 15
    assert council.convocations.get().ends_on == date(2029, 2, 1)
    assert client.get("/en/councils/taraz/").status_code == 404
    assert client.get("/en/councils/taraz/desk/").status_code == 200
    client.post("/en/councils/taraz/publish/", {"form_key": uuid4()})
    assert client.get("/en/councils/taraz/").status_code == 200
    council.ruleset.refresh_from_db()
    assert council.ruleset.frozen_at is not None
