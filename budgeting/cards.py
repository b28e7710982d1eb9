"""Cards of lists: one query a page, and every text formatted once, in Python.

Cards are most of a list's cost. Model instances with their texts, and filters and includes inside
a template's loop, cost ten times as much (benchmarks/pages.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import MD5, Cast, Concat, JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.multilingual import LANGUAGES, first_available
from budgeting import phases
from budgeting.models import Cycle, Envelope, Proposal
from budgeting.presentation import dates_of
from participation.kinds import kind_named
from participation.models import DossierText, Phase
from participation.templatetags.kenes import money, number, proposal_tone, written_in

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
    money: str
    notes: list[str]


def _texts() -> ArraySubquery:
    fields = ("language", "origin", "title", "summary")
    texts = DossierText.objects.filter(dossier=OuterRef("dossier")).order_by("pk")
    return ArraySubquery(texts.values(row=JSONObject(**{name: name for name in fields})))


def cycle_rows(cycles: QuerySet[Cycle]) -> QuerySet[Any, Any]:
    """What cards of these cycles show, in one query."""
    fields = ("kind", "opens_at", "closes_at")
    stages = Phase.objects.filter(dossier=OuterRef("dossier"))
    envelopes = Envelope.objects.filter(cycle=OuterRef("pk")).order_by().values("cycle")
    return cycles.annotate(
        texts=_texts(),
        stages=ArraySubquery(stages.values(row=JSONObject(**{name: name for name in fields}))),
        amount=Subquery(envelopes.annotate(sum=Sum("amount")).values("sum")),
    ).values("year", "currency", "dossier__path", "texts", "stages", "amount")


def proposal_rows(proposals: QuerySet[Proposal]) -> QuerySet[Any, Any]:
    """What cards of these proposals show, in one query."""
    names = [
        f"{named}__name_{language}"
        for named in ("category", "district")
        for language in ("kk", "ru", "en")
    ]
    rows: QuerySet[Any, Any] = proposals.annotate(
        texts=_texts(), backers=F("dossier__discussion__backers")
    ).values(
        "cost", "state", "place", "cycle__currency", "dossier__path", "texts", "backers", *names
    )
    return rows


def shuffled(proposals: QuerySet[Proposal], seed: int) -> QuerySet[Proposal]:
    """In an order that nobody chose, the same for the same seed."""
    order = MD5(Concat(Cast("pk", TextField()), Value(f"/{seed}")))
    return proposals.order_by(order, "pk")


def cycle_card(row: Row, now: datetime) -> Card:
    stages = [
        Phase(
            kind=stage["kind"],
            opens_at=datetime.fromisoformat(stage["opens_at"]),
            closes_at=datetime.fromisoformat(stage["closes_at"]),
        )
        for stage in row["stages"]
    ]
    stages.sort(key=lambda phase: phases.ORDER.index(phase.kind))
    status, tone, note = _status(stages, str(row["year"]), now)
    amount = money(row["amount"] or 0, row["currency"])
    return _card(row, status=status, tone=tone, money=amount, notes=[note])


def _status(stages: list[Phase], year: str, now: datetime) -> tuple[str, str, str]:
    """The phase that is open now (the latest of them), the next one, or the end of it all."""
    kind = kind_named(phases.CYCLE)
    if open_now := [phase for phase in stages if phase.is_open_at(now)]:
        phase = open_now[-1]
        return str(kind.phase(phase.kind).label), "ok", dates_of(phase, "now")
    if coming := [phase for phase in stages if phase.opens_at > now]:
        status = _("Soon: %(phase)s") % {"phase": kind.phase(coming[0].kind).label}
        return status, "", dates_of(coming[0], "next")
    return _("Decided"), "", year


def proposal_card(row: Row) -> Card:
    state = Proposal.State(row["state"])
    backers = row["backers"]
    return _card(
        row,
        status=str(state.label),
        tone=proposal_tone(state),
        money=money(row["cost"], row["cycle__currency"]),
        notes=[
            note
            for note in (
                _name_in(row, "category"),
                row["place"] or _name_in(row, "district"),
                _("backed by %(number)s") % {"number": number(backers)} if backers else "",
            )
            if note
        ],
    )


def _name_in(row: Row, named: str) -> str:
    return first_available({code: row[f"{named}__name_{code}"] or "" for code in LANGUAGES})


def _card(row: Row, **shown: Any) -> Card:
    language = (get_language() or "kk")[:2]
    text = min(
        row["texts"],
        key=lambda text: (text["language"] != language, text["origin"] != "original"),
        default={"language": language, "origin": "", "title": row["dossier__path"], "summary": ""},
    )
    label = [written_in(text["language"])] if text["language"] != language else []
    if text["origin"] == DossierText.Origin.MACHINE:
        label.append(_("machine translation"))
    return Card(
        url=f"/{language}/{row['dossier__path']}",
        title=text["title"],
        summary=text["summary"],
        label=" · ".join(label),
        **shown,
    )
