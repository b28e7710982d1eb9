"""`tally FILE.pb` from a shell, and as `manage.py tally`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from budgeting.allocation.command import main
from tests.budgeting.allocation.test_pabulib import SMALL


@pytest.fixture
def street(tmp_path: Path) -> Path:
    path = tmp_path / "street.pb"
    path.write_text(SMALL)
    return path


def test_json(street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(street), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["rule"], data["winners"], data["cost"]) == ("greedy", ["2"], 50)
    assert (data["budget"], data["ties"]) == (100, [])


def test_plain_text(street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--rule", "equal-shares", "--completion", "add1", "--satisfaction", "cardinality"]
    assert main([str(street), *options, "--step", "1/2"]) == 0
    out = capsys.readouterr().out
    assert "Winners (1), in order of selection:\n   1. 2  cost 50" in out
    assert "1  cost 60: its supporters have" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--rule", "greedy", "--step", "2"], "--step belongs to equal-shares"),
        (["--completion", "add1"], "--completion belongs to equal-shares"),
        (["--rule", "equal-shares", "--step", "2"], "--step belongs to completion add1"),
        (["--rule", "equal-shares", "--completion", "add1", "--step", "0"], "step 0 must be"),
        (["--rule", "equal-shares", "--completion", "add1", "--step", "x"], "--step 'x' is not"),
        (["--rule", "greedy-threshold"], "threshold"),
    ],
)
def test_options_that_do_not_fit(
    street: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main([str(street), *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_bad_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.pb"
    bad.write_text(SMALL.replace("rule;greedy", "rule;tombola"))
    for path, message in (
        (tmp_path / "absent.pb", "absent.pb:0: No such file or directory"),
        (bad, "bad.pb:6: rule 'tombola' is not known"),
    ):
        assert main([str(path)]) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1


def test_unknown_option_is_one_line(street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([str(street), "--rule", "tombola"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_management_command(street: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("tally", str(street), "--json", stdout=out)
    assert json.loads(out.getvalue())["winners"] == ["2"]
    with pytest.raises(SystemExit) as caught:
        call_command("tally", str(street) + "x", stderr=err)
    assert caught.value.code == 2
    assert err.getvalue().count("\n") == 1
