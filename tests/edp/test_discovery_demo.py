"""The demo's processes run through the services and come out as told."""

import pytest
from django.utils import timezone

from config.demo.discovery import archive, zhambyl
from config.demo.people import create_people
from edp.facts import preparation
from edp.facts.funnel import funnel_of
from edp.models import DiscoveryProcess, Stage, Waiver
from edp.participants import participants_of
from edp.presentation import borders_warning
from edp.services.archive import write_priorities
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
    (waived,) = Waiver.objects.filter(decision__process=pilot)
    assert (waived.gate, waived.condition) == (3, "ideas")
    (clone,) = pilot.clones.all()
    assert (clone.stage, clone.dossier.published_at) == (Stage.DRAFT, None)
    territory = clone.dossier.territory
    assert "2022" in borders_warning(territory, clone.period_start)


def test_malopolskie_counts_as_the_source_does(db: None) -> None:
    archive.load(places=load_territories())
    replay = DiscoveryProcess.objects.get(slug="malopolskie-2014")
    assert replay.workshops.held().count() == 25
    assert participants_of(replay).total() == 1000
    assert funnel_of(replay).priorities == 7
    assert "128" in replay.dossier.texts.get(language="kk").body
    assert not replay.gate_checks.exists()


def test_the_cases_have_their_signs_again(db: None) -> None:
    archive.load(places=load_territories())
    cases = DiscoveryProcess.objects.filter(origin="training").order_by("slug")
    assert [case.slug for case in cases] == ["training-m", "training-n", "training-s"]
    assert cases[2].kind == DiscoveryProcess.Kind.ANTI_CRISIS
    assert "**fell**" in cases[2].dossier.texts.get(language="en").body


def test_a_process_of_our_own_has_no_archive(pilot: DiscoveryProcess) -> None:
    with pytest.raises(ValueError, match="of our own"):
        write_priorities(process=pilot, named=[])
