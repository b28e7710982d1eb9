"""The chain of evidence as pages show it: what a thing came from, and what came of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from participation.kinds import kind_named
from participation.models import Dossier, DossierLink, DossierText
from participation.relations import relation_named

Row = dict[str, Any]
_ROW = ("pk", "relation", "is_later", "reference", "kind", "state", "path", "wordings")
STRIP = 12
DEEPEST = 10
LONGEST = 200


@dataclass(frozen=True)
class Step:
    """The thing at the other end of a link. `relation` is said from this end."""

    link: int
    relation: str
    is_later: bool
    url: str
    title: str
    language: str
    kind: str
    status: str
    tone: str
    reference: str


def texts_of(dossier: str) -> ArraySubquery:
    """Language, origin and title of each text of the dossier behind a field."""
    texts = DossierText.objects.filter(dossier=OuterRef(dossier)).order_by("pk")
    fields = {name: name for name in ("language", "origin", "title")}
    return ArraySubquery(texts.values(row=JSONObject(**fields)))


def steps_of(dossier: Dossier, *, limit: int | None = None) -> list[Step]:
    """What it came from, then what it led to, in one query."""
    is_later = Case(When(source=dossier, then=1), default=0)
    other = {
        name: Case(When(source=dossier, then=f"target__{name}"), default=f"source__{name}")
        for name in ("reference", "kind", "state", "path", "published_at")
    }
    rows = (
        DossierLink.objects.filter(Q(source=dossier) | Q(target=dossier))
        .annotate(
            is_later=is_later,
            other=Case(When(source=dossier, then="target_id"), default="source_id"),
            **other,
        )
        .annotate(wordings=texts_of("other"))
        .filter(published_at__isnull=False)
        .order_by("is_later", "pk")
        .values(*_ROW)
    )
    return [_step(row) for row in (rows[:limit] if limit else rows)]


def later_steps(keys: list[int]) -> dict[int, list[Step]]:
    """What each of these dossiers led to, in one query."""
    rows = (
        DossierLink.objects.filter(source__in=keys, target__published_at__isnull=False)
        .annotate(
            is_later=Value(1),
            wordings=texts_of("target"),
            **{name: F(f"target__{name}") for name in ("reference", "kind", "state", "path")},
        )
        .order_by("pk")
        .values("source", *_ROW)
    )
    steps: dict[int, list[Step]] = {}
    for row in rows:
        steps.setdefault(row["source"], []).append(_step(row))
    return steps


def _step(row: Row) -> Step:
    relation, kind = relation_named(row["relation"]), kind_named(row["kind"])
    language, title, written = title_of(row)
    state = kind.state(row["state"])
    return Step(
        link=row["pk"],
        relation=str(relation.forward if row["is_later"] else relation.backward),
        is_later=bool(row["is_later"]),
        url=f"/{language}/{row['path']}",
        title=title,
        language=written,
        kind=str(kind.label),
        status=str(state.label) if state else "",
        tone=state.tone if state else "",
        reference=row["reference"],
    )


def title_of(row: Row) -> tuple[str, str, str]:
    """The page's language, the title, and the language of the title, of a row with texts_of."""
    reader = (get_language() or "kk")[:2]
    texts = sorted(
        row["wordings"],
        key=lambda text: (text["language"] != reader, text["origin"] != "original"),
    )
    if not texts:
        return reader, row["reference"], reader
    return reader, texts[0]["title"], texts[0]["language"]


@dataclass(frozen=True)
class Node:
    """A thing in a whole chain; `distance` counts links from the one asked for: −2 is two before,
    0 itself, 1 what came of it next."""

    key: int
    distance: int
    url: str
    title: str
    language: str
    kind: str
    reference: str


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    relation: str


@dataclass(frozen=True)
class Chain:
    """`is_whole` is false where the chain goes on beyond ten links or two hundred things."""

    nodes: list[Node]
    edges: list[Edge]
    is_whole: bool


_WALK = """
WITH RECURSIVE
public AS NOT MATERIALIZED (
  SELECT link.source_id, link.target_id
  FROM participation_dossierlink link
  JOIN participation_dossier source
    ON source.id = link.source_id AND source.published_at IS NOT NULL
  JOIN participation_dossier target
    ON target.id = link.target_id AND target.published_at IS NOT NULL
),
before(id, distance) AS (
  SELECT %(start)s::bigint, 0
  UNION
  SELECT public.source_id, distance - 1 FROM before
    JOIN public ON public.target_id = before.id WHERE distance > -%(deepest)s
),
after(id, distance) AS (
  SELECT %(start)s::bigint, 0
  UNION
  SELECT public.target_id, distance + 1 FROM after
    JOIN public ON public.source_id = after.id WHERE distance < %(deepest)s
)
SELECT id, min(distance) FILTER (WHERE distance <= 0), max(distance)
FROM (SELECT * FROM before UNION SELECT * FROM after) AS walked
GROUP BY id ORDER BY min(abs(distance)), id LIMIT %(longest)s
"""


def whole_chain(dossier: Dossier) -> Chain:
    """Everything public that leads to a thing or came of it, at most ten links away."""
    with connection.cursor() as cursor:
        limits = {"start": dossier.pk, "deepest": DEEPEST, "longest": LONGEST}
        cursor.execute(_WALK, limits)
        distances = {key: before or after for key, before, after in cursor.fetchall()}
    rows = Dossier.objects.filter(pk__in=distances).annotate(wordings=texts_of("pk"))
    fields = ("pk", "reference", "kind", "path", "wordings")
    nodes = [_node(row, distances[row["pk"]] or 0) for row in rows.values(*fields)]
    references = {node.key: node.reference for node in nodes}
    links = DossierLink.objects.filter(source__in=references, target__in=references).order_by("pk")
    is_whole = len(distances) < LONGEST and DEEPEST not in {abs(d or 0) for d in distances.values()}
    return Chain(
        nodes=sorted(nodes, key=lambda node: (node.distance, node.key)),
        edges=[
            Edge(references[source], references[target], relation)
            for source, target, relation in links.values_list("source", "target", "relation")
        ],
        is_whole=is_whole,
    )


def _node(row: Row, distance: int) -> Node:
    reader, title, written = title_of(row)
    return Node(
        key=row["pk"],
        distance=distance,
        url=f"/{reader}/{row['path']}",
        title=title,
        language=written,
        kind=str(kind_named(row["kind"]).label),
        reference=row["reference"],
    )
