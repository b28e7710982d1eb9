"""Pages of selections and draws: what is typed is kept, contacts stay private, few queries."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from councils.models import Council
from councils.services.selection.candidates import apply
from tests.councils.selecting import decided, make_draw, make_selection, volunteer

MOST_QUERIES = 17  # twelve of the page, five of the shared tags of a dossier


@pytest.fixture(autouse=True)
def _counts_start_at_zero(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_pages_cost_the_same_for_many_as_for_few(
    council: Council, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    selection = decided(make_selection(council, group=6, of_state=2, seats=2))
    draw = make_draw(council, state="drawn", people=60, size=10)
    for path in ("/en/councils/astana/selection/", selection.dossier.path, draw.dossier.path):
        address = path if path.startswith("/") else f"/en/{path}"
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_a_half_filled_application_keeps_its_words(council: Council, alice: User) -> None:
    selection = make_selection(council, state="call_open")
    client = signed_in(alice)
    address = f"/en/{selection.dossier.path}apply/"
    said = {"name": "Alice", "statement": "Buses <b>first</b>", "language": "en", "side": "civil"}
    answer = client.post(address, said)
    assert answer.status_code == 422
    assert "Buses &lt;b&gt;first&lt;/b&gt;" in answer.content.decode()
    key = client.get(address).context["form"]["form_key"].value()
    whole = said | {"contact": "8 700 1", "consent": "on", "form_key": str(key)}
    assert client.post(address, whole).status_code == 302
    assert client.post(address, whole).status_code == 302  # sent twice on a bad network
    assert selection.candidacies.filter(person=alice).count() == 1


@pytest.mark.django_db
def test_contacts_are_for_the_secretary_and_names_wait_for_the_end(
    council: Council, secretary: User, client: Client
) -> None:
    selection = make_selection(council, state="call_open", candidates_=0)
    apply(selection=selection, name="Дана", statement="!", language="kk", contact="8 777 123")
    public = client.get(f"/en/{selection.dossier.path}").content.decode()
    assert "Дана" not in public
    assert "8 777 123" not in public
    desk = signed_in(secretary).get(f"/en/{selection.dossier.path}desk/").content.decode()
    assert "8 777 123" in desk


@pytest.mark.django_db
def test_a_volunteer_finds_their_number_and_nobody_a_name(
    council: Council, alice: User, client: Client
) -> None:
    draw = make_draw(council)
    mine = signed_in(alice)
    address = f"/en/{draw.dossier.path}volunteer/"
    assert mine.post(address, {"sex": "f"}).status_code == 422
    key = mine.get(address).context["form"]["form_key"].value()
    assert (
        mine.post(address, {"sex": "f", "consent": "on", "form_key": str(key)}).status_code == 302
    )
    token = draw.entries.get(person=alice).token
    assert token in mine.get(f"/en/{draw.dossier.path}").content.decode()
    assert token not in client.get(f"/en/{draw.dossier.path}").content.decode()


@pytest.mark.django_db
def test_files_are_given_out_as_they_were_hashed(council: Council, client: Client) -> None:
    draw = make_draw(council, state="drawn")
    for kind, name in (
        ("pool", "pool.jsonl"),
        ("quotas", "quotas.csv"),
        ("lottery", "lottery.txt"),
    ):
        answer = client.get(f"/en/{draw.dossier.path}files/{name}")
        assert answer.content.decode() == draw.files.get(kind=kind).text
        assert "attachment" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_a_sheet_with_gaps_is_kept_with_its_gaps(council: Council, alice: User) -> None:
    selection = make_selection(council, judge=alice)
    member = selection.group.get(person=alice)
    client = signed_in(alice)
    address = f"/en/{selection.dossier.path}group/{member.pk}/sheet/"
    page = client.get(address)
    key = str(page.context["form"]["form_key"].value())
    assert client.post(address, {"form_key": key, "1-1": "11"}).status_code == 422
    assert client.post(address, {"form_key": key, "1-1": "10", "1-2": ""}).status_code == 302
    given = member.scores.values_list("candidacy__number", "criterion__number", "points")
    assert list(given) == [(1, 1, 10)]


@pytest.mark.django_db
def test_an_infeasible_pool_is_explained_on_the_desk(council: Council, secretary: User) -> None:
    draw = make_draw(council, people=3)
    client = signed_in(secretary)
    answer = client.post(f"/en/{draw.dossier.path}freeze/", follow=True)
    assert "fewer volunteers than seats" in answer.content.decode()
    volunteer(draw, secretary)
    assert draw.entries.count() == 4
