"""Proposing, listing and reading proposals."""

from django.test import Client

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Proposal
from budgeting.services.feasibility import review_proposal
from budgeting.services.proposals import submit_proposal
from participation.services import Wording
from tests.budgeting.pages import SLUG, body, open_phase, page, signed_in


def test_a_text_in_another_language_is_labelled(client: Client, cycle: Cycle, alice: User) -> None:
    open_phase(cycle, phases.PROPOSALS)
    proposal = submit_proposal(
        by=alice,
        cycle=cycle,
        envelope=cycle.envelopes.get(),
        wordings=[Wording("kk", "Ағаштар")],
        cost=10,
    )
    seen = body(client.get(page("proposal-detail", SLUG, proposal.number)))
    assert "in Kazakh" in seen
    assert 'lang="kk"' in seen


def test_what_people_write_cannot_harm(client: Client, cycle: Cycle, alice: User) -> None:
    open_phase(cycle, phases.PROPOSALS)
    attack = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://evil.example/i.png)"
    proposal = submit_proposal(
        by=alice,
        cycle=cycle,
        envelope=cycle.envelopes.get(),
        wordings=[Wording("en", attack[:100], attack, attack)],
        cost=10,
        place=attack,
    )
    for address in (page("proposal-detail", SLUG, proposal.number), page("proposal-list", SLUG)):
        seen = body(client.get(address))
        assert "<script>alert" not in seen
        assert 'href="javascript:' not in seen
        assert '<img src="http://evil' not in seen


# --- The list -----------------------------------------------------------------------------------


def _titles(client: Client, **query: str) -> list[str]:
    return [card.title for card in client.get(page("proposal-list", SLUG), query).context["cards"]]


def test_filters_narrow_the_list_and_stand_as_pills(
    client: Client, cycle: Cycle, bob: User
) -> None:
    parks = Category.objects.create(slug="parks", name_kk="П", name_ru="П", name_en="Parks")
    cycle.proposals.filter(number=2).update(category=parks)
    review_proposal(
        by=bob,
        proposal=cycle.proposals.get(number=3),
        state=Proposal.State.NOT_FEASIBLE,
        reasons="No.",
    )
    assert len(_titles(client)) == 4
    assert _titles(client, q="ct 1") == ["Project 1"]
    assert _titles(client, category="parks") == ["Project 2"]
    assert _titles(client, state="not_feasible") == ["Project 3"]
    assert _titles(client, category="parks", state="shortlisted", q="2") == ["Project 2"]
    assert _titles(client, category="parks", q="3") == []
    seen = client.get(page("proposal-list", SLUG), {"category": "parks", "q": "Project", "page": 1})
    pills = {pill["label"]: pill["url"] for pill in seen.context["pills"]}
    assert pills == {"«Project»": "?category=parks", "Parks": "?q=Project"}


def test_unknown_filters_change_nothing(client: Client, cycle: Cycle) -> None:
    assert len(_titles(client, category="none", state="unknown")) == 4


def test_signs_of_sql_are_letters(client: Client, cycle: Cycle) -> None:
    assert _titles(client, q="%") == []
    assert _titles(client, q="_") == []
    assert _titles(client, q="'") == []


def test_long_lists_have_pages_that_keep_the_filter(client: Client, cycle: Cycle) -> None:
    for number in range(25):
        submit_proposal(
            by=None,
            cycle=cycle,
            envelope=cycle.envelopes.get(),
            wordings=[Wording("en", f"Bench {number}")],
            cost=10,
        )
    seen = client.get(page("proposal-list", SLUG), {"q": "Bench", "page": "2"})
    assert len(seen.context["page"]) == 5
    assert "q=Bench&amp;page=1" in body(seen)
    assert len(client.get(page("proposal-list", SLUG), {"page": "999"}).context["page"]) == 9


def test_reviewers_find_their_way_from_a_proposal(bob: User, alice: User, cycle: Cycle) -> None:
    link = page("proposal-review", SLUG, 1)
    assert link in body(signed_in(bob).get(page("proposal-detail", SLUG, 1)))
    assert link not in body(signed_in(alice).get(page("proposal-detail", SLUG, 1)))
