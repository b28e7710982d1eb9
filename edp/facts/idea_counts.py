"""What the gate of discovery asks of ideas."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from edp.models import DiscoveryProcess, IdeaSource


@dataclass(frozen=True)
class IdeaCounts:
    """Ideas that were admitted, whatever became of them later; `without_source` is never but 0."""

    admitted: int
    without_source: int


def idea_counts(process: DiscoveryProcess) -> IdeaCounts:
    sources = IdeaSource.objects.filter(idea=OuterRef("pk"))
    counted = process.ideas.admitted().annotate(has_source=Exists(sources))
    found = counted.aggregate(admitted=Count("pk"), bare=Count("pk", filter=Q(has_source=False)))
    return IdeaCounts(admitted=found["admitted"], without_source=found["bare"])
