"""The commands of analysts: the documented files, the worked examples, and every bad file."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

import edp
from edp.datasets import BadDataset, read_dataset
from edp.delphi import Parameters
from edp.reports import consensus_report, delphi_report, ranking_report
from tests.edp.examples import EXAMPLES

DATA = Path(edp.__file__).parent / "data"
HEADER = "year,region_code,activity_code,activity_name,indicator,value,unit,source,flag\n"


def run(*arguments: Any) -> Any:
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments: Any) -> str:
    """The one line of a bad file; the exit code is 2."""
    error = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*arguments, stderr=error)
    assert ended.value.code == 2
    line = error.getvalue()
    assert line.count("\n") == 1
    return line


def write(folder: Path, text: str | bytes, name: str = "given.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def as_csv(header: list[str], rows: list[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


# --- specialisation


def test_zhambyl_to_the_digit() -> None:
    found = run("specialisation", DATA / "zhambyl_employment.csv", "--region", "KZ-31")
    assert found["years"] == [2019, 2024]
    assert found["warnings"] == []
    with (DATA / "zhambyl_signals.csv").open(encoding="utf-8") as file:
        expected = {row["code"]: row for row in csv.DictReader(file)}
    assert {row["activity"] for row in found["rows"]} == expected.keys()
    for row in found["rows"]:
        told = expected[row["activity"]]
        assert row["name"] == told["name"]
        assert row["signal"] == told["signal"]
        assert row["lq"] == pytest.approx(float(told["LQ24"]), abs=5.1e-5)
        assert 100 * row["share"] == pytest.approx(float(told["share%"]), abs=5.1e-3)
        assert 100 * row["growth"] == pytest.approx(float(told["growth%"]), abs=5.1e-3)


def test_one_year_has_no_growth() -> None:
    found = run("specialisation", DATA / "zhambyl_employment.csv", "--region", "KZ-31",
                "--from", "2024")  # fmt: skip
    assert {row["growth"] for row in found["rows"]} == {None}
    assert {row["lq_before"] for row in found["rows"]} == {None}
    assert all(row["lq"] is not None for row in found["rows"])


def test_a_table_of_a_russian_office(tmp_path: Path) -> None:
    """Windows-1251, semicolons, decimal commas, spaces between thousands."""
    rows = "2024;KZ-31;A;Сельское хозяйство;employment;1 500,5;;;\n2024;KZ;A;;employment;3001;;;\n"
    path = write(tmp_path, (HEADER.replace(",", ";") + rows).encode("cp1251"))
    (row,) = run("specialisation", path, "--region", "KZ-31")["rows"]
    assert row["name"] == "Сельское хозяйство"
    assert row["value"] == 1500.5


def test_missing_and_confidential_are_not_zero() -> None:
    dataset = read_dataset(
        HEADER + "2024,R,A,,employment,,,,\n2024,R,B,,employment,5,,,c\n2024,R,D,,employment,0,,,\n"
    )
    assert dataset.missing == 2
    assert dataset.table("employment", 2024, "R") == {"D": 0}


def test_regions_that_sum_to_more_than_the_country_are_told() -> None:
    text = HEADER + "2024,R,A,,employment,12,,,\n2024,KZ,A,,employment,10,,,\n"
    assert "the regions sum to 12, KZ has 10" in str(read_dataset(text).warnings[0])


LINE = "2024,R,A,,employment,1,,,\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year,value\n2024,1\n", "line 1: there is no column region_code, activity_code"),
        (HEADER, "no values"),
        (HEADER + LINE + LINE, "line 3: the same region, activity, year and indicator as line 2"),
        (HEADER + "24,R,A,,employment,1,,,\n", "line 2: the year is '24'"),
        (HEADER + "2024,,A,,employment,1,,,\n", "line 2: region_code is empty"),
        (HEADER + "2024,R,A,,happiness,1,,,\n", "line 2: no indicator is called 'happiness'"),
        (HEADER + "2024,R,A,,employment,many,,,\n", "line 2: the value is 'many'"),
        (HEADER + "2024,R,A,,employment,-5,,,\n", "line 2: the value is '-5'"),
        (HEADER + "2024,R,A,,employment,٣,,,\n", "line 2: the value is '٣'"),
        (HEADER + "2024,R,A,,employment,1e9,,,\n", "line 2: the value is '1e9'"),
        (HEADER + "2024,R,A,,employment\n", "line 2: another number of cells"),
        (HEADER + LINE + "2024,R,A01,,employment,1,,,\n", "mixed levels: A stands beside A01"),
        (HEADER + '2024,"R,A\n', "line"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused("specialisation", write(tmp_path, text), "--region", "R")


def test_every_wrong_line_is_named_up_to_twenty() -> None:
    with pytest.raises(BadDataset) as refusal:
        read_dataset(HEADER + "bad,R,A,,employment,1,,,\n" * 50)
    assert len(refusal.value.problems) == 20


def test_what_the_table_does_not_have() -> None:
    path = DATA / "zhambyl_employment.csv"
    assert "no region is called KZ-99; there are KZ, KZ-31" in refused(
        "specialisation", path, "--region", "KZ-99"
    )
    assert "no employment for 1999" in refused(
        "specialisation", path, "--region", "KZ-31", "--from", "1999"
    )
    assert "exports is not given" in refused(
        "specialisation", path, "--region", "KZ-31", "--indicator", "exports"
    )


@pytest.mark.parametrize(
    ("content", "said"), [(b"\x00\x01", "not a text file"), (b"\x98\xff", "neither in UTF-8")]
)
def test_what_is_no_text(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused("specialisation", write(tmp_path, content), "--region", "R")
    assert "No such file" in refused("specialisation", tmp_path / "none.csv", "--region", "R")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    assert "larger than 200 MB" in refused("specialisation", path, "--region", "R")


@given(st.text(max_size=300))
def test_no_table_breaks_the_reader(text: str) -> None:
    for header in ("", HEADER):
        with pytest.raises(BadDataset):
            read_dataset(header + text)


# --- rank_ideas


def test_the_ranking_of_the_worked_example(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(EXAMPLES["mcda"]), "scores.json")
    found = run("rank_ideas", path)
    assert [(row["place"], row["idea"]) for row in found["ranking"]] == [
        (1, "P1"), (2, "P2"), (3, "P3"), (None, "P4"),
    ]  # fmt: skip
    for row in found["ranking"]:
        expected = EXAMPLES["mcda"]["expected"][row["idea"]]
        assert row["score"] == pytest.approx(expected["score_float"], abs=1e-6)
        assert row["percent"] == pytest.approx(expected["pct"], abs=1e-4)
        assert row["publishable"] is expected["publishable"]
    assert found["deciding_assessors"] == ["A1"]
    assert {each["first"] for each in found["sensitivity"]} == {"P1"}
    assert min(each["lead"] for each in found["sensitivity"]) == pytest.approx(0.0263, abs=1e-4)
    assert found["kendall_w"] is None


def test_concordance_of_assessors_who_scored_everything() -> None:
    scores = {
        str(place): {str(rater): [row[place]] for rater, row in enumerate(rows)}
        for rows in [EXAMPLES["kendall_w"]["ties"]["scores_high_is_best"]]
        for place in range(5)
    }
    found = ranking_report(json.dumps({"weights": [1], "scores": scores}))
    assert float(found["kendall_w"]) == pytest.approx(0.886364, abs=1e-6)


GOOD = {"weights": [0.5, 0.5], "scores": {"P": {"A": [1, 2]}}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1"),
        ("[]", "one object"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps(GOOD | {"weights": []}), "weights must be a list"),
        (json.dumps(GOOD | {"weights": [0.5, 0.6]}), "weights sum to 11/10"),
        (json.dumps(GOOD | {"weights": [0.5, "x"]}), "'x' is not a number"),
        (json.dumps(GOOD | {"scores": {}}), "at least one idea"),
        (json.dumps(GOOD | {"scores": {"P": 1}}), "P: scores are by assessor"),
        (json.dumps(GOOD | {"scores": {"P": {"A": [1]}}}), "P, A: there must be 2 scores"),
        (json.dumps(GOOD | {"scores": {"P": {"A": [1, 6]}}}), "6 is not a whole number from"),
        (json.dumps(GOOD | {"scores": {"P": {"A": [1, True]}}}), "true is not a whole number"),
        (json.dumps(GOOD | {"scores": {"P": {"A": [1, 2.5]}}}), '"2.5" is not a whole number'),
        (json.dumps(GOOD | {"scale": [5, 0]}), "scale must be"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_evaluation_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused("rank_ideas", write(tmp_path, text, "scores.json"))


# --- delphi


def _ratings(rounds: list[list[int]]) -> str:
    rows = [
        [number, f"p{place}", rating]
        for number, ratings in enumerate(rounds, start=1)
        for place, rating in enumerate(ratings)
    ]
    return as_csv(["round", "panellist", "rating"], rows)


def test_the_rounds_of_the_worked_example(tmp_path: Path) -> None:
    rounds = EXAMPLES["delphi"]["rounds"]
    path = write(tmp_path, _ratings([each["ratings"] for each in rounds.values()]))
    (study,) = run("delphi", path, "--max-rounds", "4")["statements"]
    assert study["stop"] == "stable"
    for found, expected in zip(study["rounds"], rounds.values(), strict=True):
        names = {"q1": "q1", "median": "median", "q3": "q3", "iqr": "iqr", "cv": "cv",
                 "mean": "mean", "agreement": "agree_ge7"}  # fmt: skip
        for ours, theirs in names.items():
            assert found[ours] == pytest.approx(expected[theirs], abs=1e-6)
        if "change_from_previous" in expected:
            assert found["change"] == pytest.approx(expected["change_from_previous"], abs=1e-6)
            assert found["stable"] is expected["stable_15pct"]
        assert sum(found["histogram"]) == 11


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("round,rating\n1,5\n", "line 1: there is no column panellist"),
        ("round,panellist,rating\n", "no rows"),
        ("round,panellist,rating\n1,a,10\n", "line 2: ratings go from 1 to 9"),
        ("round,panellist,rating\n1,a,five\n", "line 2: 'five' is not a whole number"),
        ("round,panellist,rating\n1,a,5\n1,a,6\n", "line 3: a has rated in round 1 before"),
        ("round,panellist,rating\n1,,5\n", "line 2: panellist is empty"),
        ("round,panellist,rating\n1,a\n", "line 2: another number of cells"),
    ],
)
def test_what_is_wrong_in_ratings_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused("delphi", write(tmp_path, text))


def test_a_scale_upside_down(tmp_path: Path) -> None:
    path = write(tmp_path, _ratings([[5] * 8]))
    assert "low < agree-from" in refused("delphi", path, "--low", "9", "--high", "1")


def test_statements_are_kept_apart() -> None:
    text = "statement,round,panellist,rating\nfirst,1,a,5\nsecond,1,a,9\n"
    found = delphi_report(text, Parameters())
    assert [each["statement"] for each in found["statements"]] == ["first", "second"]


# --- consensus

NUMBERS = EXAMPLES["helix_informed_consensus"]


def test_consensus_from_counts(tmp_path: Path) -> None:
    rows = [
        [statement, helix, *numbers]
        for statement, table in NUMBERS["votes_[agree,disagree,pass]"].items()
        for helix, numbers in table.items()
    ]
    text = as_csv(["statement", "helix", "agree", "disagree", "pass"], rows)
    found = run("consensus", write(tmp_path, text))["statements"]
    assert [row["statement"] for row in found] == ["S1", "S3", "S2", "S4"]
    for row in found:
        expected = NUMBERS["expected"][row["statement"]]
        assert row["gic"] == pytest.approx(expected["gic_float"], abs=1e-6)
        assert row["geometric_mean"] == pytest.approx(expected["geometric_mean"], abs=1e-6)
        assert row["weakest"] == expected["min_group"]
        assert row["eligible"] is expected["eligible_min5_per_group"]


def test_single_votes_come_to_the_same(tmp_path: Path) -> None:
    counts, singles, voter = [], [], 0
    for statement, table in NUMBERS["votes_[agree,disagree,pass]"].items():
        for helix, numbers in table.items():
            counts.append([statement, helix, *numbers])
            for number, vote in zip(numbers, ("agree", "-1", "pass"), strict=True):
                for _ in range(number):
                    voter += 1
                    singles.append([f"v{voter}", helix, statement, vote])
    one = consensus_report(as_csv(["statement", "helix", "agree", "disagree", "pass"], counts))
    other = consensus_report(as_csv(["participant", "helix", "statement", "vote"], singles))
    assert one["statements"] == other["statements"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("statement\nS\n", "line 1: there is no column participant"),
        ("statement,helix,agree,disagree,pass\nS,gov,-1,0,0\n", "line 2: '-1' is not a whole"),
        ("statement,helix,agree,disagree,pass\nS,g,1,0,0\nS,g,1,0,0\n", "line 3: S has votes of g"),
        ("participant,helix,statement,vote\nv,g,S,perhaps\n", "line 2: a vote is agree"),
        ("participant,helix,statement,vote\nv,g,S,1\nv,g,S,-1\n", "line 3: the same voter"),
    ],
)
def test_what_is_wrong_in_votes_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused("consensus", write(tmp_path, text))


@pytest.mark.parametrize("name", ["rank_ideas", "delphi", "consensus"])
def test_people_get_a_table(tmp_path: Path, name: str) -> None:
    given = {
        "rank_ideas": json.dumps(EXAMPLES["mcda"]),
        "delphi": _ratings([[5] * 8, [6] * 8]),
        "consensus": "statement,helix,agree,disagree,pass\nS,gov,6,1,1\n",
    }
    out = io.StringIO()
    call_command(name, write(tmp_path, given[name]), stdout=out)
    assert len(out.getvalue().splitlines()) > 1
    assert "Fraction" not in out.getvalue()


def test_an_unknown_option_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("delphi", "x.csv", "--loud")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "unrecognized arguments: --loud\n"
