"""After adoption: measurements, money spent, the wheel, calls, the review."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from edp import personal_data_of_strategies as personal
from edp.facts import review
from edp.follow_up_reading import calls_by_kind, wheel_of
from edp.models import (
    DiscoveryProcess,
    GroupMembership,
    Indicator,
    Measurement,
    Stage,
    WheelAssessment,
    WheelScore,
)
from edp.services import follow_up as services
from edp.services import strategy as strategies
from edp.wheel import FACTORS
from participation.models import JournalEntry, Role, Territory
from tests.conftest import as_restore
from tests.edp.making import make_process
from tests.edp.strategies import REASONS, make_strategy, names

ADDRESS = "/en/edp/zhambyl/follow-up/"


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    """With a strategy in force and a review under way."""
    process = make_process(city, stage=Stage.ADOPTION, territory=city)
    strategy = make_strategy(process)
    strategies.publish_strategy(by=None, strategy=strategy)
    with as_restore():
        type(strategy).objects.filter(pk=strategy.pk).update(state="in_force")
        DiscoveryProcess.objects.filter(pk=process.pk).update(stage=Stage.REVIEW)
    process.refresh_from_db()
    return process


@pytest.fixture
def indicator(process: DiscoveryProcess) -> Indicator:
    return process.strategies.get().indicators.get()


def seat(process: DiscoveryProcess, person: User, group: str) -> None:
    GroupMembership.objects.create(
        process=process, group=group, person=person, helix="academia", since=date(2026, 1, 1)
    )


def test_a_correction_is_a_new_row_and_both_stay(indicator: Indicator, bob: User) -> None:
    wrong = services.record_measurement(
        by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(3)
    )
    with pytest.raises(services.ReasonMissing):
        services.record_measurement(
            by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(4),
            corrects=wrong,
        )  # fmt: skip
    right = services.record_measurement(
        by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(4),
        note="A typing error", corrects=wrong,
    )  # fmt: skip
    with pytest.raises(services.CorrectedAlready):
        services.record_measurement(
            by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(5),
            note="Again", corrects=wrong,
        )  # fmt: skip
    assert list(Measurement.objects.current()) == [right]
    assert JournalEntry.objects.filter(kind="edp.indicator_corrected").count() == 1
    body = Client().get(ADDRESS).content.decode()
    assert "A typing error" in body
    assert "20\u00a0% of the way to the target" in body


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edp_measurement SET value = 9",
        "DELETE FROM edp_measurement",
        "TRUNCATE edp_measurement",
    ],
)
def test_a_value_never_changes_not_even_by_sql(
    indicator: Indicator, bob: User, statement: str
) -> None:
    services.record_measurement(
        by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(3)
    )
    with (
        pytest.raises(DatabaseError, match=r"append-only|pending"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_correction_is_of_the_same_indicator(
    indicator: Indicator, city: Territory, bob: User
) -> None:
    other = make_strategy(make_process(city, stage=Stage.ADOPTION, slug="other")).indicators.get()
    row = services.record_measurement(
        by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(3)
    )
    with pytest.raises(IntegrityError, match="same indicator"), transaction.atomic():
        Measurement.objects.create(
            indicator=other, measured_on=date(2026, 11, 1), value=1, note="x", corrects=row
        )
    with pytest.raises(services.NotInForce):
        services.record_measurement(
            by=bob, indicator=other, measured_on=date(2026, 11, 1), value=Decimal(3)
        )


def test_values_of_days_to_come_are_refused(indicator: Indicator, bob: User) -> None:
    with pytest.raises(services.DayToCome):
        services.record_measurement(
            by=bob, indicator=indicator, measured_on=date(2099, 1, 1), value=Decimal(3)
        )


def test_spending_stands_beside_a_frozen_plan(process: DiscoveryProcess, bob: User) -> None:
    action = process.strategies.get().actions.get()
    services.record_spending(
        by=bob, action=action, year=2027, amount=Decimal("10.01"), source="private", evidence=""
    )
    with pytest.raises(DatabaseError, match="approved"), transaction.atomic():
        action.money.create(
            strategy_id=action.strategy_id, year=2027, amount=1, source="private",
            certainty="pledged",
        )  # fmt: skip
    body = Client().get(ADDRESS).content.decode()
    assert "spent so far 10.01" in body


def test_the_wheel_is_for_the_steering_group_and_peers(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    scores = dict.fromkeys(FACTORS, (4, "Because"))
    with pytest.raises(services.NotAnAssessor):
        services.judge_by_wheel(by=charlie, process=process, scores=scores)
    seat(process, alice, "steering")
    seat(process, bob, "peers")
    services.judge_by_wheel(by=alice, process=process, scores=scores)
    services.judge_by_wheel(by=alice, process=process, scores={**scores, "assets": (0, "")})
    services.judge_by_wheel(by=bob, process=process, scores={"assets": (2, "")})
    assert WheelAssessment.objects.count() == 2
    found = wheel_of(process)
    assert found is not None
    assert (found["assessors"], found["external"]) == (2, 1)
    assets = found["steps"][0]["factors"][0]["mean"]
    assert (assets.value, assets.number) == (2, 1)
    body = Client().get(ADDRESS).content.decode()
    assert "<polygon" in body
    assert "there is no single score" in body
    facts = review.facts_of(process)
    assert (facts.wheel_assessors, facts.external_assessors) == (2, 1)


def test_a_wheel_in_the_hand_is_kept_when_something_is_wrong(
    process: DiscoveryProcess, alice: User
) -> None:
    seat(process, alice, "steering")
    client = Client()
    client.force_login(alice)
    data = {"form_key": str(uuid4()), "assets": "9", "assets_evidence": "«Фосфорит»"}
    page = client.post(f"{ADDRESS}wheel/", data)
    assert page.status_code == 422
    assert "«Фосфорит»" in page.content.decode()
    assert not WheelScore.objects.exists()
    whole = dict.fromkeys(FACTORS, "3") | {"form_key": str(uuid4())}
    assert client.post(f"{ADDRESS}wheel/", whole).status_code == 302
    assert WheelScore.objects.count() == 18


def test_what_a_person_said_goes_and_the_means_stay(process: DiscoveryProcess, alice: User) -> None:
    seat(process, alice, "steering")
    services.judge_by_wheel(by=alice, process=process, scores={"assets": (4, "Mine")})
    assert personal.export(alice)["wheels"][0]["scores"][0]["evidence"] == "Mine"
    personal.erase(alice)
    assert WheelScore.objects.get().evidence == ""
    assert WheelScore.objects.get().score == 4


def test_calls_say_how_many_applied_and_were_selected(process: DiscoveryProcess, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    data = {"form_key": str(uuid4()), **names("Vouchers"), "kind": "voucher", "currency": "KZT",
            "applicants": "128", "selected": "335"}  # fmt: skip
    page = client.post(f"{ADDRESS}calls/new/", data)
    assert page.status_code == 422
    assert "No more can be selected" in page.content.decode()
    data |= {"applicants": "335", "selected": "128"}
    assert client.post(f"{ADDRESS}calls/new/", data).status_code == 302
    body = Client().get(ADDRESS).content.decode()
    assert "335 applications." in body
    assert "128 selected." in body


def test_gate_7_asks_for_values_the_wheel_and_a_decision(
    process: DiscoveryProcess, bob: User, indicator: Indicator
) -> None:
    facts = review.facts_of(process)
    assert (facts.measurements_missing, facts.is_revision_decided) == (0, False)
    with as_restore():
        Indicator.objects.update(first_result_on=date(2026, 1, 1))
    assert review.facts_of(process).measurements_missing == 1
    services.record_measurement(
        by=bob, indicator=indicator, measured_on=date(2026, 11, 1), value=Decimal(3)
    )
    services.decide_revision(
        by=bob, process=process, body="Steering", decided_on=date(2026, 11, 2), reasons=REASONS
    )
    facts = review.facts_of(process)
    assert (facts.measurements_missing, facts.is_revision_decided) == (0, True)


def test_a_revision_is_not_decided_before_there_is_anything_to_revise(
    city: Territory, bob: User
) -> None:
    process = make_process(city, stage=Stage.DISCOVERY, slug="early")
    with pytest.raises(services.NotUnderReview):
        services.decide_revision(
            by=bob, process=process, body="S", decided_on=date(2026, 11, 2), reasons=REASONS
        )


def test_measuring_is_for_organisers_and_analysts(
    process: DiscoveryProcess, indicator: Indicator, alice: User, charlie: User
) -> None:
    since = timezone.now() - timedelta(days=1)
    Role.objects.create(
        person=charlie, kind=Role.Kind.ANALYST, dossier=process.dossier, valid_from=since
    )
    data = {"form_key": str(uuid4()), "measured_on": "01.11.2026", "value": "12,5"}
    for person, status in ((alice, 404), (charlie, 302)):
        client = Client()
        client.force_login(person)
        page = client.post(f"{ADDRESS}indicators/{indicator.pk}/", data)
        assert page.status_code == status
    assert Measurement.objects.get().value == Decimal("12.5")


def test_calls_are_summed_by_kind(process: DiscoveryProcess) -> None:
    for kind, applicants, selected in (
        ("voucher", 335, None), ("call", None, 128), ("call", 40, 12), ("concept", 9, None),
    ):  # fmt: skip
        values = {**names("Call"), "kind": kind, "applicants": applicants, "selected": selected}
        services.write_call(by=None, process=process, values=values)
    found = [(row.label, row.calls, row.applicants, row.selected) for row in calls_by_kind(process)]
    assert found == [
        ("call for projects", 2, 40, 140),
        ("innovation vouchers", 1, 335, None),
        ("project concepts", 1, 9, None),
    ]
    assert "Calls by kind" in Client().get(ADDRESS).content.decode()
