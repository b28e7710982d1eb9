"""The demo's strategies: Zhambyl's draft and Normandy's replay, to the digit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client

from accounts.models import User
from config.demo.discovery import normandy, strategy
from edp.models import Stage, Strategy
from edp.strategy_document import matrix_of
from edp.strategy_reading import read_strategy
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.strategies import make_priority


@pytest.fixture
def zhambyl(city: Territory, bob: User) -> Strategy:
    process = make_process(city, stage=Stage.CONSULTATION, territory=city)
    for number, category in enumerate(("proven", "emerging", "wild_card"), start=1):
        make_priority(process, number, category=category)
    strategy.load(process=process, people={"organiser": bob})
    return Strategy.objects.for_display().get()


def test_the_first_priority_is_two_fifths_public(zhambyl: Strategy) -> None:
    reading = read_strategy(zhambyl)
    money = reading.priorities[0].money
    assert (money.total, money.public, money.private) == (
        Decimal(2_000_000_000),
        Decimal(800_000_000),
        Decimal(1_200_000_000),
    )
    assert money.public_share == Fraction(2, 5)
    assert reading.gaps == []


def test_the_draft_is_public_and_fits_the_plan_in_part(zhambyl: Strategy) -> None:
    matrix = matrix_of(zhambyl, read_strategy(zhambyl).priorities)
    assert [row.number for row in matrix.unmatched_priorities] == ["P3"]
    assert [row.name_en for row in matrix.unmatched_objectives] == ["Develop tourism"]
    for language in ("kk", "ru", "en"):
        assert Client().get(f"/{language}/edp/zhambyl/strategy/1/").status_code == 200


def test_without_candidates_there_is_no_draft(city: Territory, bob: User) -> None:
    process = make_process(city, stage=Stage.CONSULTATION)
    strategy.load(process=process, people={"organiser": bob})
    assert not process.strategies.exists()


def test_normandy_has_six_challenges_ten_priorities_and_6_6_million(city: Territory) -> None:
    place = Territory.objects.create(
        slug="france", kind="country", name_kk="Франция", name_ru="Франция",
        name_en="France",
    )  # fmt: skip
    process = normandy.load(people={}, places={"france": place})
    reading = read_strategy(process.strategies.in_force().for_display().get())
    assert [len(c.priorities) for c in reading.challenges] == [2, 2, 2, 2, 1, 1]
    assert (reading.money.total, reading.strategy.currency) == (Decimal(6_600_000), "EUR")
    assert reading.money.public_share == 1
    body = Client().get("/en/edp/normandy-2017/strategy/1/").content.decode()
    assert "land of equine excellency" in body
    assert "not documented in the source" in body
