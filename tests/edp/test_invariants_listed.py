"""The table of docs/invariants-discovery.md is whole, and every test and trigger in it exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs/invariants-discovery.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "::" in line
]
TESTS = {
    f"{path.name}::{node.name}"
    for path in (ROOT / "tests").rglob("test_*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}


def test_every_invariant_has_its_line() -> None:
    listed = [row[0].strip("| ") for row in ROWS if re.fullmatch(r"\|? ?I\d+", row[0])]
    assert listed == [f"I{number}" for number in range(1, 23)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0].strip("| ")[:40] for row in ROWS])
def test_what_tries_to_break_it_exists(row: list[str]) -> None:
    named = re.findall(r"`([\w.]+::\w+)`", row[-1])
    assert named
    assert [test for test in named if test not in TESTS] == []


def test_triggers_and_constraints_are_there() -> None:
    migrations = "".join(
        path.read_text(encoding="utf-8")
        for app in ("edp", "participation")
        for path in (ROOT / app / "migrations").glob("*.py")
    )
    cells = [row[2] for row in ROWS if len(row) == 4]
    names = {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}
    services = {"freeze_rules", "sheets_of"}
    assert {name for name in names - services if not re.search(rf"\b{name}\b", migrations)} == set()
