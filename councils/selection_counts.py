"""What decides a selection: exact means of scores, votes, and who comes in which place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from councils.composition import CIVIL

ELECTED, RESERVE, NOT_ELECTED = "elected", "reserve", "not_elected"


@dataclass(frozen=True)
class Standing:
    """A candidate's result; `points` is what ranks, None where somebody's judgement is missing."""

    candidate: int
    points: Fraction | None
    by_criterion: Mapping[int, Fraction | None]
    judges: int


@dataclass(frozen=True)
class Runner:
    """Who stands for a seat of a side, and for which organisation (None: for nobody)."""

    candidate: int
    side: str
    organisation: int | None


@dataclass(frozen=True)
class Outcome:
    candidate: int
    place: int
    state: str


def mean(points: Sequence[int]) -> Fraction | None:
    """Of the scores that were given; none is no zero, it is nothing."""
    return Fraction(sum(points), len(points)) if points else None


def standings(
    candidates: Iterable[int],
    criteria: Iterable[int],
    scores: Iterable[tuple[int, int, int]],
) -> list[Standing]:
    """(candidate, criterion, points) → the sum of the means of the criteria.

    A candidate whom nobody scored by some criterion has no sum.
    """
    given: dict[tuple[int, int], list[int]] = {}
    for candidate, criterion, points in scores:
        given.setdefault((candidate, criterion), []).append(points)
    wanted = list(criteria)
    found = []
    for candidate in candidates:
        means = {one: mean(given.get((candidate, one), [])) for one in wanted}
        known = [value for value in means.values() if value is not None]
        judges = max((len(given.get((candidate, one), [])) for one in wanted), default=0)
        total = sum(known, Fraction(0)) if wanted and len(known) == len(wanted) else None
        found.append(Standing(candidate, total, means, judges))
    return found


def decide(
    runners: Sequence[Runner],
    points: Mapping[int, Fraction],
    seats: Mapping[str, int],
    *,
    least: Fraction | None = None,
    seated: Iterable[int] = (),
) -> list[Outcome]:
    """Best first; of equals whoever applied first (the order of `runners`).

    Seats of each side are filled from the top. Whose organisation of civil society has a seat
    already (`seated`, or one better placed) goes into the reserve; whoever does not reach `least`
    points is out.
    """
    ranked = sorted(runners, key=lambda runner: -points[runner.candidate])
    free: dict[str, int] = dict(seats)
    taken: set[int | None] = set(seated)
    found = []
    for place, runner in enumerate(ranked, start=1):
        is_good = least is None or points[runner.candidate] >= least
        is_civil = runner.side == CIVIL and runner.organisation is not None
        is_second = is_civil and runner.organisation in taken
        if is_good and free.get(runner.side, 0) and not is_second:
            state = ELECTED
            free[runner.side] -= 1
            if is_civil:
                taken.add(runner.organisation)
        else:
            state = RESERVE if is_good else NOT_ELECTED
        found.append(Outcome(runner.candidate, place, state))
    return found
