"""Kinds of assets by the dimensions of Table 1.2 (O:1137-1175): six dimensions, twenty kinds.

The table calls itself not nearly exhaustive, so another kind may be named in free words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

KINDS: dict[str, dict[str, LazyText]] = {
    "economic": {
        "clusters": _("industrial clusters"),
        "workforce": _("skills of the workforce"),
        "suppliers": _("specialised suppliers"),
        "customers": _("a large base of customers"),
    },
    "geographic": {
        "resources": _("natural resources"),
        "renewables": _("cheap renewable energy"),
        "location": _("strategic location"),
        "climate": _("climate"),
        "beauty": _("natural beauty"),
    },
    "institutional": {
        "institutions": _("well-functioning, flexible institutions"),
        "collaboration": _("culture of working together"),
    },
    "culture": {
        "languages": _("knowledge of languages"),
        "traditions": _("traditions with a market"),
        "enterprise": _("traditions of enterprise"),
    },
    "knowledge": {
        "research": _("strong research institutions"),
        "niches": _("knowledge of valuable niches"),
        "cooperation": _("working co-operation of research and business"),
    },
    "infrastructure": {
        "transport": _("transport"),
        "data": _("fast data networks"),
        "tourism": _("infrastructure of tourism"),
    },
}
LABELS = {code: label for kinds in KINDS.values() for code, label in kinds.items()}


def kind_label(kind: str) -> str:
    """The label of a kind of the table; any other kind is its own label."""
    return str(LABELS.get(kind, kind))


def dimension_of(kind: str) -> str:
    """The dimension to which a kind of the table belongs; empty for any other."""
    return next((dimension for dimension, kinds in KINDS.items() if kind in kinds), "")
