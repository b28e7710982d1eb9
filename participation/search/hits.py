"""What a page shows of the dossiers that a search found: two queries, texts formatted once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, OuterRef, Value, When
from django.db.models.functions import JSONObject, Left
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.multilingual import first_available
from participation.kinds import Kind, kind_named
from participation.models import Dossier, DossierText, Phase
from participation.models.search import Folded
from participation.search.finding import Asked, Found, by_language, is_found
from participation.search.marking import START, STOP, marked, passage
from participation.templatetags.kenes import written_in

Row = dict[str, Any]
LONGEST_BODY = 4000


@dataclass(frozen=True)
class Hit:
    """`label` names the language of the title, `words_label` that of the words below it, where
    it is not the page's."""

    url: str
    title: SafeString
    label: str
    words: SafeString
    words_label: str
    kind: str
    place: str
    status: str
    tone: str
    notes: list[str]


def hits(found: Found) -> list[Hit]:
    """In the order in which they were found."""
    keys, asked = found.keys, found.asked
    rows = {row["pk"]: row for row in _rows(keys, asked)}
    language = (get_language() or "kk")[:2]
    shown = {key: _shown_texts(rows[key]["wordings"], language) for key in keys if key in rows}
    marks = _marks({text["pk"] for pair in shown.values() for text in pair}, asked)
    now = timezone.now()
    return [_hit(rows[key], *pair, marks, language, now) for key, pair in shown.items()]


def _rows(keys: list[int], asked: Asked | None) -> Any:
    texts = DossierText.objects.filter(dossier=OuterRef("pk")).order_by("pk")
    is_match = Case(When(is_found(asked), then=1), default=0) if asked else Value(1)
    fields = {name: name for name in ("pk", "language", "origin", "title", "summary")}
    fields["is_match"] = "is_match"
    texts = texts.annotate(is_match=is_match)
    stages = Phase.objects.filter(dossier=OuterRef("pk"))
    names = [f"territory__name_{language}" for language in ("kk", "ru", "en")]
    return (
        Dossier.objects.filter(pk__in=keys)
        .annotate(
            wordings=ArraySubquery(texts.values(row=JSONObject(**fields))),
            stages=ArraySubquery(
                stages.values(
                    row=JSONObject(kind="kind", opens_at="opens_at", closes_at="closes_at")
                )
            ),
        )
        .values(
            "pk", "reference", "kind", "state", "path", "published_at", "wordings", "stages", *names
        )
    )


def _shown_texts(texts: list[Row], language: str) -> tuple[Row, Row]:
    """The one whose title is shown, and the one in which the words were found."""
    nothing = {"pk": 0, "language": language, "origin": "", "title": "", "summary": ""}
    in_order = sorted(
        texts, key=lambda text: (text["language"] != language, text["origin"] != "original")
    )
    title = in_order[0] if in_order else nothing
    words = next((text for text in in_order if text["is_match"]), title)
    return title, words


# --- Words that were found ----------------------------------------------------------------------


def _marks(texts: set[int], asked: Asked | None) -> dict[int, Row]:
    """Title, summary and body of these texts, each with what ts_headline marked in it, folded."""
    rows = DossierText.objects.filter(pk__in=texts).annotate(start=Left("body", LONGEST_BODY))
    fields = ["pk", "title", "summary", "start"]
    if asked:
        marks = {f"marked_{name}": by_language(_headlines(name, asked)) for name in fields[1:]}
        rows, fields = rows.annotate(**marks), [*fields, *marks]
    return {row["pk"]: row for row in rows.values(*fields)}


def _headlines(name: str, asked: Asked) -> dict[str, SearchHeadline]:
    configs = {"ru": "russian", "en": "english", "kk": "simple"}
    return {
        language: SearchHeadline(
            Folded(name),
            query,
            config=configs[language],
            start_sel=START,
            stop_sel=STOP,
            highlight_all=True,
        )
        for language, query in asked.items()
    }


def _words(row: Row, *, has_title: bool) -> SafeString:
    """The summary; if nothing is marked there, the passage of the text where something is; of a
    text whose title is not shown, its title if the words are in it."""
    if not has_title and START in row.get("marked_title", ""):
        return marked(row["title"], row["marked_title"])
    summary = marked(row["summary"], row.get("marked_summary", ""))
    body = row.get("marked_start", "")
    if START in row.get("marked_summary", "") or START not in body:
        return summary
    return passage(row["start"], body)


# --- A hit --------------------------------------------------------------------------------------


def _hit(
    row: Row, title: Row, words: Row, marks: dict[int, Row], language: str, now: datetime
) -> Hit:
    kind = kind_named(row["kind"])
    status, tone, dates = _status(kind, row, now)
    names = {code: row[f"territory__name_{code}"] for code in ("kk", "ru", "en")}
    is_one = words["pk"] == title["pk"]
    of_title = marks.get(title["pk"], {"title": row["reference"]})
    published = formats.date_format(timezone.localtime(row["published_at"]), "DATE_FORMAT")
    return Hit(
        url=f"/{language}/{row['path']}",
        title=marked(of_title["title"], of_title.get("marked_title", "")),
        label=_label(title, language),
        words=_words(marks[words["pk"]], has_title=is_one) if words["pk"] else SafeString(),
        words_label="" if is_one else _label(words, language),
        kind=str(kind.label),
        place=first_available(names),
        status=status,
        tone=tone,
        notes=[*filter(None, [dates]), published, row["reference"]],
    )


def _label(text: Row, language: str) -> str:
    label = [written_in(text["language"])] if text["language"] != language else []
    if text["origin"] == DossierText.Origin.MACHINE:
        label.append(_("machine translation"))
    return " · ".join(label)


def _status(kind: Kind, row: Row, now: datetime) -> tuple[str, str, str]:
    """The phase that is open (the latest of them) or comes next, else the state; with its date."""
    stages = [
        Phase(
            kind=stage["kind"],
            opens_at=datetime.fromisoformat(stage["opens_at"]),
            closes_at=datetime.fromisoformat(stage["closes_at"]),
        )
        for stage in row["stages"]
    ]
    stages.sort(key=lambda phase: phase.opens_at)
    if open_now := [phase for phase in stages if phase.is_open_at(now)]:
        return (
            _phase_label(kind, open_now[-1]),
            "ok",
            _day(_("until %(day)s"), open_now[-1].closes_at),
        )
    if coming := [phase for phase in stages if phase.opens_at > now]:
        soon = _("Soon: %(phase)s") % {"phase": _phase_label(kind, coming[0])}
        return soon, "", _day(_("from %(day)s"), coming[0].opens_at)
    state = kind.state(row["state"])
    return (str(state.label), state.tone, "") if state else ("", "", "")


def _phase_label(kind: Kind, phase: Phase) -> str:
    return str(kind.phase(phase.kind).label)


def _day(words: str, moment: datetime) -> str:
    return words % {"day": formats.date_format(timezone.localtime(moment), "DATE_FORMAT")}
