"""Every rule against pabutools with exact fractions.

Real files: approval files of up to 26 kB under all rules, because pabutools needs a
second or more for larger ones; Add1 on two of the smallest.
Elections made by Hypothesis: small numbers, so that exact ties, projects that cost
just what their supporters have, and empty ballots are common.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgeting.allocation import Election, Rule, count, read_pabulib
from tests.budgeting.allocation.files import all_files, needs_files
from tests.budgeting.allocation.oracle import Oracle

PLAIN_RULES = (
    Rule("greedy"),
    Rule("greedy-per-cost"),
    Rule("equal-shares"),
    Rule("equal-shares", satisfaction="cardinality"),
    Rule("phragmen"),
)
MOST_BYTES = 26_000


def compare(election: Election, oracle: Oracle, rule: Rule) -> None:
    ours, theirs = list(count(election, rule).winners), oracle.winners(rule)
    if rule.method == "equal-shares":
        assert ours == theirs, rule
    else:  # pabutools does not report these in order of selection
        assert set(ours) == set(theirs), rule


def small_approval_files() -> list[Path]:
    small = [path for path in all_files() if path.stat().st_size <= MOST_BYTES]
    return [path for path in small if read_pabulib(path).is_approval]


@needs_files
@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in small_approval_files()])
def test_real_files(path: Path) -> None:
    election = read_pabulib(path)
    oracle = Oracle(election)
    for rule in PLAIN_RULES:
        compare(election, oracle, rule)


@needs_files
@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
@pytest.mark.parametrize("stop", ["overspend", "exhausted"])
@pytest.mark.parametrize(
    "stem", ["Poland_Zabrze_2021_Zaborze_Poludnie", "Poland_Zabrze_2020_Pawlow"]
)
def test_add1_on_real_files(stem: str, stop: str, satisfaction: str) -> None:
    """A step of a tenth of a share: pabutools computes every run."""
    path = next((p for p in all_files() if p.stem == stem), None)
    if path is None:
        pytest.skip(f"{stem} is not here")
    election = read_pabulib(path)
    step = Fraction(max(election.budget // election.voters // 10, 1))
    rule = Rule("equal-shares", satisfaction=satisfaction, completion="add1", step=step, stop=stop)
    compare(election, Oracle(election), rule)


@st.composite
def elections(draw: st.DrawFn, *, with_points: bool) -> Election:
    """Every project has a supporter: pabutools buys unsupported ones first of all."""
    many = draw(st.integers(1, 7))
    costs = draw(st.lists(st.integers(1, 24), min_size=many, max_size=many))
    budget = draw(st.integers(max(costs), max(sum(costs), max(costs) + 1)))
    ids = [str(number) for number in range(many)]
    ballots: list[dict[str, int]] = draw(
        st.lists(
            st.dictionaries(st.sampled_from(ids), st.integers(1, 4), max_size=many),
            min_size=1,
            max_size=10,
        )
    )
    missing = [name for name in ids if not any(name in ballot for ballot in ballots)]
    ballots.append(dict.fromkeys(missing or ids[:1], 1))
    return Election.build(
        budget=budget,
        projects=list(zip(ids, costs, strict=True)),
        ballots=ballots if with_points else [list(ballot) for ballot in ballots],
        ballot_type="cumulative" if with_points else "approval",
    )


quick = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(elections(with_points=False))
def test_made_approval_elections(election: Election) -> None:
    oracle = Oracle(election)
    for rule in PLAIN_RULES:
        compare(election, oracle, rule)


@settings(quick, max_examples=60)
@given(
    elections(with_points=False),
    st.sampled_from(["cost", "cardinality"]),
    st.sampled_from(["overspend", "exhausted"]),
    st.integers(2, 5),
)
def test_made_approval_elections_with_add1(
    election: Election, satisfaction: str, stop: str, step: int
) -> None:
    rule = Rule(
        "equal-shares", satisfaction=satisfaction, completion="add1", step=Fraction(step), stop=stop
    )
    compare(election, Oracle(election), rule)


@quick
@given(elections(with_points=True), st.sampled_from(["none", "add1"]))
def test_made_cumulative_elections(election: Election, completion: str) -> None:
    rule = Rule("equal-shares", completion=completion, stop="exhausted")
    compare(election, Oracle(election), rule)
