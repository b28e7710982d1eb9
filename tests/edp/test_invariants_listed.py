"""The table of docs/invariants-discovery.md is whole, and every test and trigger in it exists."""

import pytest

from tests.listed_invariants import invariants_in, missing_guards, missing_tests, rows_of

ROWS = rows_of("invariants-discovery.md")


def test_every_invariant_has_its_line() -> None:
    assert invariants_in(ROWS) == [f"I{number}" for number in range(1, 23)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_what_tries_to_break_it_exists(row: list[str]) -> None:
    assert missing_tests(row) == []


def test_triggers_and_constraints_are_there() -> None:
    services = {"freeze_rules", "sheets_of"}
    assert missing_guards(ROWS, ["edp", "participation"], services) == set()
