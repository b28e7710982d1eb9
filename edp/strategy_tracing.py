"""Where each priority comes from: the trace box, counted from the rows of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from edp.models import Idea, IdeaSource, Priority
from participation.models import Discussion


@dataclass
class Trace:
    """`statements` were said in `workshops` meetings; `comments` are on the priority itself."""

    statements: int = 0
    workshops: int = 0
    other_sources: int = 0
    comments: int = 0
    ideas: list[Idea] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether a path leads back to something that somebody said."""
        return bool(self.ideas and self.statements)


def traces_of(priorities: Sequence[Priority]) -> dict[int, Trace]:
    """By key of priority, in five queries."""
    keys = [priority.pk for priority in priorities]
    traces: dict[int, Trace] = {key: Trace() for key in keys}
    for row in _sources(keys):
        trace = traces[row["idea__priorities"]]
        trace.statements, trace.workshops = row["statements"], row["workshops"]
        trace.other_sources = row["sources"] - row["said"]
    for key, ideas in _ideas(keys).items():
        traces[key].ideas = ideas
    by_dossier = {priority.dossier_id: priority.pk for priority in priorities}
    for dossier, comments in Discussion.objects.filter(dossier__in=by_dossier).values_list(
        "dossier", "comments"
    ):
        traces[by_dossier[dossier]].comments = comments
    return traces


def _sources(keys: list[int]) -> Any:
    return (
        IdeaSource.objects.filter(idea__priorities__in=keys)
        .values("idea__priorities")
        .annotate(
            sources=Count("pk"),
            said=Count("statement"),
            statements=Count("statement", distinct=True),
            workshops=Count("statement__workshop", distinct=True),
        )
        .order_by()
    )


def _ideas(keys: list[int]) -> dict[int, list[Idea]]:
    through = Priority.ideas.through.objects.filter(priority_id__in=keys)
    pairs = list(through.values_list("priority_id", "idea_id"))
    ideas = (
        Idea.objects.public()
        .filter(pk__in={idea for _, idea in pairs})
        .select_related("dossier")
        .prefetch_related("dossier__texts")
        .in_bulk()
    )
    found: defaultdict[int, list[Idea]] = defaultdict(list)
    for priority, idea in sorted(pairs):
        if idea in ideas:
            found[priority].append(ideas[idea])
    return found
