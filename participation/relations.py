"""How one dossier is linked to the next in the chain of evidence, told from both ends.

A link always goes forward in time, from what was first to what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True)
class Relation:
    """`forward` is said on the page of the source, `backward` on that of the target."""

    code: str
    forward: LazyText
    backward: LazyText


_RELATIONS: dict[str, Relation] = {}


def register(relation: Relation) -> None:
    _RELATIONS[relation.code] = relation


def relations() -> list[Relation]:
    return list(_RELATIONS.values())


def relation_named(code: str) -> Relation:
    """Raises KeyError for one that no installed app registers."""
    return _RELATIONS[code]


register(Relation("led_to", pgettext_lazy("chain", "led to"), pgettext_lazy("chain", "came from")))
register(
    Relation(
        "merged_into", pgettext_lazy("chain", "merged into"), pgettext_lazy("chain", "takes in")
    )
)
register(
    Relation(
        "answered_by", pgettext_lazy("chain", "answered by"), pgettext_lazy("chain", "answers")
    )
)
register(
    Relation("funded_by", pgettext_lazy("chain", "funded by"), pgettext_lazy("chain", "funds"))
)
register(
    Relation("part_of", pgettext_lazy("chain", "part of"), pgettext_lazy("chain", "consists of"))
)
