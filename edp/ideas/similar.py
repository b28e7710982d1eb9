"""Ideas of a process that are written nearly like the one somebody is writing."""

from dataclasses import dataclass

from django.db import connection

from edp.models import DiscoveryProcess, Idea
from participation.search.spelling import sounds

LIKE_ENOUGH = 0.3
SHOWN = 3
LONGEST = 700

# A merged idea is found where it went.
_NEAREST = """
WITH written AS (
  SELECT coalesce(idea.merged_into_id, idea.id) AS id,
         participation_sounds(text.title) AS title,
         participation_sounds(text.summary) AS sentence
  FROM edp_idea idea
  JOIN participation_dossier dossier ON dossier.id = idea.dossier_id
  JOIN participation_dossiertext text ON text.dossier_id = dossier.id
  WHERE idea.process_id = %(process)s AND dossier.published_at IS NOT NULL
    AND idea.id <> %(itself)s AND idea.state <> 'screened_out'
)
SELECT id, max(greatest(
    similarity(title, %(title)s), similarity(sentence, %(sentence)s),
    similarity(title || ' ' || sentence, %(title)s || ' ' || %(sentence)s))) AS likeness
FROM written WHERE id <> %(itself)s
GROUP BY id HAVING max(greatest(
    similarity(title, %(title)s), similarity(sentence, %(sentence)s),
    similarity(title || ' ' || sentence, %(title)s || ' ' || %(sentence)s))) >= %(enough)s
ORDER BY likeness DESC, id LIMIT %(shown)s
"""


@dataclass(frozen=True)
class Similar:
    """`likeness` is in percent."""

    idea: Idea
    likeness: int


def similar_ideas(
    process: DiscoveryProcess, *, title: str, sentence: str, itself: Idea | None = None
) -> list[Similar]:
    """The most similar public ideas, best first; two queries and one for their texts."""
    asked: dict[str, int | float | str] = {
        "process": process.pk,
        "itself": itself.pk if itself else 0,
        "title": sounds(title[:LONGEST]),
        "sentence": sounds(sentence[:LONGEST]),
        "enough": LIKE_ENOUGH,
        "shown": SHOWN,
    }
    if not asked["title"] and not asked["sentence"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, asked)
        nearest = dict(cursor.fetchall())
    if not nearest:
        return []
    ideas = Idea.objects.select_related("dossier").prefetch_related("dossier__texts")
    found = ideas.in_bulk(nearest)
    return [Similar(found[key], round(likeness * 100)) for key, likeness in nearest.items()]
