"""Places on the map of regions: the outline of one, and points inside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.outlines import project, rings_of
from participation.territories import shapes

WIDTH, MARGIN = 640, 30


@dataclass(frozen=True)
class Point:
    number: int
    name: str
    x: float
    y: float

    @property
    def baseline(self) -> float:
        return self.y + 5


@dataclass(frozen=True)
class AssetMap:
    """`path` is drawn with `transform`; points are in the units of the viewBox, 640 wide."""

    path: str
    transform: str
    stroke: float
    height: int
    points: list[Point]


def map_of(iso_code: str, places: Sequence[tuple[int, str, float, float]]) -> AssetMap | None:
    """The region's outline as wide as the chart, with (number, name, latitude, longitude).

    None for a region that is not drawn, and where there is nothing to show on it.
    """
    shape = shapes().get(iso_code)
    if shape is None or not places:
        return None
    on_map = [(number, name, *project(*place)) for number, name, *place in places]
    corners = [
        *(corner for ring in rings_of(shape.path) for corner in ring),
        *((x, y) for _, _, x, y in on_map),
    ]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    scale = (WIDTH - 2 * MARGIN) / max(right - left, 1)
    points = [
        Point(
            number,
            name,
            round(MARGIN + scale * (x - left), 1),
            round(MARGIN + scale * (y - top), 1),
        )
        for number, name, x, y in on_map
    ]
    move = f"translate({MARGIN - scale * left:.2f} {MARGIN - scale * top:.2f}) scale({scale:.4f})"
    height = round(scale * (bottom - top)) + 2 * MARGIN
    return AssetMap(shape.path, move, round(1.5 / scale, 3), height, _apart(points))


def _apart(points: list[Point]) -> list[Point]:
    """Marks of the same town side by side, so that each number can be read."""
    placed: list[Point] = []
    for point in points:
        x = point.x
        while any(abs(x - other.x) < 26 and abs(point.y - other.y) < 26 for other in placed):
            x += 27
        placed.append(Point(point.number, point.name, round(x, 1), point.y))
    return placed
