"""Proposals of a cycle that are written nearly like the one somebody is writing."""

from dataclasses import dataclass

from django.db import connection

from budgeting.models import Cycle, Proposal
from participation.search.spelling import sounds

ALIKE = 0.5
SHOWN = 3
COMPARED = 300
LONGEST = 500

# "%%" is pg_trgm's own "like enough": 0.3. A merged proposal is found where it went.
_NEAREST = """
WITH compared AS (
  SELECT coalesce(proposal.merged_into_id, proposal.id) AS id, greatest(
    similarity(participation_sounds(text.title), %(title)s),
    similarity(participation_sounds(text.title || ' ' || text.summary), %(whole)s)) AS likeness
  FROM participation_dossiertext text
  JOIN participation_dossier dossier ON dossier.id = text.dossier_id
  JOIN budgeting_proposal proposal ON proposal.dossier_id = dossier.id
  WHERE (participation_sounds(text.title) %% %(title)s
      OR participation_sounds(text.title || ' ' || text.summary) %% %(whole)s)
    AND proposal.cycle_id = %(cycle)s AND dossier.published_at IS NOT NULL
    AND proposal.id <> %(itself)s AND proposal.state <> 'withdrawn'
)
SELECT id, max(likeness) AS most FROM compared WHERE id <> %(itself)s
GROUP BY id ORDER BY most DESC, id LIMIT %(shown)s
"""

# Each with each of the newest: their number is bounded, because pairs grow with its square.
_PAIRS = """
WITH newest AS MATERIALIZED (
  SELECT proposal.id, text.language,
         participation_sounds(text.title) AS title
  FROM (
    SELECT p.id, p.dossier_id FROM budgeting_proposal p
    JOIN participation_dossier d ON d.id = p.dossier_id
    WHERE p.cycle_id = %(cycle)s AND p.state = 'submitted' AND d.published_at IS NOT NULL
    ORDER BY p.number DESC LIMIT %(compared)s
  ) proposal
  JOIN participation_dossiertext text ON text.dossier_id = proposal.dossier_id
)
SELECT a.id, b.id, max(similarity(a.title, b.title)) AS most
FROM newest a JOIN newest b ON b.id > a.id AND b.language = a.language
WHERE similarity(a.title, b.title) >= %(enough)s AND NOT EXISTS (
  SELECT FROM budgeting_proposalmerge merge
  WHERE (merge.source_id, merge.into_id) IN ((a.id, b.id), (b.id, a.id)))
GROUP BY a.id, b.id ORDER BY most DESC, a.id, b.id
"""


@dataclass(frozen=True)
class Similar:
    """`likeness` is in percent."""

    proposal: Proposal
    likeness: int


def similar_proposals(
    cycle: Cycle, *, title: str, summary: str = "", itself: Proposal | None = None
) -> list[Similar]:
    """The most similar public proposals, best first; two queries and one for their texts."""
    asked: dict[str, int | str] = {
        "cycle": cycle.pk,
        "itself": itself.pk if itself else 0,
        "title": sounds(title[:LONGEST]),
        "whole": sounds(f"{title[:LONGEST]} {summary[:LONGEST]}"),
        "shown": SHOWN,
    }
    if not asked["title"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, asked)
        nearest = dict(cursor.fetchall())
    if not nearest:
        return []
    rows = Proposal.objects.select_related("dossier").prefetch_related("dossier__texts")
    found = rows.in_bulk(nearest)
    return [Similar(found[key], round(likeness * 100)) for key, likeness in nearest.items()]


@dataclass(frozen=True)
class Pair:
    """Two proposals with titles that are nearly alike; `likeness` is in percent."""

    older: Proposal
    newer: Proposal
    likeness: int


def alike_ids(cycle: Cycle) -> list[tuple[int, int, float]]:
    """Pairs among the newest proposals that wait for a verdict, the most alike first; one query.

    Pairs of which somebody has asked for a merge are left out, whatever came of it.
    """
    asked: dict[str, int | float | str] = {
        "cycle": cycle.pk,
        "enough": ALIKE,
        "compared": COMPARED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, asked)
        return list(cursor.fetchall())


def alike_pairs(cycle: Cycle, shown: int) -> list[Pair]:
    """The first of them with their proposals; two queries and one for their texts."""
    ids = alike_ids(cycle)[:shown]
    rows = Proposal.objects.select_related("dossier").prefetch_related("dossier__texts")
    found = rows.in_bulk({key for older, newer, _likeness in ids for key in (older, newer)})
    return [Pair(found[a], found[b], round(likeness * 100)) for a, b, likeness in ids]
