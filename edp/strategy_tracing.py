"""Where each priority comes from: the trace box, counted from the rows of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from edp.ideas.judged import Judged, judgements_of
from edp.models import DiscoveryProcess, Idea, IdeaSource, Passage, PassageComment, Priority
from participation.models import Comment, Discussion


@dataclass(frozen=True)
class TracedIdea:
    """`judged` is None before a report of the evaluation tells of the idea."""

    idea: Idea
    judged: Judged | None


@dataclass
class PassageChange:
    """A passage of a later version, and the numbers of the comments that changed it."""

    passage: Passage
    comments: list[int]


@dataclass
class Trace:
    """`statements` were said in `workshops` meetings; `comments` are on the priority itself,
    `consulted` on passages about it in consultations, which made the `changes`."""

    statements: int = 0
    workshops: int = 0
    other_sources: int = 0
    comments: int = 0
    consulted: int = 0
    ideas: list[TracedIdea] = field(default_factory=list)
    changes: list[PassageChange] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether a path leads back to something that somebody said."""
        return bool(self.ideas and self.statements)


def traces_of(process: DiscoveryProcess, priorities: Sequence[Priority]) -> dict[int, Trace]:
    """By key of priority of the process, in eight queries."""
    keys = [priority.pk for priority in priorities]
    traces: dict[int, Trace] = {key: Trace() for key in keys}
    for row in _sources(keys):
        trace = traces[row["idea__priorities"]]
        trace.statements, trace.workshops = row["statements"], row["workshops"]
        trace.other_sources = row["sources"] - row["said"]
    judged = judgements_of(process)
    for key, ideas in _ideas(keys).items():
        traces[key].ideas = [TracedIdea(each, judged.get(each.dossier.reference)) for each in ideas]
    by_dossier = {priority.dossier_id: priority.pk for priority in priorities}
    for dossier, comments in Discussion.objects.filter(dossier__in=by_dossier).values_list(
        "dossier", "comments"
    ):
        traces[by_dossier[dossier]].comments = comments
    for key, number in _consulted(keys):
        traces[key].consulted = number
    for change in changes_in(process):
        if change.passage.priority_id in traces:
            traces[change.passage.priority_id].changes.append(change)
    return traces


def changes_in(process: DiscoveryProcess) -> list[PassageChange]:
    """What comments changed in the texts of a process's consultations, in order. One query."""
    rows = (
        PassageComment.changed.through.objects.filter(
            passage__version__published_at__isnull=False,
            passage__version__consultation__process=process,
            passage__version__consultation__dossier__published_at__isnull=False,
        )
        .select_related("passage__version__consultation")
        .order_by(
            "passage__version__consultation__number",
            "passage__version__number",
            "passage__number",
            "passagecomment",
        )
    )
    found: dict[int, PassageChange] = {}
    for row in rows:
        found.setdefault(row.passage_id, PassageChange(row.passage, [])).comments.append(
            row.passagecomment_id
        )
    return list(found.values())


def _consulted(keys: list[int]) -> Iterable[tuple[int, int]]:
    """How many comments were received on passages about each; those not seen yet do not count."""
    rows = PassageComment.objects.filter(passage__priority__in=keys)
    counted = rows.exclude(comment__state=Comment.State.WAITING).values_list("passage__priority")
    return counted.annotate(Count("pk")).order_by()


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
