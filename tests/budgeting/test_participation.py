"""Who took part: tables counted by hand, and what they leave out."""

from datetime import date

import pytest
from django.db.models import Sum

from accounts.models import User
from budgeting.ages import age_on, band_of
from budgeting.models import Election, Participation
from budgeting.services.participation import UNKNOWN, Voter, tables_of
from budgeting.services.proofs.lines import tie
from budgeting.works_reading import participations_of, statistics_of
from tests.budgeting.pages import decide
from tests.budgeting.registers import import_register, line_number, table


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0"), (15, "0"), (16, "16"), (17, "16"), (18, "18"), (75, "75"), (101, "75")],
)
def test_bands_begin_where_their_name_says(age: int, band: str) -> None:
    assert band_of(age) == band


def test_age_counts_whole_years() -> None:
    assert age_on(date(2008, 2, 29), date(2024, 2, 28)) == 15
    assert age_on(date(2008, 2, 29), date(2024, 2, 29)) == 16


def people(
    band: str, district: str, web: int, paper: int, stayed: int, sex: str = UNKNOWN
) -> list[Voter]:
    return [
        *[Voter(band, district, "web", sex)] * web,
        *[Voter(band, district, "paper", sex)] * paper,
        *[Voter(band, district, None, sex)] * stayed,
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


def test_age_by_sex_counted_by_hand() -> None:
    voters = [
        *people("18", "1", 10, 0, 20, "f"), *people("18", "1", 6, 2, 30, "m"),
        *people("35", "1", 20, 5, 25, "f"), *people("35", "1", 12, 8, 20, "m"),
        *people("18", "1", 5, 0, 5), *people("35", "1", 7, 0, 5),
    ]  # fmt: skip
    tables = tables_of(voters, 5)
    assert counts(tables["sex"]) == {"f": (80, 35), "m": (78, 28), UNKNOWN: (22, 12)}
    assert [row["key"] for row in tables["sex"]] == ["f", "m", UNKNOWN]
    assert tables["age_by_sex"] == {
        "18": {"f": 10, "m": 8, UNKNOWN: 5}, "35": {"f": 25, "m": 20, UNKNOWN: 7},
    }  # fmt: skip
    assert tables["age_by_district"] == {}


def test_what_one_table_hides_the_other_does_not_tell() -> None:
    # By hand: of those aged 75 four of twenty came, so that the total goes, and the smallest
    # of the others with it; then neither districts nor sexes of that line may add it up.
    few = [
        *people("35", "1", 20, 0, 30, "f"), *people("35", "2", 20, 0, 30, "m"),
        *people("65", "1", 30, 0, 30, "f"), *people("65", "2", 30, 0, 30, "m"),
        *people("75", "1", 2, 0, 8, "f"), *people("75", "2", 2, 0, 8, "m"),
    ]  # fmt: skip
    tables = tables_of(few, 5)
    assert counts(tables["age"])["75"] == (20, None)
    assert [row["count"] for row in tables["age"]].count(None) == 2
    for name in ("age_by_sex", "age_by_district"):
        assert set(tables[name]["75"].values()) == {None}


def test_where_no_register_tells_it_nothing_is_counted_by_sex() -> None:
    tables = tables_of([*people("18", "1", 9, 0, 9), *people("35", "1", 9, 0, 9)], 5)
    assert (tables["sex"], tables["age_by_sex"]) == ([], {})


def test_nobody_on_the_roll_gives_empty_tables() -> None:
    assert tables_of([], 5) == {
        "age": [], "district": [], "sex": [], "channel": [],
        "age_by_district": {}, "age_by_sex": {},
    }  # fmt: skip


def test_sex_is_that_of_the_register(election: Election, alice: User, bob: User) -> None:
    cycle = election.envelope.cycle
    import_register(cycle, table(range(2)))
    tie(line=line_number(cycle, 0), person=alice)
    decide(election, bob, [["1"]] * 6)
    tables = Participation.objects.get().tables
    assert [(row["key"], row["of"]) for row in tables["sex"]] == [("m", 1), (UNKNOWN, 6)]
    assert [row["count"] for row in tables["sex"]] == [None, None]
    (one,) = statistics_of(participations_of(cycle))
    assert [row.label for row in one.sexes] == ["Men", "Not known"]


def test_it_is_counted_once_as_the_results_are_published(
    election: Election, alice: User, bob: User
) -> None:
    decide(election, bob, [["1"]] * 6)
    (one,) = statistics_of(participations_of(election.envelope.cycle))
    # Six voters whose residence is not known, and Alice, who stayed at home.
    assert [(row.label, row.of, row.count) for row in one.channels] == [("On the web", None, 6)]
    assert {row.label: row.of for row in one.ages} == {"35–44": 1, "Not known": 6}
    assert [row.count for row in one.ages] == [None, None]
    assert one.has_gaps
    roll = election.roll.aggregate(casts=Sum("casts"))["casts"]
    assert (Participation.objects.count(), roll) == (1, 6)
