"""Two thirds on every date: the story of a council of 21, and histories made at random."""

import csv
import io
import json
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from councils.composition import (
    CIVIL,
    STATE,
    Seat,
    breaches,
    composition,
    is_lawful,
    is_refused,
    least_civil_members,
    most_state_members,
    problems,
)
from councils.quorum import quorum_of
from tests.edp.examples import EXAMPLES

START, END = date(2025, 2, 3), date(2028, 2, 3)
STORY = [
    *(Seat(f"C{n}", CIVIL, START) for n in range(1, 15) if n not in (3, 9)),
    Seat("C3", CIVIL, START, date(2026, 3, 16)),
    Seat("C9", CIVIL, START, date(2026, 5, 4)),
    *(Seat(f"S{n}", STATE, START) for n in range(1, 8) if n != 5),
    Seat("S5", STATE, START, date(2026, 6, 1)),
    Seat("C15", CIVIL, date(2026, 4, 20)),
    Seat("C16", CIVIL, date(2026, 9, 7)),
]
EXPECTED = [
    ("2025-02-03", "2026-03-16", 21, 14, 7, Fraction(2, 3), True),
    ("2026-03-16", "2026-04-20", 20, 13, 7, Fraction(13, 20), False),
    ("2026-04-20", "2026-05-04", 21, 14, 7, Fraction(2, 3), True),
    ("2026-05-04", "2026-06-01", 20, 13, 7, Fraction(13, 20), False),
    ("2026-06-01", "2026-09-07", 19, 13, 6, Fraction(13, 19), True),
    ("2026-09-07", "2028-02-03", 20, 14, 6, Fraction(7, 10), True),
]


def test_every_date_of_the_story() -> None:
    found = composition(STORY, START, END)
    assert [
        (str(i.since), str(i.until), i.members, i.civil, i.state, i.share, i.is_lawful)
        for i in found
    ] == EXPECTED
    spans = breaches(found)
    assert [(b - a).days for a, b in spans] == [35, 28]


@pytest.mark.parametrize(
    ("members", "officials"),
    [(15, 5), (16, 5), (17, 5), (18, 6), (20, 6), (21, 7), (23, 7), (24, 8), (26, 8), (27, 9),
     (29, 9), (30, 10), (9, 3), (10, 3), (11, 3), (12, 4)],
)  # fmt: skip
def test_how_many_officials_a_council_may_have(members: int, officials: int) -> None:
    assert most_state_members(members) == officials
    assert is_lawful(members - officials, members)
    assert not is_lawful(members - officials - 1, members)


@pytest.mark.parametrize(
    "example", EXAMPLES["council_composition"], ids=lambda example: str(example["members"])
)
def test_councils_of_the_worked_examples(example: dict[str, int]) -> None:
    members = example["members"]
    assert most_state_members(members) == example["max_officials"]
    assert least_civil_members(members) == example["min_civil"]
    quorum = quorum_of(members, Fraction(2, 3), must_exceed=False)
    assert quorum == example["quorum_two_thirds"]


def test_two_thirds_is_enough_although_a_float_says_no() -> None:
    assert not 14 / 21 >= 0.6667
    assert is_lawful(14, 21)
    assert is_lawful(0, 0)


def test_an_official_too_many_is_refused() -> None:
    council = [Seat(f"C{n}", CIVIL, START) for n in range(14)]
    council += [Seat(f"S{n}", STATE, START) for n in range(7)]
    assert is_refused(council, Seat("S8", STATE, date(2025, 6, 2)), END)
    assert not is_refused(council, Seat("C15", CIVIL, date(2025, 6, 2)), END)
    after_a_resignation = [*council[:-1], Seat("S6", STATE, START, date(2025, 9, 1))]
    assert is_refused(after_a_resignation, Seat("S8", STATE, date(2025, 6, 2)), END)
    assert not is_refused(after_a_resignation, Seat("S8", STATE, date(2025, 9, 1)), END)


def test_a_civil_member_is_welcome_even_where_they_do_not_yet_heal_the_breach() -> None:
    council = [Seat("C1", CIVIL, START), *(Seat(f"S{n}", STATE, START) for n in range(3))]
    assert not is_refused(council, Seat("C2", CIVIL, date(2025, 6, 2)), END)


def test_what_no_history_can_hold() -> None:
    backwards = Seat("C1", CIVIL, START, START)
    assert "before coming" in problems([backwards])[0]
    twice = [Seat("C1", CIVIL, START), Seat("C1", STATE, date(2026, 1, 1))]
    assert problems(twice) == ["C1 holds two seats on 2026-01-01"]
    assert problems(STORY) == []


days = st.integers(min_value=0, max_value=400)


@st.composite
def histories(draw: st.DrawFn) -> list[Seat]:
    number = draw(st.integers(min_value=0, max_value=12))
    seats = []
    for place in range(number):
        since = START + timedelta(days=draw(days))
        length = draw(st.one_of(st.none(), st.integers(min_value=1, max_value=400)))
        until = since + timedelta(days=length) if length else None
        seats.append(Seat(str(place), draw(st.sampled_from([CIVIL, STATE])), since, until))
    return seats


@given(histories())
def test_intervals_say_of_every_day_what_counting_that_day_says(seats: list[Seat]) -> None:
    end = START + timedelta(days=500)
    found = composition(seats, START, end)
    assert found[0].since == START
    assert found[-1].until == end
    for earlier, later in pairwise(found):
        assert earlier.until == later.since
        assert (earlier.civil, earlier.state) != (later.civil, later.state)
    for offset in range(0, 500, 7):
        day = START + timedelta(days=offset)
        (interval,) = [i for i in found if i.since <= day < i.until]
        sitting = [seat.side for seat in seats if seat.covers(day)]
        assert (interval.civil, interval.state) == (sitting.count(CIVIL), sitting.count(STATE))
        assert interval.is_lawful == (3 * interval.civil >= 2 * interval.members)


@given(histories(), days)
def test_whoever_is_not_refused_breaks_nothing(seats: list[Seat], offset: int) -> None:
    end = START + timedelta(days=500)
    new = Seat("new", STATE, START + timedelta(days=offset))
    if not is_refused(seats, new, end):
        after = composition([*seats, new], new.since, end)
        assert all(interval.is_lawful for interval in after)


def history_file(folder: Path, seats: list[Seat]) -> Path:
    out = io.StringIO()
    rows = [[s.member, s.side, s.since, s.until or ""] for s in seats]
    csv.writer(out).writerows([["member", "side", "from", "until"], *rows])
    path = folder / "history.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_the_command_tells_the_story(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("composition", history_file(tmp_path, STORY), "--until", "2028-02-03", "--json",
                 stdout=out)  # fmt: skip
    found = json.loads(out.getvalue())
    assert found["days_in_breach"] == 63
    assert [b["days"] for b in found["breaches"]] == [35, 28]
    assert [(i["from"], i["until"], i["members"], i["lawful"]) for i in found["intervals"]] == [
        (since, until, members, lawful) for since, until, members, _, _, _, lawful in EXPECTED
    ]
    told = io.StringIO()
    call_command("composition", history_file(tmp_path, STORY), stdout=told)
    assert "days in breach: 63" in told.getvalue()


def refused(*arguments: Any) -> str:
    error = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*arguments, stderr=error)
    assert ended.value.code == 2
    assert error.getvalue().count("\n") == 1
    return error.getvalue()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("member,side\n", "line 1: there is no column from, until"),
        ("member,side,from,until\n", "no rows"),
        ("member,side,from,until\nA,royal,2025-01-01,\n", "line 2: a side is civil or state"),
        ("member,side,from,until\nA,civil,soon,\n", "line 2: 'soon' is not a date"),
        ("member,side,from,until\n,civil,2025-01-01,\n", "line 2: member is empty"),
        ("member,side,from,until\nA,civil,2025-01-02,2025-01-01\n", "before coming"),
    ],
)
def test_what_is_wrong_in_a_history_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(text, encoding="utf-8")
    assert said in refused("composition", path)


def test_a_term_that_ends_before_it_begins(tmp_path: Path) -> None:
    path = history_file(tmp_path, STORY)
    assert "before it begins" in refused("composition", path, "--until", "2020-01-01")
    assert "is not a date" in refused("composition", path, "--from", "yesterday")


# --- due_date

DUE = [
    ("2026-03-16", 10, "2026-04-02"),
    ("2026-03-20", 5, "2026-04-01"),
    ("2026-12-11", 20, "2027-01-14"),
    ("2026-05-15", 10, "2026-06-01"),
]


@pytest.mark.parametrize(("received", "number", "due"), DUE)
def test_due_dates(received: str, number: int, due: str) -> None:
    out = io.StringIO()
    call_command("due_date", received, str(number), "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["due"] == due
    assert found["days"][-1] == {"date": due, "number": number, "skipped": None, "name": None}
    assert [day["number"] for day in found["days"] if day["number"]] == [*range(1, number + 1)]
    assert all(bool(day["skipped"]) != bool(day["number"]) for day in found["days"])
    told = io.StringIO()
    call_command("due_date", received, str(number), stdout=told)
    assert told.getvalue().startswith(f"due {due}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("soon", "10"), "'soon' is not a date"),
        (("2026-02-30", "10"), "is not a date"),
        (("2026-03-16", "0"), "not a number of working days"),
        (("2026-03-16", "ten"), "not a number of working days"),
        (("2026-03-16", "9" * 5000), "not a number of working days"),
        (("1066-10-14", "10"), "the years 1991 to 2100"),
    ],
)
def test_what_is_no_term(arguments: tuple[str, str], said: str) -> None:
    assert said in refused("due_date", *arguments)
