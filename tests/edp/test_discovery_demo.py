"""The demo's processes run through the services and come out as told."""

import pytest
from django.utils import timezone

from config.demo.discovery import archive, zhambyl
from config.demo.people import create_people
from edp.facts import preparation
from edp.facts.funnel import funnel_of
from edp.follow_up_reading import progress_of, wheel_of
from edp.models import DiscoveryProcess, Stage, Strategy, SwotLink, Waiver
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
    places = load_territories()
    archive.load(places=places, people=create_people(places))
    replay = DiscoveryProcess.objects.get(slug="malopolskie-2014")
    assert replay.workshops.held().count() == 25
    assert participants_of(replay).total() == 1000
    assert funnel_of(replay).priorities == 7
    assert "128" in replay.dossier.texts.get(language="kk").body
    assert not replay.gate_checks.exists()

    measured = progress_of(replay.strategies.get(), timezone.localdate())
    words = [row.word for each in measured for row in each.indicators]
    assert words == ["reached", "behind", "reached", "measured"]
    assert [row.last.value for row in measured[3].indicators if row.last] == [128]
    assert len(measured[1].indicators[0].history) == 4  # one of them corrects another
    wheel = wheel_of(replay)
    assert wheel is not None
    assert (wheel["assessors"], wheel["external"]) == (2, 2)
    calls = replay.calls.order_by("pk").values_list("applicants", "selected")
    assert list(calls) == [(None, 128), (335, None)]


def test_the_council_was_heard_and_one_answer_is_overdue(pilot: DiscoveryProcess) -> None:
    strategy = pilot.strategies.get()
    assert strategy.state == Strategy.State.COUNCIL_OPINION
    dues = [row.answer_due for row in strategy.recommendations.order_by("pk")]
    today = timezone.localdate()
    assert [due.is_answered for due in dues] == [True, True, False]
    assert dues[2].due_on < today
    assert all(due.answered_on <= due.due_on for due in dues[:2])


def test_lines_of_the_swot_go_back_to_words(pilot: DiscoveryProcess) -> None:
    told = SwotLink.objects.filter(entry__process=pilot, statement__isnull=False)
    assert told.values("entry").distinct().count() == 7
    assert told.filter(statement__text__contains="фосфогипс").exists()


def test_the_cases_have_their_signs_again(db: None) -> None:
    places = load_territories()
    archive.load(places=places, people=create_people(places))
    cases = DiscoveryProcess.objects.filter(origin="training").order_by("slug")
    assert [case.slug for case in cases] == ["training-m", "training-n", "training-s"]
    assert cases[2].kind == DiscoveryProcess.Kind.ANTI_CRISIS
    assert "**fell**" in cases[2].dossier.texts.get(language="en").body


def test_a_process_of_our_own_has_no_archive(pilot: DiscoveryProcess) -> None:
    with pytest.raises(ValueError, match="of our own"):
        write_priorities(process=pilot, named=[])
