"""Where a place lies: outlines of regions in degrees, circles around towns, a frame to draw them.

The outlines of data/regions.svg lie in an equidistant conic projection (standard parallels 47 and
54 degrees, central meridian 67 degrees east). Scale and origin were fitted to the extremes of the
country and the centres of three cities, to half a unit of the 1000 of its width; a unit is about
three kilometres, so a point is outside only when it is clearly outside.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import atan2, cos, degrees, hypot, pi, radians, sin

from participation.territories import DATA, shapes

SOUTH, NORTH = radians(47), radians(54)
MERIDIAN = 67.0
SCALE, ORIGIN_X, ORIGIN_Y = 2159.156, 506.075, -1588.743
CONE = (cos(SOUTH) - cos(NORTH)) / (NORTH - SOUTH)
APEX = cos(SOUTH) / CONE + SOUTH

KM_OF_A_DEGREE = 111.32  # of latitude
TOLERANCE = 5.0  # km: outlines are simplified
WIDTH, MARGIN = 640, 16  # of a drawing, in its units
COLUMNS = "ABCDEFGH"

Point = tuple[float, float]
"""Latitude and longitude in degrees, north and east."""


def project(latitude: float, longitude: float) -> Point:
    """Where a place lies on the map, 1000 units wide and 561 high; degrees in, units out."""
    radius = APEX - radians(latitude)
    angle = CONE * radians(longitude - MERIDIAN)
    return ORIGIN_X + SCALE * radius * sin(angle), ORIGIN_Y + SCALE * radius * cos(angle)


def unproject(x: float, y: float) -> Point:
    """The inverse of `project`."""
    radius = hypot(x - ORIGIN_X, y - ORIGIN_Y) / SCALE
    angle = atan2(x - ORIGIN_X, y - ORIGIN_Y)
    return degrees(APEX - radius), MERIDIAN + degrees(angle / CONE)


def rings_of(path: str) -> list[list[Point]]:
    """The closed lines of an outline of relative moves and lines, as regions.svg has them."""
    rings: list[list[Point]] = []
    x = y = start_x = start_y = 0.0
    for command, text in re.findall(r"([mlz])([^mlz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]
        for place in range(0, len(numbers) - 1, 2):
            x, y = x + numbers[place], y + numbers[place + 1]
            if command == "m" and place == 0:
                start_x, start_y = x, y
                rings.append([])
            rings[-1].append((x, y))
        if command == "z":
            x, y = start_x, start_y
    return rings


@dataclass(frozen=True)
class Area:
    """Rings of points around a place."""

    rings: tuple[tuple[Point, ...], ...]

    @property
    def points(self) -> Iterable[Point]:
        return (point for ring in self.rings for point in ring)

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether the point is inside, or so near that a simplified outline cannot tell."""
        inside = False
        shrink = cos(radians(latitude))
        for ring in self.rings:
            for (y1, x1), (y2, x2) in zip(ring, (*ring[1:], ring[0]), strict=True):
                is_crossed = (y1 > latitude) != (y2 > latitude)
                if is_crossed and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                    inside = not inside
                ends = [((x - longitude) * shrink, y - latitude) for y, x in ((y1, x1), (y2, x2))]
                if _distance(*ends) * KM_OF_A_DEGREE <= TOLERANCE:
                    return True
        return inside


def _distance(start: Point, end: Point) -> float:
    """From the origin to a line between two points."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
    return hypot(x1 + along * dx, y1 + along * dy)


@cache
def area_of(iso_code: str = "", slug: str = "") -> Area | None:
    """Of a town whose centre is known, else of a first-level unit; None where neither is."""
    if (centre := _centres().get(slug)) is not None:
        return _circle(*centre)
    if (shape := shapes().get(iso_code)) is None:
        return None
    return Area(tuple(tuple(unproject(x, y) for x, y in ring) for ring in rings_of(shape.path)))


@cache
def _centres() -> dict[str, tuple[float, float, float]]:
    """Latitude, longitude and radius in km by slug."""
    with (DATA / "centres.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["slug"]: (float(row["latitude"]), float(row["longitude"]), float(row["radius_km"]))
            for row in csv.DictReader(file)
        }


def _circle(latitude: float, longitude: float, radius: float, corners: int = 48) -> Area:
    up, across = radius / KM_OF_A_DEGREE, radius / KM_OF_A_DEGREE / cos(radians(latitude))
    turns = [2 * pi * corner / corners for corner in range(corners)]
    ring = tuple((latitude + up * cos(turn), longitude + across * sin(turn)) for turn in turns)
    return Area((ring,))


@dataclass(frozen=True)
class Frame:
    """The part of the earth that a drawing shows, WIDTH units wide; degrees are spread evenly."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, area: Area) -> "Frame":
        latitudes, longitudes = zip(*area.points, strict=True)
        south, north = min(latitudes), max(latitudes)
        west, east = min(longitudes), max(longitudes)
        spare = MARGIN / (WIDTH - 2 * MARGIN)
        up, across = spare * (north - south), spare * (east - west)
        return cls(south - up, west - across, north + up, east + across)

    @property
    def height(self) -> int:
        shrink = cos(radians((self.south + self.north) / 2))
        return round(WIDTH * (self.north - self.south) / ((self.east - self.west) * shrink))

    @property
    def rows(self) -> int:
        return max(1, round(len(COLUMNS) * self.height / WIDTH))

    def place(self, latitude: float, longitude: float) -> Point:
        """x and y in the units of the drawing."""
        x = WIDTH * (longitude - self.west) / (self.east - self.west)
        y = self.height * (self.north - latitude) / (self.north - self.south)
        return round(x, 1), round(y, 1)

    def square(self, name: str) -> Point | None:
        """The middle of a square of the grid, as C4; None for one that is not there."""
        found = re.fullmatch(r"([A-H])(\d{1,2})", name.strip().upper())
        if found is None or not 1 <= int(found[2]) <= self.rows:
            return None
        column, row = COLUMNS.index(found[1]) + 0.5, int(found[2]) - 0.5
        return (
            self.north - (self.north - self.south) * row / self.rows,
            self.west + (self.east - self.west) * column / len(COLUMNS),
        )

    def name_of(self, latitude: float, longitude: float) -> str:
        """The square of the grid in which a place lies; "" outside the drawing."""
        x, y = self.place(latitude, longitude)
        if not (0 <= x < WIDTH and 0 <= y < self.height):
            return ""
        return f"{COLUMNS[int(x * len(COLUMNS) / WIDTH)]}{int(y * self.rows / self.height) + 1}"

    def path(self, area: Area) -> str:
        """The rings as the path of a drawing."""
        return "".join(
            "M" + "L".join("{:g} {:g}".format(*self.place(*point)) for point in ring) + "Z"
            for ring in area.rings
        )
