"""The register by commands: imported on the machine, hashed at its keeper's."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from budgeting.models import Cycle, RegisterLine
from tests.budgeting.registers import line_number, number_of, table

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_import_and_its_trial(cycle: Cycle, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(table(range(4)) + "1,2,3\n")
    said = run("import_register", cycle.slug, file, "--trial")
    assert "6\tborn_on\tThis is no date" in said
    assert "checked: 5 lines, 4 new, 0 known, 1 wrong" in said
    assert not RegisterLine.objects.exists()
    run("import_register", cycle.slug, file, "--keep-good")
    assert RegisterLine.objects.count() == 4


def test_a_file_hashed_elsewhere_is_the_same_register(
    cycle: Cycle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(table(range(3)) + "123,01.01.1990,\n"))
    hashed = run("hash_register")
    assert number_of(0) not in hashed
    file = tmp_path / "hashed.csv"
    file.write_text(hashed)
    assert "done: 3 lines, 3 new" in run("import_register", cycle.slug, file)
    assert line_number(cycle, 2).person is None


@pytest.mark.parametrize("said", ["", "name,born_on\n"])
def test_what_has_no_numbers(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    with pytest.raises(SystemExit) as stopped:
        run("hash_register")
    assert stopped.value.code == 2
