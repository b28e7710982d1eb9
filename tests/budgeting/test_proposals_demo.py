"""The demo's budget in which proposals are taken now shows every state that they may be in."""

import pytest
from django.test import Client

from accounts.models import User
from budgeting.models import Category, CoAuthor, Cycle, Proposal, ProposalMerge
from config.demo.budgets.proposals import PROPOSALS, create_astana_2027
from config.demo.budgets.rulesets import create_categories, create_rulesets
from config.demo.people import create_people, create_residents
from participation.services.territories import load_territories
from tests.budgeting.pages import page

SLUG = "astana-2027"


@pytest.fixture
def demo(db: None) -> Cycle:
    places = load_territories()
    people: dict[str, User] = create_people(places)
    categories: dict[str, Category] = create_categories()
    return create_astana_2027(
        people=people,
        residents=create_residents(places["taraz"]),
        places=places,
        ruleset=create_rulesets()["supported"],
        categories=categories,
    )


def test_every_state_is_there(demo: Cycle) -> None:
    assert set(demo.proposals.values_list("state", flat=True)) == {
        Proposal.State.SUBMITTED,
        Proposal.State.MERGED,
        Proposal.State.WITHDRAWN,
    }
    assert set(CoAuthor.objects.values_list("state", flat=True)) == {"accepted", "invited"}
    assert set(ProposalMerge.objects.values_list("state", flat=True)) == {"asked", "made"}
    assert demo.unit_costs.count() > 3
    assert demo.proposals.filter(paper__isnull=False).count() == 1
    # Supporters of the neighbours came with the merge, each once.
    lights = demo.proposals.get(number=1)
    assert lights.dossier.discussion.backers == PROPOSALS[0].backers


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_its_pages_open(client: Client, demo: Cycle, language: str) -> None:
    for number in demo.proposals.values_list("number", flat=True):
        address = page("proposal-detail", SLUG, number, language=language)
        assert client.get(address).status_code == 200
    for name in ("cycle-detail", "proposal-list", "proposal-submit"):
        assert client.get(page(name, SLUG, language=language)).status_code == 200
