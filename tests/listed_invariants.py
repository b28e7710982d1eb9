"""Reading a page of docs/ that lists what always holds, by what, and what tries to break it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def rows_of(page: str) -> list[list[str]]:
    """Cells of each line of a table that names a test."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in lines
        if line.startswith("|") and "::" in line
    ]


def invariants_in(rows: list[list[str]]) -> list[str]:
    """Their numbers, in the order of the page."""
    return [row[0] for row in rows if re.fullmatch(r"I\d+", row[0])]


def missing_tests(row: list[str]) -> list[str]:
    """Named in the last cell as `file::test`, and not there."""
    named = re.findall(r"`([\w.]+::\w+)`", row[-1])
    assert named, row
    return [test for test in named if test not in TESTS]


def missing_guards(rows: list[list[str]], apps: list[str], services: set[str]) -> set[str]:
    """Triggers and constraints named in the third cell that no migration of these apps makes."""
    migrations = "".join(
        path.read_text(encoding="utf-8")
        for app in apps
        for path in (ROOT / app / "migrations").glob("*.py")
    )
    cells = [row[2] for row in rows if len(row) == 4]
    names = {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}
    return {name for name in names - services if not re.search(rf"\b{name}\b", migrations)}


def _tests() -> set[str]:
    return {
        f"{path.name}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


TESTS = _tests()
