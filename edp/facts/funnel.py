"""From what was said to what is favoured: how many of each were left at each step."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from django.db.models import Count, Q

from edp.models import DiscoveryProcess, Idea, Priority


@dataclass(frozen=True)
class Funnel:
    """Counts of one process. `bottom_up` and `surprises` are of the admitted ideas.

    A merged idea counts as submitted; with its sources it lives on in the other.
    """

    statements: int
    ideas: int
    admitted: int
    candidates: int
    priorities: int
    bottom_up: int
    surprises: int

    @property
    def steps(self) -> list[tuple[str, int, Fraction | None]]:
        """(step, number, share of the step before); no share where that was empty."""
        names = ("statements", "ideas", "admitted", "candidates", "priorities")
        numbers = [getattr(self, name) for name in names]
        shares = [
            None,
            *(_share(n, before) for before, n in pairwise(numbers)),
        ]
        return list(zip(names, numbers, shares, strict=True))

    @property
    def bottom_up_share(self) -> Fraction | None:
        return _share(self.bottom_up, self.admitted)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def funnel_of(process: DiscoveryProcess) -> Funnel:
    """In three queries."""
    admitted, public = Q(state__in=Idea.ADMITTED), Q(dossier__published_at__isnull=False)
    ideas = process.ideas.aggregate(
        ideas=Count("pk", filter=public),
        admitted=Count("pk", filter=admitted),
        bottom_up=Count("pk", filter=admitted & Q(origin=Idea.Origin.BOTTOM_UP)),
        surprises=Count("pk", filter=admitted & Q(is_surprise=True)),
    )
    priorities = process.priorities.aggregate(
        candidates=Count("pk"), priorities=Count("pk", filter=Q(state=Priority.State.SELECTED))
    )
    return Funnel(statements=process.statements.public().count(), **ideas, **priorities)
