"""The envelopes of a cycle as each person sees them, and the organiser's page of conditions."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from budgeting.models import ConflictEntry, Election, Envelope, FreeChoice
from budgeting.services.voting import cast_ballot
from participation.models import Territory
from tests.budgeting.pages import SLUG, body, decide, page, signed_in
from tests.budgeting.test_scopes import dana, districts, open_all  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def statuses(client: Client) -> list[str]:
    return [row.status for row in client.get(page("envelope-list", SLUG)).context["rows"]]


def test_each_envelope_says_whether_one_has_voted(open_all: Any, dana: User) -> None:  # noqa: F811
    city, *_ = open_all("home_and_one_free")
    client = signed_in(dana)
    assert statuses(client) == [
        "Not voted yet", "Not voted yet", "Open to your choice", "Open to your choice",
    ]  # fmt: skip
    assert statuses(Client()) == ["Open"] * 4
    cast_ballot(voter=dana, election=city, choices=["1"], request="r")
    assert statuses(client)[0] == "You have voted"
    assert "no-store" in client.get(page("envelope-list", SLUG))["Cache-Control"]


def test_one_more_is_chosen_on_a_page_that_warns(open_all: Any, dana: User) -> None:  # noqa: F811
    open_all("home_and_one_free")
    client = signed_in(dana)
    choose = page("envelope-choose", SLUG, 3)
    assert "You choose once" in body(client.get(choose))
    key = str(uuid4())
    for _ in range(2):  # sent twice, it is one choice
        answer = client.post(choose, {"form_key": key})
        assert answer["Location"] == page("ballot-cast", SLUG, 3)
    assert FreeChoice.objects.count() == 1
    assert statuses(client) == ["Not voted yet", "Not voted yet", "Not voted yet", "Not yours"]
    again = client.post(page("envelope-choose", SLUG, 4), {"form_key": str(uuid4())})
    assert again.status_code == 422
    assert "You cannot choose this vote now." in body(again)
    assert "You cannot choose" in body(client.get(page("envelope-choose", SLUG, 4)))


def test_who_lives_nowhere_learns_how(open_all: Any, charlie: User) -> None:  # noqa: F811
    open_all("home")
    text = body(signed_in(charlie).get(page("envelope-list", SLUG)))
    assert "once your place of residence is confirmed" in text


def test_the_list_costs_the_same_for_any_number_of_envelopes(
    open_all: Any,  # noqa: F811
    dana: User,  # noqa: F811
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    open_all("home_and_one_free")
    client = signed_in(dana)
    client.get(page("envelope-list", SLUG))
    with django_assert_max_num_queries(14):
        client.get(page("envelope-list", SLUG))


def test_the_button_of_the_budget_leads_to_the_list(open_all: Any) -> None:  # noqa: F811
    open_all("home")
    assert page("envelope-list", SLUG) in body(Client().get(page("cycle-detail", SLUG)))


def test_an_envelope_leads_to_its_booth_from_the_freeze_on(
    make_cycle: Any,
    districts: list[Territory],  # noqa: F811
) -> None:
    cycle = make_cycle()
    Envelope.objects.create(
        cycle=cycle, number=2, territory=districts[0], amount=500, name_kk="А", name_ru="Р"
    )
    text = body(Client().get(page("cycle-detail", SLUG)))
    assert "Where you vote" in text
    assert page("ballot-cast", SLUG, 1) not in text


def test_after_the_result_the_budget_leads_to_the_works(election: Election, bob: User) -> None:
    decide(election, bob, [["1"]] * 3)
    text = body(Client().get(page("cycle-detail", SLUG)))
    for name in ("results-detail", "work-list", "participation-detail"):
        assert page(name, SLUG) in text


# --- Conditions ---------------------------------------------------------------------------------


@pytest.fixture
def setup(make_cycle: Any) -> Election:
    count = {"method": "greedy", "earmark": "1/4"}
    rules = {"ballot": "approval", "min_age": 16, "count": count}
    election: Election = make_cycle(rules=rules).envelopes.get().election
    return election


def test_a_set_is_named_shown_and_taken_away(setup: Election, bob: User) -> None:
    client = signed_in(bob)
    chosen = [str(p.pk) for p in setup.envelope.proposals.filter(number__in=[1, 2])]
    add = page("conflict-add", SLUG, 1)
    answer = client.post(add, {"projects": chosen[:1], "form_key": str(uuid4())})
    assert answer.status_code == 422
    assert "Only two or more projects can exclude each other." in body(answer)
    assert f'value="{chosen[0]}"' in body(answer)
    assert " checked" in body(answer)
    answer = client.post(add, {"projects": chosen, "form_key": str(uuid4())})
    assert answer["Location"] == page("envelope-conditions", SLUG, 1)
    text = body(client.get(answer["Location"]))
    assert "1. Проект 1" in text or "1. Project 1" in text
    remove = page("conflict-remove", SLUG, 1)
    client.post(remove, {"number": "1", "form_key": str(uuid4())})
    assert not ConflictEntry.objects.exists()
    gone = client.post(remove, {"number": "1", "form_key": str(uuid4())}, follow=True)
    assert "has been done already" in body(gone)
    assert client.post(remove, {"number": "x"}).status_code == 302


def test_marks_are_set_and_the_kept_money_is_told(setup: Election, bob: User) -> None:
    client = signed_in(bob)
    here = page("envelope-conditions", SLUG, 1)
    assert "No project is marked yet." in body(client.get(here))
    assert "250" in body(client.get(here))
    chosen = [str(p.pk) for p in setup.envelope.proposals.filter(number__in=[3])]
    mark = page("projects-earmark", SLUG, 1)
    client.post(mark, {"projects": chosen, "form_key": str(uuid4())})
    assert list(setup.envelope.earmarked_projects.values_list("proposal__number", flat=True)) == [3]
    assert body(client.get(mark)).count(" checked") == 1
