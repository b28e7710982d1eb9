"""What became of what a person contributed: each app says which dossiers those are.

What is public of them is shown, whether it was their own or they spoke in its discussion.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts import person_page
from accounts.models import User
from participation.chain import Step, later_steps, texts_of, title_of
from participation.kinds import kind_named
from participation.models import Dossier

Keys = Callable[[User], QuerySet[Any, Any]]
SHOWN = 20
_REGISTERED: list[Keys] = []


@dataclass(frozen=True)
class Contribution:
    """Something a person contributed to, with its state now and what it led to."""

    url: str
    title: str
    language: str
    kind: str
    status: str
    tone: str
    led_to: list[Step]


def register(dossiers_of: Keys) -> None:
    """`dossiers_of` returns, as a queryset of one column, the keys of the dossiers to which a
    person contributed: proposals made, things discussed."""
    _REGISTERED.append(dossiers_of)


def contributions_of(person: User) -> list[Contribution]:
    """The newest twenty, in two queries however many apps add to them."""
    own = Q(pk=None)
    for dossiers_of in _REGISTERED:
        own |= Q(pk__in=dossiers_of(person))
    newest = Dossier.objects.published().filter(own).order_by("-published_at", "-pk")[:SHOWN]
    fields = ("pk", "reference", "kind", "state", "path", "wordings")
    rows = list(newest.annotate(wordings=texts_of("pk")).values(*fields))
    steps = later_steps([row["pk"] for row in rows]) if rows else {}
    return [_contribution(row, steps.get(row["pk"], [])) for row in rows]


def _contribution(row: dict[str, Any], led_to: list[Step]) -> Contribution:
    kind = kind_named(row["kind"])
    state = kind.state(row["state"])
    reader, title, written = title_of(row)
    return Contribution(
        url=f"/{reader}/{row['path']}",
        title=title,
        language=written,
        kind=str(kind.label),
        status=str(state.label) if state else "",
        tone=state.tone if state else "",
        led_to=led_to,
    )


def connect() -> None:
    person_page.register("participation/person_contributions.html", load=contributions_of)
