"""The demo's meetings come to the numbers of the pilot."""

import pytest

from config.demo.discovery import workshops
from config.demo.people import create_people
from edp.facts.discovery import facts_of
from edp.models import Statement
from edp.services.workshops.board import results_of
from participation.services.territories import load_territories
from tests.edp.making import make_process


@pytest.mark.django_db
def test_two_hundred_and_forty_people_at_twelve_meetings() -> None:
    places = load_territories()
    process = make_process(places["taraz"], stage="discovery")
    workshops.load(process=process, people=create_people(places))
    facts = facts_of(process)
    assert (facts.workshops, facts.outside_centre) == (12, 4)
    assert facts.participants == {
        "business": 108, "government": 60, "academia": 36, "civil_society": 36,
    }  # fmt: skip
    states = process.workshops.order_by("number").values_list("state", flat=True)
    assert list(states)[12:] == ["announced", "running"]
    assert results_of(process.workshops.get(number=12)).raw == (24, 23, 13)
    assert Statement.objects.waiting().count() == 2
    assert Statement.objects.obstacles_of_the_republic().count() == 4
