"""Groups of like opinion among voters: principal components, then k-means, without any chance.

Votes are 1 (agree), -1 (disagree), 0 (pass) or None (not seen). The same votes always give the
same groups: the start is farthest-first, not random. How many groups there are is a choice, and
the numbers depend on it, so every k that was tried is reported (Polis, issue 1289).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
Votes = Sequence[Sequence[int | None]]

MOST_GROUPS = 5
STEPS = 100


@dataclass(frozen=True)
class Grouping:
    """`groups` lists voters by position; `silhouette` from -1 to 1 says how apart they stand."""

    k: int
    groups: tuple[tuple[int, ...], ...]
    silhouette: float
    inertia: float


@dataclass(frozen=True)
class Opinions:
    """`points` are voters on the plane of the first two components, `explained` their part of
    all variance; `groupings` is by k, without those that have too small a group."""

    points: Matrix
    explained: tuple[float, float]
    groupings: dict[int, Grouping]

    @property
    def best(self) -> Grouping | None:
        found = self.groupings.values()
        return max(found, key=lambda g: (g.silhouette, -g.k)) if found else None


def opinions(votes: Votes, *, smallest_group: int = 5) -> Opinions:
    """Raises ValueError with fewer than three voters or two statements."""
    if len(votes) < 3 or len(votes[0]) < 2:
        raise ValueError("groups need at least three voters and two statements")
    points, explained = _plane(votes)
    groupings = {}
    for k in range(2, min(MOST_GROUPS, len(votes) - 1) + 1):
        grouping = _grouping(points, k)
        if grouping and min(map(len, grouping.groups)) >= smallest_group:
            groupings[k] = grouping
    return Opinions(points, explained, groupings)


def _plane(votes: Votes) -> tuple[Matrix, tuple[float, float]]:
    table = np.array([[np.nan if v is None else v for v in row] for row in votes], dtype=float)
    seen = ~np.isnan(table)
    # What somebody has not seen pulls them nowhere: the mean of those who have.
    means = np.where(seen, table, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    centred = np.where(seen, table - means, 0.0)
    _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    # The sign of an axis is arbitrary; fixed so that every machine draws the same map.
    axes = (
        axes * np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    )
    variance = sizes**2
    whole = float(variance.sum()) or 1.0
    return centred @ axes[:2].T, (float(variance[0]) / whole, float(variance[1]) / whole)


def _distances(points: Matrix, centres: Matrix) -> Matrix:
    return np.asarray(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))


def _grouping(points: Matrix, k: int) -> Grouping | None:
    """Lloyd's algorithm from centres that are as far apart as can be; None if a group empties."""
    first = int(((points - points.mean(axis=0)) ** 2).sum(axis=1).argmax())
    chosen = [first]
    while len(chosen) < k:
        chosen.append(int(_distances(points, points[chosen]).min(axis=1).argmax()))
    centres = points[chosen]
    labels = _distances(points, centres).argmin(axis=1)
    for _ in range(STEPS):
        if len(np.unique(labels)) < k:
            return None
        centres = np.array([points[labels == group].mean(axis=0) for group in range(k)])
        moved = _distances(points, centres).argmin(axis=1)
        if (moved == labels).all():
            break
        labels = moved
    groups = sorted(tuple(np.flatnonzero(labels == group).tolist()) for group in range(k))
    inertia = float(_distances(points, centres).min(axis=1).sum())
    return Grouping(k, tuple(groups), _silhouette(points, labels), inertia)


def _silhouette(points: Matrix, labels: Labels) -> float:
    """Mean of (b - a) / max(a, b): a within the own group, b to the nearest other (Rousseeuw)."""
    apart = np.sqrt(_distances(points, points))
    values = []
    for voter, own in enumerate(labels):
        mates = labels == own
        if mates.sum() == 1:
            values.append(0.0)
            continue
        within = apart[voter, mates].sum() / (mates.sum() - 1)
        others = [apart[voter, labels == g].mean() for g in np.unique(labels) if g != own]
        nearest = min(others)
        values.append(float((nearest - within) / max(within, nearest, 1e-12)))
    return float(np.mean(values))


def two_proportions(inside: tuple[int, int], outside: tuple[int, int]) -> float:
    """z of (agreeing, voters) inside a group against outside, with one vote added to each."""
    (a, n), (b, m) = inside, outside
    p, q = (a + 1) / (n + 1), (b + 1) / (m + 1)
    pooled = (a + b + 2) / (n + m + 2)
    if pooled in (0, 1):
        return 0.0
    return float((p - q) / np.sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (m + 1))))


def one_proportion(agreeing: int, voters: int) -> float:
    """z of a share against one half, with one vote added."""
    return float(2 * np.sqrt(voters + 1) * ((agreeing + 1) / (voters + 1) - 0.5))


def priority(*, agree: int, passed: int, seen: int, extremity: float) -> float:
    """Which statement to show next, as Polis does: unsure and new ones first."""
    chance = (agree + 1) / (seen + 2)
    return float(
        ((1 - (passed + 1) / (seen + 2)) * (extremity + 1) * chance * (1 + 8 * 2 ** (-seen / 5)))
        ** 2
    )
