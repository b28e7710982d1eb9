"""Ideas of a process for programs: each with what it comes from and what became of it."""

import csv
import io
from collections import defaultdict
from typing import Any

from edp.activity_sentence import written
from edp.ideas.trace import sources_of, thing_of
from edp.models import (
    DelphiStatement,
    DiscoveryProcess,
    Idea,
    IdeaSource,
    SpecialisationResult,
    Statement,
)

Row = dict[str, Any]
COLUMNS = (
    "number", "reference", "title", "language", "sentence", "activity_codes", "origin", "helix",
    "state", "reason", "surprise", "merged_into", "supporters", "pledged_tenge", "priorities",
    "sources",
)  # fmt: skip
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_data(process: DiscoveryProcess) -> Row:
    """Public ideas with their sources, as JSON has it. Nobody's name is in it."""
    ideas = list(
        process.ideas.public()
        .select_related("dossier__discussion", "merged_into")
        .prefetch_related("dossier__texts", "priorities", "pledges")
    )
    sources: dict[int, list[Row]] = defaultdict(list)
    for source in sources_of(ideas):
        sources[source.idea_id].append(_source(source))
    return {"process": process.slug, "ideas": [_row(idea, sources[idea.pk]) for idea in ideas]}


def _row(idea: Idea, sources: list[Row]) -> Row:
    text = next((t for t in idea.dossier.texts.all() if t.language == idea.language), None)
    pledges = [pledge for pledge in idea.pledges.all() if pledge.withdrawn_at is None]
    return {
        "number": idea.number,
        "reference": idea.dossier.reference,
        "title": text.title if text else "",
        "language": idea.language,
        "sentence": written(idea.parts_in(idea.language)),
        "activity_codes": idea.activity_codes,
        "origin": idea.origin,
        "helix": idea.helix,
        "state": idea.state,
        "reason": idea.reason,
        "surprise": idea.is_surprise,
        "merged_into": idea.merged_into.number if idea.merged_into else None,
        "supporters": idea.dossier.discussion.backers,
        "pledged_tenge": sum(pledge.amount or 0 for pledge in pledges),
        "priorities": [priority.number for priority in idea.priorities.all()],
        "sources": sources,
    }


def _source(source: IdeaSource) -> Row:
    thing = thing_of(source)
    kind = next(name for name in IdeaSource.KINDS if getattr(source, f"{name}_id"))
    row: Row = {"kind": kind, "why": source.why}
    match thing:
        case Statement():
            workshop = thing.workshop.number if thing.workshop else None
            row |= {"number": thing.number, "workshop": workshop, "text": thing.text}
        case DelphiStatement():
            row |= {"number": thing.number, "study": thing.study.number, "text": thing.text_ru}
        case SpecialisationResult():
            row |= {"activity": thing.activity, "year": thing.year, "signal": thing.signal}
        case _:
            row |= {"text": getattr(thing, "name_ru", "") or getattr(thing, "text_ru", "")}
    return row


def as_csv(process: DiscoveryProcess) -> str:
    """One line an idea; sources as "statement 12; result C20-21"."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in as_data(process)["ideas"]:
        writer.writerow(_cell(row[name]) for name in COLUMNS)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        parts = (_named(part) if isinstance(part, dict) else str(part) for part in value)
        value = "; ".join(parts)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _named(source: Row) -> str:
    name = source.get("number") or source.get("activity") or source.get("text", "")
    return f"{source['kind']} {name}"
