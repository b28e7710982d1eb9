"""Where the winners of a cycle will stand: numbered on its map, and listed by envelope."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from budgeting.models import Award, Cycle, Election, Envelope
from budgeting.place_maps import PlaceMap, map_of
from participation.models import DossierText
from participation.outlines import Point


@dataclass(frozen=True)
class PlacedWinner:
    """`number`, `mark` (in units of the drawing) and `square` are empty where it has no place on
    the map: it lies elsewhere, or all over the district."""

    award: Award
    number: int | None = None
    mark: Point | None = None
    square: str = ""


@dataclass(frozen=True)
class ResultsMap:
    map: PlaceMap
    envelopes: list[tuple[Envelope, list[PlacedWinner]]]

    @property
    def marks(self) -> list[PlacedWinner]:
        return [one for _envelope, winners in self.envelopes for one in winners if one.mark]


def results_map(cycle: Cycle) -> ResultsMap | None:
    """None where the place is not drawn, or no winner has its place on the drawing. Two queries."""
    drawn = map_of(cycle.dossier.territory)
    if drawn is None:
        return None
    texts = DossierText.objects.only("dossier", "language", "origin", "title")
    awards = (
        Award.objects.filter(
            tally__is_official=True,
            tally__election__envelope__cycle=cycle,
            tally__election__state=Election.State.PUBLISHED,
        )
        .select_related("proposal__dossier", "proposal__envelope")
        .prefetch_related(Prefetch("proposal__dossier__texts", texts))
        .order_by("proposal__envelope__number", "position")
    )
    placed = list(_placed(drawn, awards))
    found = [
        (envelope, list(winners))
        for envelope, winners in groupby(placed, lambda one: one.award.proposal.envelope)
    ]
    whole = ResultsMap(drawn, found)
    return whole if whole.marks else None


def _placed(drawn: PlaceMap, awards: Iterable[Award]) -> Iterable[PlacedWinner]:
    number = 0
    for award in awards:
        point = award.proposal.point
        if point and (square := drawn.frame.name_of(*point)):
            number += 1
            yield PlacedWinner(award, number, drawn.frame.place(*point), square)
        else:
            yield PlacedWinner(award)
