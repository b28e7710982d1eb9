"""The councils of the demo: Astana's history to the day."""

from datetime import date

import pytest

from accounts.models import User
from config.demo.councils import astana, breach, selection
from config.demo.people import create_people
from councils.facts import composition_of
from councils.models import Council
from participation.models import Territory
from participation.services.territories import load_territories
from tests.councils.test_council_mandates import INTERVALS


@pytest.fixture
def places(db: None) -> dict[str, Territory]:
    return load_territories()


@pytest.fixture
def people(places: dict[str, Territory]) -> dict[str, User]:
    return create_people(places)


@pytest.fixture
def capital(people: dict[str, User], places: dict[str, Territory]) -> Council:
    council = astana.load(people=people, places=places)
    selection.elect(council=council, people=people)
    return council


def test_the_history_of_astana(capital: Council) -> None:
    found = composition_of(capital, astana.BEGINS, astana.ENDS)
    assert [(i.since, i.until, i.civil, i.state, i.is_lawful) for i in found] == INTERVALS
    assert list(capital.breaches.values_list("since", "until")) == [
        (date(2026, 3, 16), date(2026, 4, 20)),
        (date(2026, 5, 4), date(2026, 6, 1)),
    ]


def test_who_sits_in_astana(capital: Council, people: dict[str, User]) -> None:
    chair = capital.mandates.on(date(2026, 11, 1)).get(office="chair")
    assert chair.person == people["chair"]
    assert capital.mandates.filter(person=people["member"]).count() == 1
    commission = capital.commissions.get()
    sides = commission.members.values_list("side", flat=True)
    assert sorted(sides) == ["civil"] * 5 + ["state"] * 2


def test_zhambyl_is_in_breach_since_last_week(
    people: dict[str, User], places: dict[str, Territory]
) -> None:
    council = breach.load(people=people, places=places)
    found = council.breaches.get()
    assert (found.until, found.civil, found.members) == (None, 9, 14)
    assert council.mandates.sitting().count() == 14
