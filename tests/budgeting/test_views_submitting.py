"""What the steps of a proposal refuse, beside the field, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from budgeting.models import Category, Cycle, Proposal, ProposalDraft
from participation.models import Territory
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.proposing import WHAT, begin, propose, step, taking, where


@pytest.fixture
def open_cycle(cycle: Cycle) -> Cycle:
    return taking(cycle)


@pytest.fixture
def client_of_alice(alice: User, open_cycle: Cycle) -> Client:
    return signed_in(alice)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 121), ("summary", ""), ("summary", "x" * 301),
     ("body", "x" * 8001)],
)  # fmt: skip
def test_words(client_of_alice: Client, field: str, value: str) -> None:
    draft = begin(client_of_alice)
    answer = step(client_of_alice, draft, "what", **{**WHAT, field: value})
    assert answer.status_code == 422
    assert "govuk-error-summary" in body(answer)
    assert answer.context["form"].errors.keys() == {field}
    for kept in WHAT.keys() - {field}:
        assert WHAT[kept] in body(answer)


@pytest.mark.parametrize(
    ("field", "value"),
    [("envelope", "999999"), ("district", "999999"), ("district", "abc"), ("point", "C99"),
     ("point", "somewhere"), ("point", "51.17, 71.43"), ("point", "71.37, 42.9"),
     ("place", "x" * 201)],
)  # fmt: skip
def test_places(client_of_alice: Client, open_cycle: Cycle, field: str, value: str) -> None:
    draft = begin(client_of_alice)
    answer = step(client_of_alice, draft, "where", **{**where(open_cycle), field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    if field == "point":
        assert f'value="{value}"' in body(answer)


@pytest.mark.parametrize("point", ["42.9, 71.37", "42,90 71,37", "d4", "42.9;71.37", ""])
def test_points_as_people_write_them(
    client_of_alice: Client, open_cycle: Cycle, point: str
) -> None:
    draft = begin(client_of_alice)
    answer = step(client_of_alice, draft, "where", **{**where(open_cycle), "point": point})
    assert answer.status_code == 302


def test_a_district_of_the_place(
    client_of_alice: Client, open_cycle: Cycle, city: Territory, alice: User
) -> None:
    inside = Territory.objects.create(
        slug="inside", kind="city_district", parent=city, name_kk="Ішкі", name_ru="Внутренний"
    )
    outside = Territory.objects.create(
        slug="outside", kind="district", parent=city.parent, name_kk="Сыртқы", name_ru="Внешний"
    )
    draft = begin(client_of_alice)
    sent = {**where(open_cycle), "district": outside.pk}
    assert step(client_of_alice, draft, "where", **sent).status_code == 422
    sent["district"] = inside.pk
    assert step(client_of_alice, draft, "where", **sent).status_code == 302
    step(client_of_alice, draft, "how", cost="5", act="send")
    proposal = Proposal.objects.get(author=alice)
    assert (proposal.district, proposal.dossier.territory) == (inside, inside)
    titles = client_of_alice.get(page("proposal-list", SLUG), {"district": "inside"})
    assert [card.title for card in titles.context["cards"]] == [WHAT["title"]]


@pytest.mark.parametrize(
    "cost", ["", "0", "-5", "a lot", "тегін", "1.5.5", "10000001", str(10**13)]
)
def test_costs(client_of_alice: Client, cost: str) -> None:
    draft = begin(client_of_alice)
    answer = step(client_of_alice, draft, "how", cost=cost, act="send")
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"cost"}
    assert f'value="{cost}"' in body(answer) or not cost


def test_a_step_that_was_left_out_is_named(client_of_alice: Client, alice: User) -> None:
    draft = begin(client_of_alice, title="", act="save")
    answer = step(client_of_alice, draft, "how", cost="5", act="send")
    assert answer.status_code == 422
    urls = {lack["url"] for lack in answer.context["missing"]}
    assert page("draft-what", SLUG, draft.key, language="kk") in urls
    assert not Proposal.objects.filter(author=alice).exists()


def test_a_closed_phase_says_so_before_anybody_types(alice: User, cycle: Cycle) -> None:
    answer = signed_in(alice).get(page("proposal-submit", SLUG))
    assert answer.status_code == 200
    assert "Proposals are not taken now." in body(answer)
    assert 'name="title"' not in body(answer)


def test_a_phase_that_closed_meanwhile_keeps_what_was_typed(alice: User, cycle: Cycle) -> None:
    answer = signed_in(alice).post(page("proposal-submit", SLUG), WHAT)
    assert answer.status_code == 422
    assert "Proposals are not taken now." in body(answer)
    assert WHAT["title"] in body(answer)
    assert not ProposalDraft.objects.exists()


def test_an_envelope_of_another_cycle_is_refused(
    client_of_alice: Client, open_cycle: Cycle, make_cycle: Any
) -> None:
    foreign = make_cycle("taraz-2028").envelopes.get()
    draft = begin(client_of_alice)
    sent = {**where(open_cycle), "envelope": foreign.pk}
    assert step(client_of_alice, draft, "where", **sent).status_code == 422


def test_similar_ones_are_shown_before_one_goes_on(
    client_of_alice: Client, open_cycle: Cycle
) -> None:
    there = propose(open_cycle, None, "Саябақтағы жарық шамдар")
    answer = client_of_alice.get(
        page("proposal-similar", SLUG), {"title": "саябактагы шамдар", "summary": ""}
    )
    assert there.get_absolute_url() in body(answer)
    draft = begin(client_of_alice, similar_seen="")
    answer = step(client_of_alice, draft, "what", **WHAT)
    assert answer.status_code == 200
    assert there.get_absolute_url().replace("/en/", "/kk/") in body(answer)
    assert step(client_of_alice, draft, "what", **WHAT, similar_seen="1").status_code == 302


def test_usual_costs_stand_beside_the_cost(
    client_of_alice: Client, bob: User, open_cycle: Cycle
) -> None:
    light = Category.objects.create(slug="light", name_kk="Жарық", name_ru="Свет", name_en="Light")
    desk = signed_in(bob)
    row = {
        "form_key": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "category": light.pk,
        "name_kk": "Бір шам", "name_ru": "Один фонарь", "lowest": "300 000", "highest": "450 000",
        "source": "Әкімдік, 2026",
    }  # fmt: skip
    address = page("unit-cost-list", SLUG)
    wrong = desk.post(address, {**row, "highest": "200 000"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors.keys() == {"highest"}
    assert desk.post(address, row).status_code == 302
    draft = begin(client_of_alice)
    seen = body(client_of_alice.get(page("draft-how", SLUG, draft.key, language="kk")))
    assert "Бір шам" in seen
    assert "Әкімдік, 2026" in seen
    number = open_cycle.unit_costs.get().pk
    desk.post(page("unit-cost-remove", SLUG, number))
    assert not open_cycle.unit_costs.exists()
