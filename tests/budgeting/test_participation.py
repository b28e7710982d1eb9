"""Who took part: tables counted by hand, and what they leave out."""

from datetime import date

import pytest
from django.db.models import Sum

from accounts.models import User
from budgeting.ages import age_on, band_of
from budgeting.models import Election, Participation
from budgeting.services.participation import Voter, tables_of
from budgeting.works_reading import statistics_of
from tests.budgeting.pages import decide


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0"), (15, "0"), (16, "16"), (17, "16"), (18, "18"), (75, "75"), (101, "75")],
)
def test_bands_begin_where_their_name_says(age: int, band: str) -> None:
    assert band_of(age) == band


def test_age_counts_whole_years() -> None:
    assert age_on(date(2008, 2, 29), date(2024, 2, 28)) == 15
    assert age_on(date(2008, 2, 29), date(2024, 2, 29)) == 16


def people(band: str, district: str, web: int, paper: int, stayed: int) -> list[Voter]:
    return [
        *[Voter(band, district, "web")] * web,
        *[Voter(band, district, "paper")] * paper,
        *[Voter(band, district, None)] * stayed,
    ]


def counts(rows: list[dict[str, object]]) -> dict[object, tuple[object, object]]:
    return {row["key"]: (row["of"], row["count"]) for row in rows}


def test_tables_counted_by_hand() -> None:
    voters = [
        *people("18", "1", 10, 0, 20), *people("18", "2", 8, 2, 30),
        *people("35", "1", 20, 5, 25), *people("35", "2", 12, 8, 20),
    ]  # fmt: skip
    tables = tables_of(voters, 5)
    assert counts(tables["age"]) == {"18": (70, 20), "35": (90, 45)}
    assert counts(tables["district"]) == {"1": (80, 35), "2": (80, 30)}
    assert counts(tables["channel"]) == {"paper": (None, 15), "web": (None, 50)}
    assert tables["age_by_district"] == {"18": {"1": 10, "2": 10}, "35": {"1": 25, "2": 20}}


def test_a_handful_is_left_out_and_cannot_be_reckoned() -> None:
    # Of 18 to 24 in district 2 three voted: 13 - 10, 23 - 20 and 3 of 40 must all be unknown.
    voters = [
        *people("18", "1", 10, 0, 20), *people("18", "2", 3, 0, 37),
        *people("35", "1", 25, 0, 25), *people("35", "2", 20, 0, 20),
    ]  # fmt: skip
    tables = tables_of(voters, 5)
    assert counts(tables["age"]) == {"18": (70, 13), "35": (90, 45)}
    assert tables["age_by_district"] == {
        "18": {"1": None, "2": None}, "35": {"1": None, "2": None},
    }  # fmt: skip


def test_almost_everybody_is_as_telling_as_hardly_anybody() -> None:
    # Of twelve aged 75 and older all but one voted.
    voters = [
        *people("35", "1", 20, 0, 30),
        *people("65", "1", 30, 0, 30),
        *people("75", "1", 11, 0, 1),
    ]
    tables = tables_of(voters, 5)
    assert counts(tables["age"]) == {"35": (50, None), "65": (60, 30), "75": (12, None)}
    assert tables["age_by_district"] == {}


def test_one_place_and_one_age_say_what_the_turnout_says() -> None:
    tables = tables_of(people("35", "1", 2, 0, 1), 5)
    assert counts(tables["age"]) == {"35": (3, 2)}


def test_nobody_on_the_roll_gives_empty_tables() -> None:
    assert tables_of([], 5) == {"age": [], "district": [], "channel": [], "age_by_district": {}}


def test_it_is_counted_once_as_the_results_are_published(
    election: Election, alice: User, bob: User
) -> None:
    decide(election, bob, [["1"]] * 6)
    (one,) = statistics_of(election.envelope.cycle)
    # Six voters whose residence is not known, and Alice, who stayed at home.
    assert [(row.label, row.of, row.count) for row in one.channels] == [("On the web", None, 6)]
    assert {row.label: row.of for row in one.ages} == {"35–44": 1, "Not known": 6}
    assert [row.count for row in one.ages] == [None, None]
    assert one.has_gaps
    roll = election.roll.aggregate(casts=Sum("casts"))["casts"]
    assert (Participation.objects.count(), roll) == (1, 6)
