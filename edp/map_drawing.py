"""Places on the map of regions: the outline of one, and points inside it.

The outlines of participation/data/regions.svg lie in an equidistant conic projection (standard
parallels 47 and 54 degrees, central meridian 67 degrees east). Scale and origin were fitted to the
extremes of the country and the centres of three cities, to half a unit of the 1000 of its width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from participation.territories import shapes

SOUTH, NORTH = radians(47), radians(54)
MERIDIAN = 67.0
SCALE, ORIGIN_X, ORIGIN_Y = 2159.156, 506.075, -1588.743
CONE = (cos(SOUTH) - cos(NORTH)) / (NORTH - SOUTH)
APEX = cos(SOUTH) / CONE + SOUTH
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


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place lies on the map, 1000 units wide and 561 high; degrees in, units out."""
    radius = APEX - radians(latitude)
    angle = CONE * radians(longitude - MERIDIAN)
    return ORIGIN_X + SCALE * radius * sin(angle), ORIGIN_Y + SCALE * radius * cos(angle)


def map_of(iso_code: str, places: Sequence[tuple[int, str, float, float]]) -> AssetMap | None:
    """The region's outline as wide as the chart, with (number, name, latitude, longitude).

    None for a region that is not drawn, and where there is nothing to show on it.
    """
    shape = shapes().get(iso_code)
    if shape is None or not places:
        return None
    on_map = [(number, name, *project(*place)) for number, name, *place in places]
    corners = [*_corners(shape.path), *((x, y) for _, _, x, y in on_map)]
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


def _corners(path: str) -> list[tuple[float, float]]:
    """The points of an outline of relative moves and lines, as regions.svg has them."""
    corners: list[tuple[float, float]] = []
    x = y = start_x = start_y = 0.0
    for command, text in re.findall(r"([mlz])([^mlz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]
        for place in range(0, len(numbers) - 1, 2):
            x, y = x + numbers[place], y + numbers[place + 1]
            if command == "m" and place == 0:
                start_x, start_y = x, y
            corners.append((x, y))
        if command == "z":
            x, y = start_x, start_y
    return corners


def _apart(points: list[Point]) -> list[Point]:
    """Marks of the same town side by side, so that each number can be read."""
    placed: list[Point] = []
    for point in points:
        x = point.x
        while any(abs(x - other.x) < 26 and abs(point.y - other.y) < 26 for other in placed):
            x += 27
        placed.append(Point(point.number, point.name, round(x, 1), point.y))
    return placed
