"""What the database itself asks of a priority and of a plan, whatever the services forget."""

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from accounts.models import User
from edp.models import Approval, Decision, DiscoveryProcess, Idea, Priority, Stage, Strategy
from edp.services.decisions import record_decision
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.making_ideas import make_idea
from tests.edp.panel import refused_by_database
from tests.edp.strategies import REASONS, decide, hear_council, make_priority, make_strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.ADOPTION)


# --- A priority comes from an idea --------------------------------------------------------------


def copy_of(priority: Priority) -> str:
    columns = (
        "category, transformation, economic_domain, scientific_domain, policy_objective, state,"
        " reason"
    )
    return (
        f"INSERT INTO edp_priority (dossier_id, process_id, number, {columns})"
        f" SELECT {priority.process.dossier_id}, process_id, 77, {columns} FROM edp_priority"
        f" WHERE id = {priority.pk}"
    )


def test_no_priority_comes_from_nothing(process: DiscoveryProcess) -> None:
    assert "comes from no idea" in refused_by_database(copy_of(make_priority(process, 1)), [])


def test_a_priority_of_elsewhere_is_as_its_source_tells(city: Territory) -> None:
    replay = make_process(city, slug="replay", origin="replay", source_note="OECD 2020")
    priority = make_priority(replay, 1)
    with connection.cursor() as cursor:
        cursor.execute(copy_of(priority))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert replay.priorities.count() == 2


def with_ideas(process: DiscoveryProcess, number: int) -> Priority:
    """Its ideas were written while the process discovered."""
    priority = make_priority(process, 1)
    priority.ideas.set(make_idea(process, state=Idea.State.CANDIDATE) for _ in range(number))
    return priority


@pytest.mark.parametrize("statement", ["DELETE FROM edp_priority_ideas", "move"])
def test_a_priority_keeps_its_last_idea(city: Territory, statement: str) -> None:
    process = make_process(city, stage=Stage.DISCOVERY)
    with_ideas(process, 2)
    other = make_priority(process, 2)
    if statement == "move":
        statement = f"UPDATE edp_priority_ideas SET priority_id = {other.pk}"
    assert "comes from no idea" in refused_by_database(statement, [])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_two_ideas_away_one_is_refused(city: Territory) -> None:
    priority = with_ideas(make_process(city, stage=Stage.DISCOVERY), 2)
    both_gone, refused = threading.Barrier(2), []

    def take(idea: Idea) -> None:
        try:
            with transaction.atomic():
                priority.ideas.remove(idea)
                both_gone.wait(10)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(idea,)) for idea in priority.ideas.all()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert priority.ideas.count() == 1


# --- No plan with gaps is approved --------------------------------------------------------------

OTHERS_ONLY = "UPDATE edp_indicator SET kind = 'output'"
NOTHING_DONE = "UPDATE edp_risk SET mitigation_ru = ''"
PARTS = ("risk", "investmentline", "action", "indicator", "objective", "strategypriority")
GAPS = {
    "no priority": (PARTS, "", "a priority"),
    "no objective": (PARTS[:5], "", "an objective"),
    "no outcome": ((), OTHERS_ONLY, "an outcome"),
    "no action": (PARTS[:3], "", "an action"),
    "no operator": ((), "UPDATE edp_action SET operator_id = NULL", "somebody who does it"),
    "no money": (PARTS[1:2], "", "money"),
    "spent money alone": ((), "UPDATE edp_investmentline SET certainty = 'spent'", "money"),
    "no risk": (PARTS[:1], "", "a risk"),
    "a risk left alone": ((), NOTHING_DONE, "what is done about a risk"),
}


@pytest.mark.parametrize(("parts", "change", "missing"), GAPS.values(), ids=GAPS)
def test_no_plan_with_a_gap_is_approved_by_raw_sql(
    process: DiscoveryProcess, bob: User, parts: tuple[str, ...], change: str, missing: str
) -> None:
    strategy = make_strategy(process)
    hear_council(strategy, bob)
    approve_past_the_service(strategy, bob)
    for statement in [*(f"DELETE FROM edp_{part}" for part in parts), change]:
        with connection.cursor() as cursor:
            cursor.execute(statement or "SELECT 1")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    answer = refused_by_database("UPDATE edp_strategy SET state = 'akimat_approved'", [])
    assert f"{missing} is missing" in answer


def approve_past_the_service(strategy: Strategy, by: User) -> None:
    """The akimat's decision without the step that follows from it."""
    decision = record_decision(
        by=by, process=strategy.process, kind=Decision.Kind.AKIMAT, body="Akimat",
        decided_on=timezone.localdate(), reasons=REASONS,
    )  # fmt: skip
    Approval.objects.create(strategy=strategy, decision=decision)


def test_an_objective_without_an_indicator_is_a_gap(process: DiscoveryProcess, bob: User) -> None:
    """The outcome of another objective does not stand in for it."""
    strategy = make_strategy(process, objectives=2)
    hear_council(strategy, bob)
    approve_past_the_service(strategy, bob)
    strategy.objectives.all()[0].indicators.all().delete()
    answer = refused_by_database("UPDATE edp_strategy SET state = 'akimat_approved'", [])
    assert "an indicator is missing" in answer


def test_what_costs_nothing_on_purpose_needs_no_money(process: DiscoveryProcess, bob: User) -> None:
    strategy = make_strategy(process)
    hear_council(strategy, bob)
    strategy.money.all().delete()
    strategy.actions.update(is_free=True)
    decide(strategy, Decision.Kind.AKIMAT, bob)
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.AKIMAT_APPROVED
