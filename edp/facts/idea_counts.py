"""What the gate of discovery asks of ideas."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from edp.models import DiscoveryProcess, IdeaSource


@dataclass(frozen=True)
class IdeaCounts:
    """Ideas that were admitted, whatever became of them later.

    `without_source` are those to which no words of people led: each has a source, but a figure, an
    asset or a trend was said by nobody.
    """

    admitted: int
    without_source: int


def idea_counts(process: DiscoveryProcess) -> IdeaCounts:
    was_said = Q(statement__isnull=False) | Q(delphi_statement__isnull=False)
    words = IdeaSource.objects.filter(was_said, idea=OuterRef("pk"))
    counted = process.ideas.admitted().annotate(has_words=Exists(words))
    found = counted.aggregate(admitted=Count("pk"), bare=Count("pk", filter=Q(has_words=False)))
    return IdeaCounts(admitted=found["admitted"], without_source=found["bare"])
