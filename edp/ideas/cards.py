"""Cards of ideas: one query a page, and every text formatted once, in Python."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import Helix
from edp import phases
from edp.models import Idea, Priority
from participation.kinds import kind_named
from participation.models import Dossier, DossierText
from participation.templatetags.kenes import number, written_in

Row = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """`label` names the language of the title where it is not the page's."""

    url: str
    title: str
    summary: str
    label: str
    status: str
    tone: str
    is_surprise: bool
    notes: list[str]


def idea_rows(ideas: QuerySet[Idea]) -> QuerySet[Any, Any]:
    """What cards of these ideas show, in one query."""
    return ideas.annotate(
        texts=texts_of_dossier(),
        number_of_sources=Count("sources"),
        backers=F("dossier__discussion__backers"),
    ).values(
        "state", "helix", "is_surprise", "dossier__path", "texts", "number_of_sources", "backers"
    )


def texts_of_dossier() -> ArraySubquery:
    fields = ("language", "origin", "title", "summary")
    texts = DossierText.objects.filter(dossier=OuterRef("dossier")).order_by("pk")
    return ArraySubquery(texts.values(row=JSONObject(**{name: name for name in fields})))


def idea_card(row: Row) -> Card:
    sources, backers = row["number_of_sources"], row["backers"]
    notes = [
        str(Helix(row["helix"]).label) if row["helix"] else "",
        ngettext("%(number)s source", "%(number)s sources", sources) % {"number": number(sources)},
        _("backed by %(number)s") % {"number": number(backers)} if backers else "",
    ]
    return _card(row, phases.IDEA, notes, is_surprise=bool(row["is_surprise"]))


def priority_rows(priorities: QuerySet[Priority]) -> QuerySet[Any, Any]:
    return priorities.annotate(texts=texts_of_dossier(), number_of_ideas=Count("ideas")).values(
        "state", "category", "transformation", "dossier__path", "texts", "number_of_ideas"
    )


def priority_card(row: Row) -> Card:
    ideas = row["number_of_ideas"]
    notes = [
        str(Priority.Category(row["category"]).label),
        str(Priority.Transformation(row["transformation"]).label),
        ngettext("%(number)s idea", "%(number)s ideas", ideas) % {"number": number(ideas)},
    ]
    return _card(row, phases.PRIORITY, notes)


def tone_of(dossier: Dossier) -> str:
    """The class of the tag that names a dossier's state."""
    state = dossier.kind_info.state(dossier.state)
    return state.tone if state else ""


def _card(row: Row, kind: str, notes: list[str], *, is_surprise: bool = False) -> Card:
    language = (get_language() or "kk")[:2]
    text = min(
        row["texts"],
        key=lambda text: (text["language"] != language, text["origin"] != "original"),
        default={"language": language, "title": row["dossier__path"], "summary": ""},
    )
    state = kind_named(kind).state(row["state"])
    return Card(
        url=f"/{language}/{row['dossier__path']}",
        title=text["title"],
        summary=text["summary"],
        label=written_in(text["language"]) if text["language"] != language else "",
        status=str(state.label) if state else "",
        tone=state.tone if state else "",
        is_surprise=is_surprise,
        notes=[note for note in notes if note],
    )
