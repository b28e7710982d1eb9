"""What a draw's files and rows say: the panel, who sits now, who is next, one's own chance."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from councils import draws
from councils.models import Draw, DrawFile
from councils.sortition import Quota


@dataclass(frozen=True)
class Next:
    token: str
    is_same_type: bool


def text_of(draw: Draw, kind: str) -> str:
    return draw.files.values_list("text", flat=True).get(kind=kind)


def panels_of(draw: Draw) -> list[list[str]]:
    """Every panel of the lottery, in the order of the file."""
    return [line.split(",") for line in text_of(draw, DrawFile.Kind.LOTTERY).splitlines()]


def panel_tokens(draw: Draw) -> list[str]:
    """The panel that was drawn. Raises TypeError before it is."""
    return panels_of(draw)[int(draw.drawn_number)]  # type: ignore[arg-type]


def replacements_of(draw: Draw) -> list[tuple[str, str]]:
    """(left, came) in the order in which it happened."""
    rows = draw.replacements.order_by("pk")
    return list(rows.values_list("left__token", "came__token"))


def sitting_tokens(draw: Draw) -> list[str]:
    """The panel after all replacements."""
    seats = panel_tokens(draw)
    for left, came in replacements_of(draw):
        seats[seats.index(left)] = came
    return seats


def seed_of(draw: Draw) -> str:
    """What the reserve is ranked by; of dice it is made of their three digits."""
    lottery = draw.files.values_list("sha256", flat=True).get(kind=DrawFile.Kind.LOTTERY)
    return draws.seed(lottery, draw.randomness)


def next_in_reserve(draw: Draw, token: str) -> Next | None:
    """Who takes the seat of `token`: the next of the same type, else of those who fit."""
    people = dict(draw.entries.values_list("token", "attributes"))
    seated = sitting_tokens(draw)
    gone = {left for left, _came in replacements_of(draw)}
    free = [other for other in people if other not in gone and other not in seated]
    ranked = draws.ranking(seed_of(draw), free)
    for other in ranked:
        if people[other] == people[token]:
            return Next(other, is_same_type=True)
    rest = Counter(item for other in seated if other != token for item in people[other].items())
    quotas = _quotas(draw)
    for other in ranked:
        counts = rest + Counter(people[other].items())
        if all(q.low <= counts[q.feature, q.value] <= q.high for q in quotas):
            return Next(other, is_same_type=False)
    return None


def _quotas(draw: Draw) -> list[Quota]:
    lines = text_of(draw, DrawFile.Kind.QUOTAS).splitlines()[1:]
    rows = (line.split(",") for line in lines)
    return [Quota(feature, value, int(low), int(high)) for feature, value, low, high in rows]


def chance_of(draw: Draw, token: str) -> Fraction:
    """In how many of the panels a token stands."""
    panels = panels_of(draw)
    return Fraction(sum(token in panel for panel in panels), len(panels))
