"""Gates in the database: passed once, by what was found, and by no other way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Helix, User
from edp import errors, phases
from edp.models import (
    Decision,
    DiscoveryProcess,
    GateCheck,
    GroupMembership,
    ResourcePlan,
    Stage,
    StageChange,
    Waiver,
)
from edp.services.decisions import record_decision
from edp.services.gates import check_gate, pass_gate, waive_condition
from edp.services.moving import move_by_decision
from participation.models import FanOut, JournalEntry, Phase, Territory
from tests.edp.making import make_process

REASONS = {"kk": "Себебі бар", "ru": "Есть причина"}


def announceable(city: Territory, **fields: Any) -> DiscoveryProcess:
    process = make_process(
        city,
        is_public=False,
        contact="econ@zhambyl.example",
        what_can_change_kk="Бәрі",
        what_can_change_ru="Всё",
        **fields,
    )
    now = timezone.now()
    Phase.objects.bulk_create(
        Phase(
            dossier=process.dossier,
            kind=kind.code,
            opens_at=now + timedelta(days=30 * number + 1),
            closes_at=now + timedelta(days=30 * number + 30),
        )
        for number, kind in enumerate(phases.PHASE_KINDS[:-1])
    )
    return process


def prepared(city: Territory) -> DiscoveryProcess:
    process = make_process(city, stage=Stage.PREPARATION)
    today = timezone.localdate()
    steering = [Helix.GOVERNMENT] * 3 + [Helix.BUSINESS] * 5
    steering += [Helix.ACADEMIA] * 2 + [Helix.CIVIL_SOCIETY] * 2
    GroupMembership.objects.bulk_create(
        GroupMembership(
            process=process,
            group="steering",
            name=f"Member {number}",
            helix=helix,
            since=today,
            declared_on=today,
            interests="–",
        )
        for number, helix in enumerate(steering)
    )
    ResourcePlan.objects.create(process=process, people=4, person_days=300, money=20_000_000)
    process.ruleset.frozen_at = timezone.now()
    process.ruleset.save()
    return process


def decide(process: DiscoveryProcess, kind: str, **fields: Any) -> Decision:
    return record_decision(
        by=None,
        process=process,
        kind=kind,
        body="Steering group",
        decided_on=timezone.localdate(),
        reasons=REASONS,
        **fields,
    )


def move(process: DiscoveryProcess, kind: str) -> StageChange:
    return move_by_decision(
        by=None,
        process=process,
        kind=kind,
        body="Akimat",
        decided_on=timezone.localdate(),
        reasons=REASONS,
    )


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def test_the_announcement_publishes_and_opens_the_preparation(city: Territory, bob: User) -> None:
    process = announceable(city)
    change = pass_gate(by=bob, process=process)
    process.refresh_from_db()
    process.dossier.refresh_from_db()
    assert process.stage == process.dossier.state == Stage.PREPARATION
    assert process.dossier.published_at is not None
    assert change.gate_check is not None
    assert [each["ok"] for each in change.gate_check.conditions] == [True] * 4
    assert process.dossier.phases.get(kind="preparation").is_open_at(timezone.now())
    entry = JournalEntry.objects.filter(dossier=process.dossier).latest("number")
    assert (entry.kind, entry.data["gate"]) == ("edp.gate_passed", 0)
    assert FanOut.objects.filter(event__kind="process_moved").exists()


def test_passing_ends_the_phase_that_was_left(city: Territory, bob: User) -> None:
    process = prepared(city)
    pass_gate(by=bob, process=process)
    left = process.dossier.phases.get(kind="preparation")
    assert left.closes_at <= timezone.now()


@pytest.mark.parametrize("missing", ["contact", "what_can_change_kk"])
def test_a_gate_says_what_is_missing(city: Territory, bob: User, missing: str) -> None:
    process = announceable(city)
    DiscoveryProcess.objects.filter(pk=process.pk).update(**{missing: ""})
    with pytest.raises(errors.GateClosed) as refusal:
        pass_gate(by=bob, process=process)
    assert str(refusal.value.way_out).endswith(".")
    process.refresh_from_db()
    assert process.stage == Stage.DRAFT
    assert not GateCheck.objects.exists()


def test_a_wrong_ruleset_keeps_the_first_gate_closed(city: Territory) -> None:
    process = announceable(city)
    process.ruleset.data = {"gates": {"min_workshops": "many"}}
    process.ruleset.save()
    assert [condition.code for condition in check_gate(process).missing] == ["ruleset"]


def test_a_waived_condition_lets_through_and_stays_visible(city: Territory, bob: User) -> None:
    process = announceable(city)
    DiscoveryProcess.objects.filter(pk=process.pk).update(contact="")
    process.refresh_from_db()
    waiver = waive_condition(
        by=bob,
        process=process,
        condition="contact",
        body="Akimat",
        decided_on=timezone.localdate(),
        reasons=REASONS,
    )
    assert waiver.decision.kind == Decision.Kind.WAIVE
    change = pass_gate(by=bob, process=process)
    assert change.gate_check is not None
    (kept,) = [each for each in change.gate_check.conditions if each["code"] == "contact"]
    assert (kept["ok"], kept["waived"]) == (False, True)


@pytest.mark.parametrize(
    ("condition", "refusal"),
    [("weather", errors.UnknownCondition), ("ruleset", errors.NothingToWaive)],
)
def test_what_cannot_be_waived(
    city: Territory, bob: User, condition: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        waive_condition(
            by=bob,
            process=announceable(city),
            condition=condition,
            body="Akimat",
            decided_on=timezone.localdate(),
            reasons=REASONS,
        )
    assert not Decision.objects.exists()


def test_a_condition_is_waived_once(city: Territory, bob: User) -> None:
    process = make_process(city)
    words: dict[str, Any] = {
        "by": bob,
        "process": process,
        "condition": "contact",
        "body": "Akimat",
        "decided_on": timezone.localdate(),
        "reasons": REASONS,
    }
    waive_condition(**words)
    with pytest.raises(errors.NothingToWaive):
        waive_condition(**words)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"reasons": {"kk": "Себебі бар"}}, errors.ReasonsMissing),
        ({"reasons": {"kk": " ", "ru": "Есть"}}, errors.ReasonsMissing),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, errors.DecidedInFuture),
    ],
)
def test_decisions_have_reasons_and_a_day(
    city: Territory, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    words: dict[str, Any] = {
        "by": None,
        "process": make_process(city),
        "kind": Decision.Kind.SELECT,
        "body": "Akimat",
        "decided_on": timezone.localdate(),
        "reasons": REASONS,
    }
    with pytest.raises(refusal):
        record_decision(**(words | fields))


def test_one_step_back_and_on_again(city: Territory, bob: User) -> None:
    process = prepared(city)
    pass_gate(by=bob, process=process)
    move(process, Decision.Kind.STEP_BACK)
    process.refresh_from_db()
    assert process.stage == Stage.PREPARATION
    pass_gate(by=bob, process=process)
    assert [change.to_stage for change in process.stage_changes.all()] == [
        "mapping",
        "preparation",
        "mapping",
    ]


def test_suspended_goes_on_where_it_stood(city: Territory) -> None:
    process = make_process(city, stage=Stage.DISCOVERY)
    move(process, Decision.Kind.SUSPEND)
    assert not process.dossier.phases.get().is_open_at(timezone.now())
    with pytest.raises(errors.NoGate):
        pass_gate(by=None, process=process)
    move(process, Decision.Kind.RESUME)
    process.refresh_from_db()
    assert process.stage == Stage.DISCOVERY
    move(process, Decision.Kind.CANCEL)
    with pytest.raises(errors.WrongStage):
        move(process, Decision.Kind.RESUME)


def test_a_review_is_opened_by_decision_and_ends_at_its_gate(city: Territory) -> None:
    process = make_process(city, stage=Stage.IMPLEMENTATION)
    move(process, Decision.Kind.PASS_GATE)
    process.refresh_from_db()
    assert process.stage == Stage.REVIEW
    assert check_gate(process).gate == 7


def test_a_replay_has_no_gates(city: Territory) -> None:
    replay = make_process(city, origin="replay", source_note="OECD 2020")
    with pytest.raises(errors.NotOurs):
        check_gate(replay)
    with pytest.raises(errors.NotOurs):
        decide(replay, Decision.Kind.SELECT)


def test_a_gate_is_passed_by_whoever_saw_it(city: Territory, bob: User) -> None:
    process = announceable(city)
    stale = DiscoveryProcess.objects.get(pk=process.pk)
    pass_gate(by=bob, process=process)
    with pytest.raises(errors.AlreadyMoved):
        pass_gate(by=bob, process=stale)
    with pytest.raises(errors.AlreadyMoved):
        pass_gate(by=bob, process=process, gate=0)


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_one_gate(city: Territory, bob: User) -> None:
    process = announceable(city)
    barrier, ended = Barrier(2), []

    def go() -> None:
        seen = DiscoveryProcess.objects.select_related("dossier", "ruleset").get(pk=process.pk)
        barrier.wait()
        try:
            pass_gate(by=bob, process=seen)
            ended.append("passed")
        except errors.AlreadyMoved:
            ended.append("too late")
        finally:
            connection.close()

    both = [Thread(target=go) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(ended) == ["passed", "too late"]
    assert GateCheck.objects.count() == StageChange.objects.count() == 1


# --- By raw SQL ------------------------------------------------------------------------------


def test_a_stage_moves_by_a_change_only(city: Territory) -> None:
    process = announceable(city)
    with refused("moves by a change of stage only"):
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=Stage.PREPARATION)


def test_an_old_change_moves_nothing_again(city: Territory, bob: User) -> None:
    process = announceable(city)
    pass_gate(by=bob, process=process)
    move(process, Decision.Kind.STEP_BACK)
    with refused("moves by a change of stage only"):
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=Stage.PREPARATION)


def test_a_process_begins_as_a_draft(city: Territory) -> None:
    process = make_process(city)
    other = make_process(city, slug="other", origin="replay", source_note="Elsewhere")
    fields = {f.attname: getattr(process, f.attname) for f in process._meta.concrete_fields}
    with refused("begins as a draft"):
        DiscoveryProcess.objects.create(**{**fields, "id": None, "stage": "adoption"})
    with refused("where process zhambyl took place"):
        DiscoveryProcess.objects.filter(pk=process.pk).update(origin="replay", source_note="x")
    with refused("moves by a change of stage only"):
        DiscoveryProcess.objects.filter(pk=other.pk).update(stage="adoption")


def insert_check(process: DiscoveryProcess, gate: int, **condition: Any) -> GateCheck:
    told = {"code": "contact", "value": "1", "threshold": "1", "ok": True, "waived": False}
    return GateCheck.objects.create(process=process, gate=gate, conditions=[told | condition])


def test_a_check_with_something_missing_is_refused(city: Territory) -> None:
    process = make_process(city)
    for condition in ({"ok": False}, {"ok": False, "waived": True}, {"ok": None}):
        with refused("neither met nor waived"):
            insert_check(process, 0, **condition)
    with refused("a gate has conditions"):
        GateCheck.objects.create(process=process, gate=0, conditions=[])


def test_a_waiver_needs_a_decision_to_waive(city: Territory) -> None:
    process = make_process(city)
    with refused("only a decision to set a condition aside"):
        Waiver.objects.create(
            decision=decide(process, Decision.Kind.SELECT), gate=0, condition="contact"
        )


def test_a_waiver_of_another_process_helps_nobody(city: Territory) -> None:
    process, other = make_process(city), make_process(city, slug="other")
    waived = decide(other, Decision.Kind.WAIVE)
    Waiver.objects.create(decision=waived, gate=0, condition="contact")
    with refused("neither met nor waived"):
        insert_check(process, 0, ok=False, waived=True)


@pytest.mark.parametrize(
    ("stage", "gate", "to_stage"),
    [
        (Stage.DRAFT, 0, Stage.MAPPING),
        (Stage.DRAFT, 1, Stage.PREPARATION),
        (Stage.DISCOVERY, 3, Stage.CANCELLED),
        (Stage.IMPLEMENTATION, 7, Stage.REVIEW),
        (Stage.SUSPENDED, 3, Stage.EVALUATION),
    ],
)
def test_no_gate_leads_elsewhere(city: Territory, stage: str, gate: int, to_stage: str) -> None:
    process = make_process(city, stage=stage)
    check = insert_check(process, gate)
    with refused("nothing leads"):
        StageChange.objects.create(
            process=process, from_stage=stage, to_stage=to_stage, gate_check=check
        )


@pytest.mark.parametrize(
    ("kind", "stage", "to_stage"),
    [
        (Decision.Kind.STEP_BACK, Stage.EVALUATION, Stage.MAPPING),
        (Decision.Kind.STEP_BACK, Stage.DRAFT, Stage.DRAFT),
        (Decision.Kind.SELECT, Stage.EVALUATION, Stage.CONSULTATION),
        (Decision.Kind.PASS_GATE, Stage.EVALUATION, Stage.CONSULTATION),
        (Decision.Kind.RESUME, Stage.SUSPENDED, Stage.ADOPTION),
        (Decision.Kind.CANCEL, Stage.CLOSED, Stage.CANCELLED),
    ],
)
def test_no_decision_leads_elsewhere(city: Territory, kind: str, stage: str, to_stage: str) -> None:
    process = make_process(city, stage=stage)
    with refused("nothing leads"):
        StageChange.objects.create(
            process=process,
            from_stage=stage,
            to_stage=to_stage,
            decision=decide(process, kind),
        )


def test_a_check_of_another_process_moves_nothing(city: Territory) -> None:
    process, other = make_process(city), make_process(city, slug="other")
    with refused("nothing leads"):
        StageChange.objects.create(
            process=process,
            from_stage="draft",
            to_stage="preparation",
            gate_check=insert_check(other, 0),
        )


@pytest.mark.django_db(transaction=True)
def test_no_check_is_kept_in_store(city: Territory) -> None:
    process = make_process(city)
    check = insert_check(process, 0)
    with refused("nothing leads"):
        StageChange.objects.create(
            process=process, from_stage="draft", to_stage="preparation", gate_check=check
        )


def test_work_does_not_start_on_rules_that_may_change(city: Territory) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    with refused("are not frozen"):
        StageChange.objects.create(
            process=process,
            from_stage="preparation",
            to_stage="mapping",
            gate_check=insert_check(process, 1),
        )


def test_rules_are_fixed_once_the_work_has_started(city: Territory) -> None:
    process = make_process(city, stage=Stage.MAPPING)
    other = type(process.ruleset).objects.create(
        kind="edp.process", key="easier", name="Easier", data={}
    )
    with refused("are fixed"):
        DiscoveryProcess.objects.filter(pk=process.pk).update(ruleset=other)


@pytest.mark.parametrize("table", ["decision", "gatecheck", "waiver", "stagechange"])
def test_what_was_decided_never_changes(city: Territory, bob: User, table: str) -> None:
    process = make_process(city)
    decision = decide(process, Decision.Kind.WAIVE)
    Waiver.objects.create(decision=decision, gate=0, condition="contact")
    check = GateCheck.objects.create(
        process=process,
        gate=0,
        conditions=[{"code": "contact", "ok": False, "waived": True}],
    )
    StageChange.objects.create(
        process=process, from_stage="draft", to_stage="preparation", gate_check=check
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for sql in (
        f"UPDATE edp_{table} SET id = id",
        f"DELETE FROM edp_{table}",
        f"TRUNCATE edp_{table} CASCADE",
    ):
        with refused("append-only"), connection.cursor() as cursor:
            cursor.execute(sql)
