"""The plan of the house, kept: where things live, how long they may be, who may write what."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("accounts", "budgeting", "config", "councils", "edp", "participation")
LONGEST = 400
# Measured like all others, these are over the limit; each is one machine that reads as a whole.
LONG: set[str] = set()
VAGUE = {"utils", "helpers", "common", "core", "misc", "base", "tools"}
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lines_of_code(path: Path) -> int:
    """Without blank lines, comments and docstrings."""
    source = path.read_text(encoding="utf-8")
    skipped: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in skipped
        for number, line in lines
    )


def test_no_module_is_too_long_to_read() -> None:
    long = {relative(path): lines for path in MODULES if (lines := lines_of_code(path)) > LONGEST}
    assert long.keys() <= LONG, long


def test_no_module_has_a_name_that_means_nothing() -> None:
    assert [relative(path) for path in MODULES if path.stem in VAGUE] == []


def test_services_and_models_know_nothing_of_http() -> None:
    wrong = {
        relative(path): found
        for path in MODULES
        if "services" in path.parts or "models" in path.parts
        if (found := [name for name in imports_of(path) if name.startswith("django.http")])
    }
    assert wrong == {}


def test_rules_do_not_look_at_the_clock() -> None:
    for path in MODULES:
        if path.name == "rules.py":
            assert not {"django.utils.timezone", "datetime", "time"} & set(imports_of(path)), path


def test_views_write_nothing_themselves() -> None:
    """Services are the only writers."""
    writes = re.compile(r"\.(?:save|create|bulk_create|update|delete|get_or_create)\(")
    found = {
        relative(path): lines
        for path in MODULES
        if "views" in path.parts
        if (
            lines := [
                line.strip()
                for line in path.read_text(encoding="utf-8").splitlines()
                if writes.search(line)
            ]
        )
    }
    assert found == {}


def test_pure_modules_know_no_django() -> None:
    for package in ("allocation", "ballots", "electorate"):
        for path in (ROOT / "budgeting" / package).rglob("*.py"):
            assert not [name for name in imports_of(path) if name.split(".")[0] == "django"], path


@pytest.mark.parametrize("name", ["budgeting", "participation", "accounts"])
def test_apps_have_the_same_rooms(name: str) -> None:
    folder = ROOT / name
    for room in ("models", "services", "views", "urls", "apps"):
        assert (folder / f"{room}.py").is_file() or (folder / room).is_dir(), room


def test_every_view_renders_a_template_that_exists() -> None:
    named = {
        template
        for path in MODULES
        for template in re.findall(r'"([a-z_]+/[a-z_/]+\.(?:html|txt))"', path.read_text("utf-8"))
    }
    assert len(named) > 20
    for template in named:
        get_template(template)


def test_every_template_of_ours_compiles_and_is_used() -> None:
    folder = ROOT / "templates"
    said = "".join(path.read_text("utf-8") for path in [*MODULES, *folder.rglob("*.html")])
    unused = []
    for path in folder.rglob("*.html"):
        name = str(path.relative_to(folder))
        engines["django"].engine.get_template(name)
        is_ours = name.split("/")[0] in {"budgeting", "participation", "config", "accounts"}
        if is_ours and name not in said:
            unused.append(name)
    assert unused == []


def test_who_clicks_in_a_browser_waits_for_the_page() -> None:
    """Visit.press does; `click(no_wait_after=True)` is for what only a script answers."""
    hasty = re.compile(r"\.click\(\)|\.wait_for_timeout\(|\bsleep\(")
    found = {
        relative(path): lines
        for path in (ROOT / "tests" / "e2e").glob("test_*.py")
        if (lines := [line.strip() for line in path.open(encoding="utf-8") if hasty.search(line)])
    }
    assert found == {}


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile(r"#\s*(?:TODO|FIXME|XXX|HACK)\b")
    assert [relative(path) for path in MODULES if marks.search(path.read_text("utf-8"))] == []


def test_every_test_module_is_collected() -> None:
    """A test in a file that pytest does not look at never fails."""
    stray = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if not path.name.startswith("test_")
        and re.search(r"^(?:    )?def test_", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert stray == []
