"""Writing a strategy, freezing it, the way through the bodies, the next version."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils import timezone

from accounts.models import User
from edp.facts import adoption
from edp.models import (
    Action,
    Approval,
    Challenge,
    Decision,
    DiscoveryProcess,
    Indicator,
    InvestmentLine,
    Publication,
    Stage,
    Strategy,
)
from edp.services import strategy as services
from edp.services.decisions import record_decision
from edp.services.strategy.errors import (
    AnswerRulesMissing,
    GateNotPassed,
    NotItsTurn,
    PartHasParts,
    PlanNotWhole,
    PriorityNotSelectable,
    TextMissing,
    TooEarly,
    VersionUnderWay,
)
from edp.strategy_reading import read_strategy
from participation.models import AnswerDue, DossierLink, JournalEntry, Territory
from participation.services import Wording
from participation.services.answers import Words, publish_answer
from tests.conftest import as_restore
from tests.edp.making import make_body, make_process
from tests.edp.strategies import (
    REASONS,
    WORDS,
    action_values,
    answer_rules,
    decide,
    hear_council,
    indicator_values,
    make_priority,
    make_strategy,
    names,
    risk_values,
    start,
    write,
)


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.ADOPTION)


@pytest.fixture
def strategy(process: DiscoveryProcess) -> Strategy:
    return make_strategy(process)


def at_stage(process: DiscoveryProcess, stage: str) -> None:
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=stage)


def adopt(strategy: Strategy, by: User) -> Strategy:
    hear_council(strategy, by)
    decide(strategy, Decision.Kind.AKIMAT, by)
    decide(strategy, Decision.Kind.MASLIKHAT, by)
    at_stage(strategy.process, Stage.IMPLEMENTATION)
    services.put_in_force(by=by, strategy=strategy)
    return Strategy.objects.for_display().get(pk=strategy.pk)


# --- Writing ------------------------------------------------------------------------------------


def test_a_strategy_begins_from_the_consultation_on_and_once(city: Territory) -> None:
    with pytest.raises(TooEarly):
        start(make_process(city, stage=Stage.DISCOVERY, slug="early"))
    process = make_process(city, stage=Stage.CONSULTATION)
    assert start(process).version == 1
    with pytest.raises(VersionUnderWay):
        start(process)


def test_parts_are_numbered_moved_and_removed(process: DiscoveryProcess, bob: User) -> None:
    strategy = start(process)
    first, second = (write(strategy, "challenge", strategy, **names(n)) for n in ("A", "B"))
    assert (first.number, second.number) == (1, 2)
    services.move_part(by=bob, row=second, kind="challenge", is_up=True)
    assert [row.name_en for row in strategy.challenges.all()] == ["B en", "A en"]
    services.move_part(by=bob, row=second, kind="challenge", is_up=True)
    assert [row.number for row in strategy.challenges.all()] == [1, 2]
    write(strategy, "priority", first, priority=make_priority(process, 1))
    with pytest.raises(PartHasParts):
        services.remove_part(by=bob, row=first)
    services.remove_part(by=bob, row=second)
    assert strategy.challenges.get() == first


def test_only_priorities_of_the_process_that_were_selected_stand_in_it(
    process: DiscoveryProcess, city: Territory
) -> None:
    strategy = start(process)
    challenge = write(strategy, "challenge", strategy, **names("C"))
    elsewhere = make_priority(make_process(city, slug="other"), 1)
    lost = make_priority(process, 9, state="not_selected", reason="Too small")
    for priority in (elsewhere, lost):
        with pytest.raises(PriorityNotSelectable):
            write(strategy, "priority", challenge, priority=priority)


def test_partners_are_kept_as_given(process: DiscoveryProcess) -> None:
    strategy = make_strategy(process)
    action = strategy.actions.get()
    one, two = make_body("A", "business"), make_body("B", "academia")
    for partners in ([one, two], [two]):
        services.write_part(
            by=None, strategy=strategy, kind="action", parent=action.objective, row=action,
            values=action_values(), partners=partners,
        )  # fmt: skip
        assert {row.organisation for row in action.partnerships.all()} == set(partners)


def test_numbers_of_the_whole_are_exact_and_equal_at_every_level(
    process: DiscoveryProcess,
) -> None:
    reading = read_strategy(make_strategy(process, priorities=2, objectives=2, actions=2))
    assert reading.money.total == Decimal("1500000.75") * 8
    assert reading.money.total == sum(p.money.total for p in reading.priorities)
    assert reading.money.total == sum(a.money.total for p in reading.priorities for a in p.actions)
    assert reading.gaps == []


# --- What the database refuses ------------------------------------------------------------------


def test_what_nobody_controls_has_no_target(strategy: Strategy) -> None:
    objective = strategy.objectives.get()
    with pytest.raises(IntegrityError, match="indicator_uncontrolled_has_no_target"):
        write(strategy, "indicator", objective, **indicator_values(control="none"))


def test_money_is_never_below_nothing(strategy: Strategy) -> None:
    with pytest.raises(IntegrityError, match="investment_not_negative"), transaction.atomic():
        write(strategy, "money", strategy.actions.get(), year=2028, amount=Decimal("-0.01"),
              source="private", certainty="pledged")  # fmt: skip


def test_a_part_cannot_hang_in_another_strategy(strategy: Strategy, city: Territory) -> None:
    other = make_strategy(make_process(city, stage=Stage.ADOPTION, slug="other"))
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="action_in_same_strategy"), transaction.atomic():
        Action.objects.create(
            strategy=other, objective=strategy.objectives.get(), number=9, tool="fund",
            instrument="new", term="short",
        )  # fmt: skip


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_approved_strategy_never_changes_not_even_by_sql(strategy: Strategy, bob: User) -> None:
    hear_council(strategy, bob)
    decide(strategy, Decision.Kind.AKIMAT, bob)
    with pytest.raises(services.StrategyFrozen):
        write(strategy, "challenge", strategy, **names("Late"))
    with pytest.raises(services.StrategyFrozen):
        services.remove_part(by=bob, row=strategy.risks.get())
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (
        "UPDATE edp_challenge SET name_kk = 'x'",
        "UPDATE edp_strategypriority SET number = 5",
        "UPDATE edp_objective SET name_ru = 'x'",
        "UPDATE edp_action SET months = 1",
        "UPDATE edp_indicator SET target = 1",
        "UPDATE edp_investmentline SET amount = 1",
        "UPDATE edp_risk SET impact = 1",
        "DELETE FROM edp_investmentline",
        "DELETE FROM edp_risk",
        "DELETE FROM edp_strategy",
        "TRUNCATE edp_risk",
        "UPDATE edp_strategy SET state = 'draft'",
        "UPDATE edp_strategy SET currency = 'EUR'",
        "DELETE FROM edp_approval",
    ):
        with pytest.raises(DatabaseError, match=r"approved|never|append|emptied|does not go"):
            sql(statement)


def test_no_state_without_its_decision_not_even_by_sql(strategy: Strategy, bob: User) -> None:
    with pytest.raises(DatabaseError, match="does not go"):
        sql("UPDATE edp_strategy SET state = 'in_force'")
    sql("UPDATE edp_strategy SET state = 'consulted'")
    with pytest.raises(DatabaseError, match="no decision"):
        sql("UPDATE edp_strategy SET state = 'council_opinion'")


def test_a_decision_on_another_process_approves_nothing(
    strategy: Strategy, city: Territory, bob: User
) -> None:
    other = make_process(city, stage=Stage.ADOPTION, slug="other")
    decision = record_decision(
        by=bob, process=other, kind=Decision.Kind.AKIMAT, body="A", decided_on=date(2026, 11, 2),
        reasons=REASONS,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="another process"):
        Approval.objects.create(strategy=strategy, decision=decision)


def test_a_document_that_was_made_stays(strategy: Strategy) -> None:
    services.ask_for_documents(by=None, strategy=strategy)
    Publication.objects.filter(language="kk").update(
        made_at=timezone.now(), sha256="0" * 64, size=1, file="strategies/x.pdf"
    )
    for statement in (
        "UPDATE edp_publication SET sha256 = 'x' WHERE language = 'kk'",
        "DELETE FROM edp_publication",
    ):
        with pytest.raises(DatabaseError, match="stays as it is"):
            sql(statement)


@pytest.mark.django_db(transaction=True)
def test_a_part_that_races_an_approval_waits_and_is_refused(city: Territory, bob: User) -> None:
    strategy = make_strategy(make_process(city, stage=Stage.ADOPTION))
    hear_council(strategy, bob)
    objective = strategy.objectives.get()
    refused: list[Exception] = []

    def insert() -> None:
        try:
            # Past the service and its lock: the trigger alone must hold.
            Action.objects.create(strategy=strategy, objective=objective, number=7, tool="fund",
                                  instrument="new", term="short")  # fmt: skip
        except DatabaseError as error:
            refused.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        decide(strategy, Decision.Kind.AKIMAT, bob)
        racer = threading.Thread(target=insert)
        racer.start()
        racer.join(1.0)
        assert racer.is_alive()  # it waits for the approval
    racer.join(20)
    assert len(refused) == 1
    assert "approved" in str(refused[0])
    assert strategy.actions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_strategy_begin_one(city: Territory) -> None:
    process = make_process(city, stage=Stage.ADOPTION)
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def begin() -> None:
        try:
            barrier.wait(10)
            start(process)
            outcomes.append("begun")
        except VersionUnderWay:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["begun", "refused"]


# --- The way through the bodies -----------------------------------------------------------------


def test_the_order_is_council_akimat_maslikhat_in_force(strategy: Strategy, bob: User) -> None:
    for kind in (Decision.Kind.AKIMAT, Decision.Kind.MASLIKHAT):
        with pytest.raises(NotItsTurn):
            decide(strategy, kind, bob)
    hear_council(strategy, bob)
    with pytest.raises(NotItsTurn):
        decide(strategy, Decision.Kind.MASLIKHAT, bob)
    decide(strategy, Decision.Kind.AKIMAT, bob)
    with pytest.raises(NotItsTurn):
        services.put_in_force(by=bob, strategy=strategy)
    decide(strategy, Decision.Kind.MASLIKHAT, bob)
    with pytest.raises(GateNotPassed):
        services.put_in_force(by=bob, strategy=strategy)
    at_stage(strategy.process, Stage.IMPLEMENTATION)
    services.put_in_force(by=bob, strategy=strategy)
    strategy.refresh_from_db()
    assert strategy.state == strategy.dossier.state == Strategy.State.IN_FORCE
    assert strategy.publications.filter(made_at=None).count() == 3
    kinds = JournalEntry.objects.filter(kind="edp.strategy_moved_on").count()
    assert kinds == 5


def test_the_council_is_heard_in_the_consultation_and_nothing_decided_before_adoption(
    city: Territory, bob: User
) -> None:
    answer_rules()
    strategy = make_strategy(make_process(city, stage=Stage.CONSULTATION))
    at_stage(strategy.process, Stage.EVALUATION)
    with pytest.raises(NotItsTurn):
        services.put_before_council(by=bob, strategy=strategy)
    at_stage(strategy.process, Stage.CONSULTATION)
    hear_council(strategy, bob)
    with pytest.raises(NotItsTurn):
        decide(strategy, Decision.Kind.AKIMAT, bob)
    at_stage(strategy.process, Stage.ADOPTION)
    decide(strategy, Decision.Kind.AKIMAT, bob)


def test_a_plan_with_gaps_is_not_approved(process: DiscoveryProcess, bob: User) -> None:
    strategy = make_strategy(process)
    strategy.risks.all().delete()
    hear_council(strategy, bob)
    with pytest.raises(PlanNotWhole):
        decide(strategy, Decision.Kind.AKIMAT, bob)
    write(strategy, "risk", strategy.actions.get(), **risk_values())
    decide(strategy, Decision.Kind.AKIMAT, bob)


def test_official_texts_need_both_languages(process: DiscoveryProcess, bob: User) -> None:
    strategy = services.start_strategy(
        by=bob, process=process, wordings=[Wording("ru", "Стратегия", "Видение")]
    )
    with pytest.raises(TextMissing):
        services.publish_strategy(by=bob, strategy=strategy)
    services.write_strategy_texts(by=bob, strategy=strategy, wordings=WORDS)
    services.publish_strategy(by=bob, strategy=strategy)
    strategy.refresh_from_db()
    assert strategy.dossier.published_at is not None


def test_every_recommendation_is_owed_an_answer_and_gate_6_knows(
    strategy: Strategy, bob: User
) -> None:
    facts = adoption.facts_of(strategy.process)
    assert (facts.gaps, facts.is_council_heard, facts.is_council_answered) == (0, False, False)
    services.put_before_council(by=bob, strategy=strategy)
    with pytest.raises(AnswerRulesMissing):
        services.take_council_opinion(
            by=bob, strategy=strategy, body="C", decided_on=date(2026, 11, 2), reasons=REASONS,
            recommendations=[{"kk": "x", "ru": "x"}], addressee=strategy.process.lead_body,
        )  # fmt: skip
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.CONSULTED
    answer_rules()
    services.take_council_opinion(
        by=bob, strategy=strategy, body="C", decided_on=date(2026, 11, 2), reasons=REASONS,
        recommendations=[{"kk": "Бірінші", "ru": "Первая"}, {"kk": "Екінші", "ru": "Вторая"}],
        addressee=strategy.process.lead_body,
    )  # fmt: skip
    dues = AnswerDue.objects.filter(dossier=strategy.dossier)
    assert [due.due_on for due in dues] == [date(2026, 11, 16)] * 2
    assert not adoption.facts_of(strategy.process).is_council_answered
    for due in dues:
        publish_answer(
            by=None, answer_due=due,
            words=Words(disposition="rejected", reasoning_kk="Жоқ", reasoning_ru="Нет",
                        signed_name="A", signed_post="B"),
        )  # fmt: skip
    facts = adoption.facts_of(strategy.process)
    assert (facts.is_council_heard, facts.is_council_answered) == (True, True)
    assert not facts.has_akimat_decided
    decide(strategy, Decision.Kind.AKIMAT, bob)
    decide(strategy, Decision.Kind.MASLIKHAT, bob)
    facts = adoption.facts_of(strategy.process)
    assert facts.has_akimat_decided
    assert facts.has_maslikhat_decided


def test_a_process_without_a_strategy_has_a_gap(process: DiscoveryProcess) -> None:
    assert adoption.facts_of(process).gaps == 1


def test_the_chain_goes_on_from_each_priority(strategy: Strategy, bob: User) -> None:
    services.publish_strategy(by=bob, strategy=strategy)
    services.publish_strategy(by=bob, strategy=strategy)
    link = DossierLink.objects.get(target=strategy.dossier)
    assert link.source == strategy.priorities.get().priority.dossier


# --- The next version ---------------------------------------------------------------------------


def test_the_next_version_is_a_whole_copy_that_supersedes(strategy: Strategy, bob: User) -> None:
    process = strategy.process
    with pytest.raises(VersionUnderWay):
        services.start_next_version(by=bob, process=process)
    first = adopt(strategy, bob)
    InvestmentLine.objects.create(
        strategy=first, action=first.actions.get(), year=2028, amount=1, source="private",
        certainty="spent",
    )  # fmt: skip
    second = services.start_next_version(by=bob, process=process)
    assert (second.version, second.state, second.supersedes) == (2, "draft", first)
    before, after = read_strategy(first), read_strategy(second)
    assert after.money.planned == before.money.planned
    assert (before.money.total_spent, after.money.total_spent) == (1, 0)
    assert after.figures == before.figures
    assert {row.strategy_id for p in after.priorities for row in p.indicators} == {second.pk}
    write(second, "challenge", second, **names("New"))
    assert (first.challenges.count(), second.challenges.count()) == (1, 2)
    process.refresh_from_db()
    hear_council(second, bob)
    decide(second, Decision.Kind.AKIMAT, bob)
    decide(second, Decision.Kind.MASLIKHAT, bob)
    services.put_in_force(by=bob, strategy=second)
    first.refresh_from_db()
    assert first.state == first.dossier.state == Strategy.State.SUPERSEDED


def test_only_one_version_is_in_force(strategy: Strategy, bob: User) -> None:
    first = adopt(strategy, bob)
    second = services.start_next_version(by=bob, process=strategy.process)
    with as_restore(), pytest.raises(IntegrityError, match="strategy_one_in_force"):
        sql(f"UPDATE edp_strategy SET state = 'in_force' WHERE id = {second.pk}")
    assert Strategy.objects.in_force().get() == first


def test_a_replay_is_in_force_as_it_was_written(city: Territory) -> None:
    process = make_process(city, slug="normandy", origin="replay", source_note="OECD 2020")
    strategy = make_strategy(process)
    services.put_in_force(by=None, strategy=strategy)
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.IN_FORCE
    with pytest.raises(services.StrategyFrozen):
        write(strategy, "challenge", strategy, **names("Late"))
    assert Challenge.objects.count() == 1
    assert Indicator.objects.count() == 1
    assert timezone.now() - strategy.dossier.published_at < timedelta(minutes=5)
