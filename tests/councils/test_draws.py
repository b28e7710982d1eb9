"""Draws by lot: hashes to the digit, the fairest chances, quotas, and the checker anyone runs."""

import csv
import io
import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

import councils
from councils import draws
from councils.sortition import Infeasible, Quota, lottery
from tests.councils.test_composition import refused

SCRIPT = Path(councils.__file__).parent / "verify_draw.py"
# The round 657413 of drand's quicknet.
BEACON = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
HELICES = ["business", "academia", "civil", "civil", "citizen", "business", "citizen", "civil"]
POOL = {f"T{n:02}": {"helix": helix} for n, helix in enumerate(HELICES, start=1)}


def test_pool_seed_ranking_and_number_to_the_digit() -> None:
    file_hash = draws.fingerprint(draws.pool_file(POOL))
    assert file_hash == "0fd9196f6c65c8260a41995a1ef91f116b570a6080294db437a4b12b5638a3d0"
    seed = draws.seed(file_hash, BEACON)
    assert seed == "f24de327075a55241f996106a954079894d237dddf6d091615da0d7607bfc4bf"
    assert draws.ranking(seed, POOL) == ["T03", "T05", "T04", "T07", "T08", "T02", "T06", "T01"]
    assert draws.drawn_number(seed, 1000) == 319


def test_one_changed_volunteer_changes_everything() -> None:
    changed = POOL | {"T04": {"helix": "business"}}
    file_hash = draws.fingerprint(draws.pool_file(changed))
    assert file_hash.startswith("8e9fcd5ad634c8ee")
    ranking = draws.ranking(draws.seed(file_hash, BEACON), changed)
    assert ranking == ["T06", "T04", "T07", "T05", "T08", "T01", "T02", "T03"]


Table = dict[tuple[str, str], int]


def people_of(table: Table) -> dict[str, dict[str, str]]:
    """(gender, helix) → how many."""
    kinds = [kind for kind, number in table.items() for _ in range(number)]
    return {f"T{n:03}": {"gender": g, "helix": h} for n, (g, h) in enumerate(kinds, start=1)}


def exact(**values: int) -> list[Quota]:
    genders = [Quota("gender", name, values[name], values[name]) for name in "fm" if name in values]
    return genders + [
        Quota("helix", name, number, number) for name, number in values.items() if len(name) > 1
    ]


PAIRS = exact(f=1, m=1, civil=1, business=1)


def chances(people: dict[str, Any], panels: tuple[draws.Panel, ...]) -> dict[str, Fraction]:
    counts = Counter(token for panel in panels for token in panel)
    return {token: Fraction(counts[token], len(panels)) for token in people}


def test_everybody_has_the_same_chance_where_that_can_be() -> None:
    people = people_of(
        {("f", "civil"): 4, ("f", "business"): 1, ("m", "civil"): 1, ("m", "business"): 4}
    )
    found = lottery(people, PAIRS, 2)
    assert found.least == pytest.approx(1 / 5)
    assert set(chances(people, found.panels).values()) == {Fraction(1, 5)}


def test_the_least_chance_is_as_great_as_it_can_be() -> None:
    people = people_of(
        {("f", "civil"): 4, ("f", "business"): 2, ("m", "civil"): 1, ("m", "business"): 4}
    )
    found = lottery(people, PAIRS, 2)
    assert found.least == pytest.approx(1 / 6)
    by_kind = chances(people, found.panels)
    for token, attributes in people.items():
        is_rare = (attributes["gender"], attributes["helix"]) == ("m", "civil")
        expected = 1 / 3 if is_rare else 1 / 6
        assert float(by_kind[token]) == pytest.approx(expected, abs=1.1e-3)


def test_quotas_that_fit_alone_and_not_together() -> None:
    people = people_of({("f", "civil"): 6, ("m", "business"): 3, ("m", "academia"): 3})
    quotas = exact(f=3, m=3, civil=2, business=2, academia=2)
    with pytest.raises(Infeasible) as refusal:
        lottery(people, quotas, 6)
    assert "gender f: minimum 3 → 2; gender m: maximum 3 → 4" in str(refusal.value)
    repaired = [
        replace(q, low=2) if q.value == "f" else replace(q, high=4) if q.value == "m" else q
        for q in quotas
    ]
    assert len(lottery(people, repaired, 6).panels) == 1000


def test_a_mixed_pool_with_the_same_quotas_is_fine() -> None:
    people = people_of(
        {
            ("f", "civil"): 4,
            ("m", "civil"): 3,
            ("f", "business"): 1,
            ("m", "business"): 2,
            ("m", "academia"): 2,
        }
    )
    found = lottery(people, exact(f=3, m=3, civil=3, business=2, academia=1), 6)
    assert found.never == ()


@pytest.mark.parametrize(
    ("quotas", "size", "said"),
    [
        (exact(civil=1, business=1, academia=4), 6, "the minimum is 4, there are only 3"),
        (exact(civil=3, business=3, academia=1), 6, "the minimums sum to 7, the panel has 6"),
        (exact(civil=1, business=1, academia=1), 6, "the maximums sum to 3, the panel has 6"),
        (exact(civil=3, business=3), 6, "helix is 'academia', which has no quota"),
        ([Quota("helix", "civil", 3, 2)], 6, "the minimum 3 is over 2"),
        ([Quota("helix", "civil", 1, 2)] * 2, 6, "has two quotas"),
        ([], 99, "a panel of 99 cannot be drawn from 12"),
        ([], 0, "a panel of 0"),
    ],
)
def test_what_can_be_seen_without_a_search(quotas: list[Quota], size: int, said: str) -> None:
    people = people_of({("f", "civil"): 6, ("m", "business"): 3, ("m", "academia"): 3})
    with pytest.raises(Infeasible, match=said):
        lottery(people, quotas, size)


def test_whom_no_panel_can_hold_is_named() -> None:
    people = people_of({("f", "civil"): 3, ("m", "business"): 1})
    found = lottery(people, [Quota("gender", "f", 2, 2), Quota("gender", "m", 0, 0)], 2)
    assert found.never == ("T004",)
    assert found.least == pytest.approx(2 / 3)


def test_one_of_a_household_sits_at_most() -> None:
    people = {f"T{n}": {"gender": "fm"[n % 2], "home": "a" if n < 4 else ""} for n in range(8)}
    quotas = [Quota("gender", "f", 2, 2), Quota("gender", "m", 2, 2)]
    found = lottery(people, quotas, 4, group="home")
    for panel in found.panels:
        assert sum(people[token]["home"] == "a" for token in panel) <= 1
    assert found.least > 0


@st.composite
def pools(draw: st.DrawFn) -> tuple[dict[str, dict[str, str]], list[Quota], int]:
    """A pool, and quotas that one panel of it meets, so that there is one."""
    number = draw(st.integers(min_value=2, max_value=24))
    people = {
        f"T{n:02}": {
            "a": draw(st.sampled_from("xyz")),
            "b": draw(st.sampled_from("pq")),
        }
        for n in range(number)
    }
    size = draw(st.integers(min_value=1, max_value=number))
    panel = draw(st.permutations(sorted(people)))[:size]
    quotas = []
    for feature in "ab":
        for value in sorted({attributes[feature] for attributes in people.values()}):
            there = sum(people[token][feature] == value for token in panel)
            slack = draw(st.integers(min_value=0, max_value=1))
            quotas.append(Quota(feature, value, max(0, there - slack), there + slack))
    return people, quotas, size


@settings(max_examples=40, deadline=None)
@given(pools())
def test_every_panel_meets_every_quota(
    given_: tuple[dict[str, dict[str, str]], list[Quota], int],
) -> None:
    people, quotas, size = given_
    found = lottery(people, quotas, size, panels=50)
    assert len(found.panels) == 50
    for panel in found.panels:
        assert len(set(panel)) == len(panel) == size
        for quota in quotas:
            there = sum(people[token][quota.feature] == quota.value for token in panel)
            assert quota.low <= there <= quota.high
    assert sum(map(len, found.panels)) == 50 * size
    fair = draws.fairness(sorted(people), found.panels)
    if not found.never:
        # Rounding to 50 panels costs a type's member less than two of them.
        assert float(fair.least) >= found.least - 2 / 50


def volunteers(number: int) -> dict[str, dict[str, str]]:
    """People of four features, some of which are rare among those who volunteer."""
    chance = random.Random(1)
    features = {
        "gender": ("fm", (58, 42)),
        "age": ("1234", (10, 20, 30, 40)),
        "region": ("abcdef", (40, 20, 15, 10, 10, 5)),
        "helix": ("gbav", (10, 20, 20, 50)),
    }
    return {
        f"T{n:04}": {name: chance.choices(*given)[0] for name, given in features.items()}
        for n in range(number)
    }


def population_quotas(size: int) -> list[Quota]:
    shares = {
        "gender": {"f": 0.5, "m": 0.5},
        "age": dict.fromkeys("1234", 0.25),
        "region": {"a": 0.25, "b": 0.2, "c": 0.2, "d": 0.15, "e": 0.1, "f": 0.1},
        "helix": {"g": 0.15, "b": 0.35, "a": 0.2, "v": 0.3},
    }
    return [
        Quota(feature, value, max(0, round(share * size) - 1), round(share * size) + 1)
        for feature, given in shares.items()
        for value, share in given.items()
    ]


def draw_in_a_process(folder: Path, hash_seed: str) -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "manage.py", "draw", "pool.csv", "quotas.csv", "--size", "20",
         "--randomness", BEACON, "--json"],
        env={"PYTHONHASHSEED": hash_seed, "PATH": ""},
        cwd=folder, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return dict(json.loads(result.stdout))


def write_files(folder: Path, people: dict[str, dict[str, str]], quotas: list[Quota]) -> list[Path]:
    names = list(next(iter(people.values())))
    pool, quota_file = folder / "pool.csv", folder / "quotas.csv"
    for path, rows in (
        (pool, [["token", *names], *([token, *p.values()] for token, p in people.items())]),
        (
            quota_file,
            [
                ["feature", "value", "min", "max"],
                *([q.feature, q.value, q.low, q.high] for q in quotas),
            ],
        ),
    ):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")
    return [pool, quota_file]


def test_the_same_files_give_the_same_draw_in_every_process(tmp_path: Path) -> None:
    write_files(tmp_path, volunteers(120), population_quotas(20))
    root = Path(councils.__file__).parents[1]
    (tmp_path / "manage.py").write_text(
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "import runpy; runpy.run_module('manage', run_name='__main__')\n",
        encoding="utf-8",
    )
    first, second = (draw_in_a_process(tmp_path, hash_seed) for hash_seed in ("1", "2"))
    assert first == second
    assert first["panel"] == first["panels"][first["number"]]


@dataclass
class Published:
    folder: Path
    found: dict[str, Any]

    def check(self, *options: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-I", "-S", str(SCRIPT), "pool.jsonl", "quotas.csv", "lottery.txt",
             "--size", "20", "--randomness", BEACON, *options],
            cwd=self.folder, env={}, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def told(self) -> list[str]:
        """Everything that was announced."""
        return ["--pool-hash", self.found["pool_hash"], "--lottery-hash",
                self.found["lottery_hash"], "--panel", ",".join(self.found["panel"])]  # fmt: skip


@pytest.fixture
def published(tmp_path: Path) -> Published:
    files = write_files(tmp_path, volunteers(120), population_quotas(20))
    out, folder = io.StringIO(), tmp_path / "published"
    call_command("draw", *files, "--size", "20", "--panels", "100", "--randomness", BEACON,
                 "--output", folder, "--json", stdout=out)  # fmt: skip
    return Published(folder, json.loads(out.getvalue()))


def test_a_published_draw_is_correct(published: Published) -> None:
    result = published.check(*published.told())
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[-1] == "CORRECT"
    assert f"panel {published.found['number']}" in result.stdout


def _pool_changed(folder: Path) -> None:
    path = folder / "pool.jsonl"
    path.write_text(path.read_text().replace('"gender":"f"', '"gender":"m"', 1))


def _pool_reordered(folder: Path) -> None:
    path = folder / "pool.jsonl"
    path.write_text("".join(reversed(path.read_text().splitlines(keepends=True))))


def _panel_removed(folder: Path) -> None:
    path = folder / "lottery.txt"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))


def _somebody_exchanged(folder: Path) -> None:
    path = folder / "lottery.txt"
    lines = path.read_text().splitlines()
    lines[0] = ",".join(["T9999", *lines[0].split(",")[1:]])
    path.write_text("\n".join(lines) + "\n")


def _somebody_twice(folder: Path) -> None:
    path = folder / "lottery.txt"
    lines = path.read_text().splitlines()
    tokens = lines[0].split(",")
    lines[0] = ",".join([tokens[1], *tokens[1:]])
    path.write_text("\n".join(lines) + "\n")


def _panels_exchanged(folder: Path) -> None:
    path = folder / "lottery.txt"
    lines = path.read_text().splitlines(keepends=True)
    other = next(n for n, line in enumerate(lines) if line != lines[0])
    lines[0], lines[other] = lines[other], lines[0]
    path.write_text("".join(lines))


@pytest.mark.parametrize(
    "tamper",
    [_pool_changed, _pool_reordered, _panel_removed, _somebody_exchanged, _somebody_twice,
     _panels_exchanged],
)  # fmt: skip
def test_no_change_after_publication_passes(published: Published, tamper: Any) -> None:
    tamper(published.folder)
    result = published.check(*published.told())
    assert not result.stderr
    assert result.returncode == 1
    assert "WRONG" in result.stdout
    assert "CORRECT" not in result.stdout


def test_quotas_that_panels_break_are_told(published: Published) -> None:
    path = published.folder / "quotas.csv"
    path.write_text("feature,value,min,max\ngender,f,0,1\n")
    result = published.check()
    assert result.returncode == 1
    assert "with gender f" in result.stdout


def test_another_panel_than_the_drawn_one_is_found(published: Published) -> None:
    drawn = published.found["number"]
    other = next(p for p in published.found["panels"] if p != published.found["panels"][drawn])
    result = published.check("--panel", ",".join(other))
    assert result.returncode == 1
    assert "another panel was announced" in result.stdout


def test_a_draw_in_the_hall(tmp_path: Path) -> None:
    files = write_files(tmp_path, POOL, [Quota("helix", h, 0, 2) for h in sorted(set(HELICES))])
    out = io.StringIO()
    call_command("draw", *files, "--size", "3", "--number", "319", stdout=out)
    assert "drawn: panel 319: " in out.getvalue()
    assert "lottery has panels 0 to 999" in refused(
        "draw", *files, "--size", "3", "--number", "1000"
    )


@pytest.mark.parametrize(
    ("pool", "quotas", "said"),
    [
        ("name\nA\n", "feature,value,min,max\nx,y,0,1\n", "line 1: there is no column token"),
        ("token,x\nA,y\nA,y\n", "feature,value,min,max\nx,y,0,1\n", "line 3: A stands there twice"),
        ("token,x\nA,y\n", "feature,value,min,max\nx,y,one,1\n", "line 2: 'one' is not a whole"),
        ("token,x\nA,y\n", "feature,value,min,max\nx,z,0,1\n", "which has no quota"),
        ("token,x\n", "feature,value,min,max\nx,y,0,1\n", "no rows"),
    ],
)
def test_what_is_wrong_in_the_files_is_named(
    tmp_path: Path, pool: str, quotas: str, said: str
) -> None:
    (tmp_path / "pool.csv").write_text(pool)
    (tmp_path / "quotas.csv").write_text(quotas)
    files = [tmp_path / "pool.csv", tmp_path / "quotas.csv"]
    assert said in refused("draw", *files, "--size", "1")
