"""Assets, trends and lines of the SWOT: written, linked to what they stand on, published."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models import (
    DiscoveryProcess,
    RegionalAsset,
    SpecialisationResult,
    Statement,
    SwotEntry,
    SwotLink,
    TrendSignal,
)
from edp.services.evidence.stages import take_process, take_public_process
from participation.errors import Refused
from participation.services import follow, record

Entry = RegionalAsset | TrendSignal | SwotEntry
AnyEntry = TypeVar("AnyEntry", bound=RegionalAsset | TrendSignal | SwotEntry)
Evidence = Statement | RegionalAsset | SpecialisationResult | TrendSignal


class EntryPublished(Refused):
    message = _("What is published stays; it can be changed, and the change is recorded.")


class EntryUsed(Refused):
    message = _("Something else names this as its evidence, so it stays.")


class EvidenceMissing(Refused):
    message = _(
        "A line of the SWOT is published with its evidence: this one has none that is public."
    )
    way_out = _("Link it to a statement, an asset, a figure or a trend that is public.")


class EvidenceNeeded(Refused):
    message = _("A published line keeps at least one link to its evidence.")
    way_out = _("Add another link first.")


class AlreadyLinked(Refused):
    message = _("This line stands on that already.")


class AnotherProcess(Refused):
    message = _("This belongs to another process.")


@transaction.atomic
def write_entry(*, by: User | None, process: DiscoveryProcess, entry: AnyEntry) -> AnyEntry:
    """Keep a new entry, not public yet. Raises EvidenceClosed."""
    entry.process = take_process(process)
    entry.published_at = None
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def change_entry(*, by: User, entry: AnyEntry, **fields: Any) -> AnyEntry:
    """Change what is said; of a public entry the change is recorded. Raises EvidenceClosed."""
    process = take_process(entry.process)
    entry = _held(entry)
    changed = [name for name, value in fields.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, fields[name])
    if changed:
        entry.save(update_fields=changed)
    if changed and entry.published_at is not None:
        record(
            kind="edp.evidence_changed",
            dossier=process.dossier,
            actor=by,
            entry=_name_of(entry),
            number=entry.pk,
            fields=changed,
        )
    return entry


@transaction.atomic
def remove_entry(*, by: User, entry: Entry) -> None:
    """Take a draft away. Raises EntryPublished, and EntryUsed where something stands on it."""
    take_process(entry.process)
    entry = _held(entry)
    if entry.published_at is not None:
        raise EntryPublished
    try:
        entry.delete()
    except ProtectedError:
        raise EntryUsed from None


@transaction.atomic
def publish_entries(*, by: User | None, process: DiscoveryProcess, entries: Sequence[Entry]) -> int:
    """Publish those that are not public yet; assets and trends before the SWOT that names them.

    Returns how many. Raises EvidenceMissing for a line of the SWOT with no public evidence,
    ProcessNotPublic, EvidenceClosed.
    """
    process = take_public_process(process)
    now = timezone.now()
    held = [_held(each) for each in sorted(entries, key=lambda each: isinstance(each, SwotEntry))]
    fresh = [each for each in held if each.published_at is None]
    for entry in fresh:
        if isinstance(entry, SwotEntry) and not has_public_evidence(entry):
            raise EvidenceMissing
        entry.published_at = now
        entry.save(update_fields=["published_at"])
    if fresh:
        if by is not None:
            follow(person=by, dossier=process.dossier)
        record(
            kind="edp.evidence_published",
            dossier=process.dossier,
            actor=by,
            entries=[f"{_name_of(entry)} {entry.pk}" for entry in fresh],
        )
    return len(fresh)


def has_public_evidence(entry: SwotEntry) -> bool:
    links = entry.links.select_related("statement", "asset", "result__version", "trend")
    return any(is_public(evidence_of(link)) for link in links)


def evidence_of(link: SwotLink) -> Evidence:
    """The one thing that a link names."""
    things: list[Evidence | None] = [getattr(link, name) for name in SwotLink.KINDS]
    return next(thing for thing in things if thing is not None)


def is_public(evidence: Evidence) -> bool:
    if isinstance(evidence, SpecialisationResult):
        return evidence.version.published_at is not None
    if isinstance(evidence, Statement) and evidence.erased_at is not None:
        return False
    return evidence.published_at is not None


@transaction.atomic
def link_swot(*, by: User | None, entry: SwotEntry, evidence: Evidence) -> SwotLink:
    """Say what a line stands on. Raises AlreadyLinked, AnotherProcess, EvidenceClosed."""
    take_process(entry.process)
    if _process_id(evidence) != entry.process_id:
        raise AnotherProcess
    name = next(
        name for name in SwotLink.KINDS
        if SwotLink._meta.get_field(name).related_model is type(evidence)
    )  # fmt: skip
    try:
        with transaction.atomic():
            return SwotLink.objects.create(entry=entry, **{name: evidence})
    except IntegrityError:
        raise AlreadyLinked from None


def _process_id(evidence: Evidence) -> int:
    if isinstance(evidence, SpecialisationResult):
        return evidence.version.dataset.process_id
    return evidence.process_id


@transaction.atomic
def unlink_swot(*, by: User, link: SwotLink) -> None:
    """Raises EvidenceNeeded for the last link of a public line (a trigger has the last word)."""
    take_process(link.entry.process)
    try:
        with transaction.atomic():
            link.delete()
    except IntegrityError:
        raise EvidenceNeeded from None


def _held(entry: AnyEntry) -> AnyEntry:
    rows: Any = type(entry)._default_manager
    held: AnyEntry = rows.select_for_update(of=("self",)).get(pk=entry.pk)
    return held


def _name_of(entry: Entry) -> str:
    return str(entry._meta.model_name)
