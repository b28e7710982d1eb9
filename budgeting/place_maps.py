"""The map on which a proposal shows its place: an outline with a grid, drawn on the server."""

import re
from dataclasses import dataclass
from functools import cached_property

from participation.models import Territory
from participation.outlines import COLUMNS, WIDTH, Area, Frame, Point, area_of

# 42.90, 71.37 as maps write it; 42,90 71,37 as people here do.
_COORDINATES = (
    re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)"),
    re.compile(r"(-?\d{1,3},\d+)\s*[;\s]\s*(-?\d{1,3},\d+)"),
)


@dataclass(frozen=True)
class Line:
    """A line of the grid's squares: its name and where that stands."""

    name: str
    at: float
    end: float


@dataclass(frozen=True)
class PlaceMap:
    area: Area
    frame: Frame
    point: Point | None = None

    @property
    def path(self) -> str:
        return self.frame.path(self.area)

    @cached_property
    def mark(self) -> Point | None:
        """Where the point stands in the units of the drawing."""
        return self.frame.place(*self.point) if self.point else None

    @property
    def columns(self) -> list[Line]:
        step = WIDTH / len(COLUMNS)
        return [Line(name, (n + 0.5) * step, (n + 1) * step) for n, name in enumerate(COLUMNS)]

    @property
    def rows(self) -> list[Line]:
        step = self.frame.height / self.frame.rows
        return [
            Line(str(n + 1), round((n + 0.5) * step + 5, 1), round((n + 1) * step, 1))
            for n in range(self.frame.rows)
        ]

    def read(self, text: str) -> Point | None:
        """A square of the grid, or latitude and longitude, as typed; None if neither."""
        for pattern in _COORDINATES:
            if found := pattern.fullmatch(text.strip()):
                latitude, longitude = (float(number.replace(",", ".")) for number in found.groups())
                return latitude, longitude
        return self.frame.square(text)


def map_of(territory: Territory, point: Point | None = None) -> PlaceMap | None:
    """Of the place or the nearest one above it that is drawn; None where none is."""
    above: Territory | None = territory
    while above is not None:
        if area := area_of(above.iso_code, above.slug):
            return PlaceMap(area, Frame.around(area), point)
        above = above.parent
    return None
