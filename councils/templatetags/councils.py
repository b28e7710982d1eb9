"""The navigation of a council, and the bar of who sits on it."""

from typing import Any

from django import template

from councils.facts.standing import Standing
from councils.models import Council
from councils.navigation import Link, parts_of

register = template.Library()


@register.simple_tag
def council_parts(council: Council, here: str = "") -> list[Link]:
    return parts_of(council, here)


@register.simple_tag
def share_parts(standing: Standing) -> dict[str, Any]:
    """Where the sides stand on the bar, in whole per cent; what is left of it is vacant."""
    vacant = len(standing.vacancies)
    seats = standing.members + vacant or 1
    edge = standing.civil * 100 // seats
    end = standing.members * 100 // seats
    parts = [("civil", standing.civil, 0, edge), ("government", standing.state, edge, end)]
    return {
        "vacant": vacant,
        "parts": [
            {"helix": helix, "count": n, "x": x, "width": to - x, "middle": (x + to) // 2}
            for helix, n, x, to in parts
            if n
        ],
    }
