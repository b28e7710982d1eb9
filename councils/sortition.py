"""Drawing a panel by lot under quotas, so that the least likely volunteer is as likely as can be.

Maximin over panels (Flanigan et al., "Fair algorithms for selecting citizens' assemblies", Nature
596, 2021). People with the same attributes are one type, so a panel is a count of each type, and
column generation needs few and small programs. The optimum is the same as with single people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from councils.apportionment import seats_by_share
from councils.draws import Attributes, Panel

Vector = NDArray[np.float64]
Counts = NDArray[np.int64]
TOLERANCE = 1e-7
MOST_COLUMNS = 5000


@dataclass(frozen=True)
class Quota:
    feature: str
    value: str
    low: int
    high: int

    @property
    def name(self) -> str:
        return f"{self.feature} {self.value}"


@dataclass(frozen=True)
class Change:
    """A quota whose minimum (`is_low`) or maximum would have to be moved to `to`."""

    quota: Quota
    is_low: bool
    to: int

    def __str__(self) -> str:
        bound, now = ("minimum", self.quota.low) if self.is_low else ("maximum", self.quota.high)
        return f"{self.quota.name}: {bound} {now} → {self.to}"


class Infeasible(ValueError):
    """No panel meets these quotas; `changes` are the smallest that would make one possible."""

    def __init__(self, message: str, changes: tuple[Change, ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes


@dataclass(frozen=True)
class Type:
    """People whom the quotas cannot tell apart; `group` sits at most once on a panel."""

    attributes: tuple[str, ...]
    members: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True)
class Lottery:
    """`least` is the optimum that was reached before rounding to whole panels; `never` are
    volunteers whom no panel that meets the quotas can hold."""

    panels: tuple[Panel, ...]
    least: float
    distinct: int
    types: int
    never: tuple[str, ...]


def version() -> str:
    return f"HiGHS {_silent().version()}"


def lottery(
    people: Mapping[str, Attributes],
    quotas: Sequence[Quota],
    size: int,
    *,
    panels: int = 1000,
    group: str | None = None,
) -> Lottery:
    """`panels` panels of `size` people; drawing one of them evenly gives everybody their chance.

    `group` names an attribute of which at most one bearer may sit (a household, an NGO); who has
    none is free. Raises Infeasible, also for quotas that contradict themselves.
    """
    check_quotas(people, quotas, size)
    types = types_of(people, quotas, group)
    program = _Panels(types, quotas, size)
    found, reachable = _first_panels(program)
    columns, weights, least = _fairest(program, found, reachable)
    counts = _whole_panels(weights, panels)
    dealt = _deal(types, columns, counts)
    never = tuple(
        token
        for kind, can_sit in zip(types, reachable, strict=True)
        if not can_sit
        for token in kind.members
    )
    return Lottery(dealt, least, int((counts > 0).sum()), len(types), never)


def check_feasible(
    people: Mapping[str, Attributes],
    quotas: Sequence[Quota],
    size: int,
    *,
    group: str | None = None,
) -> None:
    """Whether any panel meets the quotas. Raises Infeasible, with the smallest repair."""
    check_quotas(people, quotas, size)
    types = types_of(people, quotas, group)
    _Panels(types, quotas, size).best(np.zeros(len(types)))


def check_quotas(people: Mapping[str, Attributes], quotas: Sequence[Quota], size: int) -> None:
    """What can be seen without any search. Raises Infeasible."""
    if not 0 < size <= len(people):
        raise Infeasible(f"a panel of {size} cannot be drawn from {len(people)} volunteers")
    by_feature: dict[str, list[Quota]] = defaultdict(list)
    for quota in quotas:
        if not 0 <= quota.low <= quota.high:
            raise Infeasible(f"{quota.name}: the minimum {quota.low} is over {quota.high}")
        if quota.value in {other.value for other in by_feature[quota.feature]}:
            raise Infeasible(f"{quota.name} has two quotas")
        by_feature[quota.feature].append(quota)
    for feature, given in by_feature.items():
        _check_feature(people, feature, given, size)


def _check_feature(
    people: Mapping[str, Attributes], feature: str, quotas: list[Quota], size: int
) -> None:
    known = {quota.value for quota in quotas}
    for token, attributes in people.items():
        if attributes.get(feature) not in known:
            raise Infeasible(
                f"{token}: {feature} is {attributes.get(feature)!r}, which has no quota"
            )
    for quota in quotas:
        there = sum(attributes[feature] == quota.value for attributes in people.values())
        if quota.low > there:
            raise Infeasible(f"{quota.name}: the minimum is {quota.low}, there are only {there}")
    lows, highs = sum(q.low for q in quotas), sum(q.high for q in quotas)
    if lows > size:
        raise Infeasible(f"{feature}: the minimums sum to {lows}, the panel has {size}")
    if highs < size:
        raise Infeasible(f"{feature}: the maximums sum to {highs}, the panel has {size}")


def types_of(
    people: Mapping[str, Attributes], quotas: Sequence[Quota], group: str | None = None
) -> list[Type]:
    """Whoever shares a group with somebody is a type alone, so that the group can be counted."""
    features = list(dict.fromkeys(quota.feature for quota in quotas))
    sizes: dict[str, int] = defaultdict(int)
    for attributes in people.values():
        sizes[attributes.get(group, "") if group else ""] += 1
    members: dict[tuple[tuple[str, ...], str, str], list[str]] = defaultdict(list)
    for token in sorted(people):
        name = people[token].get(group, "") if group else ""
        is_shared = bool(name) and sizes[name] > 1
        key = tuple(people[token][feature] for feature in features)
        members[key, name if is_shared else "", token if is_shared else ""].append(token)
    return [Type(key, tuple(tokens), name) for (key, name, _), tokens in sorted(members.items())]


class _Panels:
    """The whole-number program of all panels: how many of each type, quotas met."""

    def __init__(self, types: list[Type], quotas: Sequence[Quota], size: int) -> None:
        self.types, self.quotas, self.size = types, quotas, size
        self.sizes = np.array([len(kind.members) for kind in types], dtype=float)
        features = list(dict.fromkeys(quota.feature for quota in quotas))
        self.bearers = [
            [
                place
                for place, kind in enumerate(types)
                if kind.attributes[features.index(quota.feature)] == quota.value
            ]
            for quota in quotas
        ]
        self.model = self._model(repair=False)

    def _model(self, *, repair: bool) -> highspy.Highs:
        model = _silent()
        for size in self.sizes:
            model.addCol(0.0, 0.0, size, 0, [], [])
        for place in range(len(self.sizes)):
            model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        everybody = list(range(len(self.sizes)))
        _add_row(model, self.size, self.size, everybody)
        groups: dict[str, list[int]] = defaultdict(list)
        for place, kind in enumerate(self.types):
            if kind.group:
                groups[kind.group].append(place)
        for members in groups.values():
            _add_row(model, 0, 1, members)
        for number, quota in enumerate(self.quotas):
            columns, values = list(self.bearers[number]), [1.0] * len(self.bearers[number])
            if repair:
                columns += [_slack(model, number), _slack(model, number)]
                values += [1.0, -1.0]
            model.addRow(quota.low, quota.high, len(columns), columns, values)
        return model

    def best(self, weights: Vector) -> Counts:
        """A panel of the greatest weight, a weight for each member of a type."""
        number = len(self.sizes)
        self.model.changeColsCost(number, np.arange(number, dtype=np.int32), weights)
        self.model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise self.smallest_repair()
        panel: Counts = np.rint(np.array(self.model.getSolution().col_value)).astype(np.int64)
        self._certify(panel)
        return panel

    def _certify(self, panel: Counts) -> None:
        """In whole numbers, whatever the solver's tolerances are."""
        is_right = panel.sum() == self.size and (panel >= 0).all() and (panel <= self.sizes).all()
        for quota, bearers in zip(self.quotas, self.bearers, strict=True):
            is_right = is_right and quota.low <= panel[bearers].sum() <= quota.high
        if not is_right:
            raise ArithmeticError("the solver's panel does not meet the quotas")

    def smallest_repair(self) -> Infeasible:
        """Which quotas to move, by as few seats in all as can be."""
        model = self._model(repair=True)
        model.changeObjectiveSense(highspy.ObjSense.kMinimize)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Infeasible("no panel of this size exists, whatever the quotas")
        slack = np.rint(np.array(model.getSolution().col_value)[len(self.sizes) :]).astype(int)
        changes = []
        for quota, short, over in zip(self.quotas, slack[::2], slack[1::2], strict=True):
            if short:
                changes.append(Change(quota, is_low=True, to=quota.low - int(short)))
            if over:
                changes.append(Change(quota, is_low=False, to=quota.high + int(over)))
        told = "; ".join(map(str, changes))
        return Infeasible(
            f"no panel meets these quotas; the smallest change: {told}", tuple(changes)
        )


def _silent() -> highspy.Highs:
    """One thread and a fixed start, so that the same input takes the same steps."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", "off")
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", 0)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1e-9)
    return model


def _add_row(model: highspy.Highs, low: float, high: float, columns: list[int]) -> None:
    model.addRow(low, high, len(columns), columns, [1.0] * len(columns))


def _slack(model: highspy.Highs, quota: int) -> int:
    """Seats by which a quota is moved; of equal repairs the one of the quotas listed first."""
    place = int(model.getNumCol())
    model.addCol(1.0 + 1e-5 * quota, 0.0, highspy.kHighsInf, 0, [], [])
    model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    return place


def _first_panels(program: _Panels) -> tuple[list[Counts], NDArray[np.bool_]]:
    """Panels that together hold every type that any panel can hold, and which those are."""
    number = len(program.types)
    reached = np.zeros(number, dtype=bool)
    panels: list[Counts] = []
    while not reached.all():
        panel = program.best((~reached).astype(float))
        new = (panel > 0) & ~reached
        if not new.any():
            break
        panels.append(panel)
        reached |= panel > 0
    return panels, reached


def _fairest(
    program: _Panels, panels: list[Counts], reachable: NDArray[np.bool_]
) -> tuple[list[Counts], Vector, float]:
    """Panels with the probability of each, and the least chance: no mixture has a greater one."""
    places = np.flatnonzero(reachable)
    master = _silent()
    master.changeObjectiveSense(highspy.ObjSense.kMaximize)
    master.addCol(1.0, 0.0, 1.0, 0, [], [])  # the least chance
    for _ in places:
        master.addRow(0.0, highspy.kHighsInf, 1, [0], [-1.0])
    master.addRow(1.0, 1.0, 0, [], [])
    for panel in panels:
        _add_panel(master, program, places, panel)
    while True:
        master.run()
        solution = master.getSolution()
        duals = -np.array(solution.row_dual)
        weights = np.zeros(len(program.types))
        weights[places] = np.maximum(duals[:-1], 0) / program.sizes[places]
        panel = program.best(weights)
        gain = float(weights @ panel) - abs(duals[-1])
        if gain <= TOLERANCE or len(panels) >= MOST_COLUMNS:
            values = np.array(solution.col_value)
            return panels, values[1:], float(values[0])
        panels.append(panel)
        _add_panel(master, program, places, panel)


def _add_panel(
    master: highspy.Highs, program: _Panels, places: NDArray[np.intp], panel: Counts
) -> None:
    chances = panel[places] / program.sizes[places]
    rows = np.flatnonzero(chances)
    indices = [*rows.tolist(), len(places)]
    values = [*chances[rows].tolist(), 1.0]
    master.addCol(0.0, 0.0, highspy.kHighsInf, len(indices), indices, values)


def _whole_panels(weights: Vector, panels: int) -> Counts:
    """How often each panel stands in the lottery: largest remainders, the first of equals."""
    counts = seats_by_share([Fraction(max(float(weight), 0.0)) for weight in weights], panels)
    return np.array(counts, dtype=np.int64)


def _deal(types: list[Type], panels: list[Counts], counts: Counts) -> tuple[Panel, ...]:
    """Seats of a type go round its members in turn: their chances differ by one panel at most."""
    turn = [0] * len(types)
    dealt = []
    for panel, copies in zip(panels, counts, strict=True):
        for _ in range(copies):
            seats: list[str] = []
            for place in np.flatnonzero(panel):
                members = types[place].members
                start, number = turn[place], int(panel[place])
                seats += [members[(start + n) % len(members)] for n in range(number)]
                turn[place] = (start + number) % len(members)
            dealt.append(tuple(sorted(seats)))
    return tuple(dealt)
