"""The trace box of a priority in a strategy: scores, and what the consultation changed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from edp.evaluation import canonical
from edp.models import Consultation, DiscoveryProcess, EvaluationReport, Idea, Priority, Strategy
from edp.printing import printed_html
from edp.services import consultation as consultations
from edp.services import strategy as services
from edp.strategy_tracing import changes_in, traces_of
from participation.models import Territory
from tests.edp.consulting import make_consultation, passage_of, say, version_of, words
from tests.edp.strategies import make_priority, names, start, write
from tests.edp.traces import trace_priority


@pytest.fixture
def consultation(city: Territory) -> Consultation:
    return make_consultation(city)


@pytest.fixture
def priority(consultation: Consultation) -> Priority:
    return make_priority(consultation.process, 1)


@pytest.fixture
def strategy(priority: Priority) -> Strategy:
    found = start(priority.process)
    challenge = write(found, "challenge", found, **names("Challenge"))
    write(found, "priority", challenge, priority=priority)
    services.publish_strategy(by=None, strategy=found)
    return found


def judge(idea: Idea, percent: str, place: int | None, assessors: int = 3) -> None:
    """A report in which another idea has another place."""
    other = {"idea": "EI-other", "percent": "78", "place": 2, "assessors": 3}
    row = {
        "idea": idea.dossier.reference, "percent": percent, "place": place, "assessors": assessors
    }  # fmt: skip
    body, sha256 = canonical({"results": {"ranking": [row, other]}})
    version = idea.process.evaluations.count() + 1
    EvaluationReport.objects.create(process=idea.process, version=version, body=body, sha256=sha256)


def consult(consultation: Consultation, priority: Priority, people: list[User]) -> list[int]:
    """A version about the priority, a comment by each, the next version because of all but one."""
    version = consultations.start_version(by=None, consultation=consultation)
    about = version.passages.get(number=1)
    consultations.change_passage(passage=about, words=words("about", priority=priority))
    consultations.publish_version(by=None, version=version)
    said = [say(person, consultation).pk for person in people]
    version = consultations.start_version(by=None, consultation=consultation)
    for number in (1, 2):
        passage = version.passages.get(number=number)
        consultations.change_passage(
            passage=passage,
            words=words("new", priority=priority if number == 1 else None, because_of=said[:-1]),
        )
    consultations.publish_version(by=None, version=version)
    return said


def page_of(strategy: Strategy, language: str = "en", end: str = "") -> str:
    address = f"/{language}/edp/{strategy.process.slug}/strategy/1/{end}"
    return Client().get(address).content.decode()


def test_the_score_and_its_place_stand_beside_the_idea(strategy: Strategy) -> None:
    idea = trace_priority(strategy.priorities.get().priority)
    assert "of 100 by" not in page_of(strategy)
    judge(idea, "239/3", place=1)
    for end in ("", "print/"):
        assert "score 79.67 of 100 by 3 assessors, place 1 of 2" in page_of(strategy, end=end)
    assert "79.67" in Client().get("/en/edp/zhambyl/priorities/1/").content.decode()


def test_a_score_of_too_few_is_told_nowhere(strategy: Strategy) -> None:
    idea = trace_priority(strategy.priorities.get().priority)
    judge(idea, "55.88", place=None, assessors=2)
    assert "55.88" not in page_of(strategy)
    priority = Client().get("/en/edp/zhambyl/priorities/1/").content.decode()
    assert "too few assessments" in priority
    assert "55.88" not in priority


def test_what_the_consultation_changed_leads_to_the_comments(
    strategy: Strategy, consultation: Consultation, alice: User, charlie: User, bob: User
) -> None:
    priority = strategy.priorities.get().priority
    trace_priority(priority)
    said = consult(consultation, priority, [alice, charlie, bob])
    trace = traces_of(priority.process, [priority])[priority.pk]
    assert trace.consulted == 3
    assert [(change.passage.number, change.comments) for change in trace.changes] == [(1, said[:2])]
    address = "/en/edp/zhambyl/consultation/1/changes/?to=3#p"
    for body in (page_of(strategy), page_of(strategy, end="print/"), printed_html(strategy, "en")):
        assert address in body
        assert "3 comments in the consultation" in body
        assert "1 passage changed" in body
    assert page_of(strategy, end="annexes/").count("/changes/?to=3#p") == 2


def test_a_version_in_preparation_has_changed_nothing_yet(
    strategy: Strategy, consultation: Consultation, alice: User, charlie: User
) -> None:
    priority = strategy.priorities.get().priority
    said = consult(consultation, priority, [alice, charlie])
    version = consultations.start_version(by=None, consultation=consultation)
    consultations.change_passage(
        passage=version.passages.get(number=3), words=words("later", because_of=said)
    )
    assert [change.passage.version.number for change in changes_in(priority.process)] == [3, 3]
    assert passage_of(consultation, 3).version == version_of(consultation)


def test_more_changes_ask_no_more(
    strategy: Strategy, consultation: Consultation, alice: User, charlie: User, bob: User
) -> None:
    process: DiscoveryProcess = strategy.process
    priority = strategy.priorities.get().priority
    judge(trace_priority(priority), "80", place=1)

    def queries() -> int:
        page_of(strategy)
        with CaptureQueriesContext(connection) as captured:
            traces_of(process, [priority])
        return len(captured)

    consult(consultation, priority, [alice, charlie])
    few = queries()
    consult(consultation, priority, [alice, charlie, bob])
    assert len(changes_in(process)) == 4
    assert queries() == few <= 8
