"""The demo's processes run through the services and come out as told."""

import pytest
from django.utils import timezone

from config.demo.discovery import zhambyl
from config.demo.people import create_people
from edp.facts import preparation
from edp.models import DiscoveryProcess, Stage, Waiver
from participation.services.territories import load_territories


@pytest.fixture
def pilot(db: None) -> DiscoveryProcess:
    places = load_territories()
    return zhambyl.load(people=create_people(places), places=places)


def test_zhambyl_came_into_consultation_gate_by_gate(pilot: DiscoveryProcess) -> None:
    assert pilot.stage == Stage.CONSULTATION
    open_now = pilot.dossier.phases.open_at(timezone.now())
    assert [phase.kind for phase in open_now] == ["consultation"]

    facts = preparation.facts_of(pilot)
    assert facts.steering == {"government": 3, "business": 5, "academia": 2, "civil_society": 2}
    assert facts.undeclared == 0
    assert [check.gate for check in pilot.gate_checks.all()] == [0, 1, 2, 3, 4]
    ideas = Waiver.objects.get(decision__process=pilot, condition="ideas")
    assert ideas.gate == 3
