"""What is open now, and what was decided lately, over all processes."""

from dataclasses import dataclass
from datetime import datetime

from participation.kinds import PhaseKind, process_kinds
from participation.models import Dossier, JournalEntry, Phase, Territory

# Journal entries that end something people took part in.
DECISIONS = ["budgeting.results_published", "budgeting.election_imported"]


@dataclass(frozen=True)
class OpenProcess:
    dossier: Dossier
    phase: PhaseKind
    closes_at: datetime


def open_processes(moment: datetime, *, first_in: Territory | None = None) -> list[OpenProcess]:
    """Published processes with an open phase that calls people to act; the soonest to close first,
    those of the reader's own region before all others."""
    phases = (
        Phase.objects.open_at(moment)
        .filter(dossier__published_at__isnull=False, dossier__kind__in=process_kinds())
        .select_related("dossier__territory__parent__parent__parent__parent")
        .prefetch_related("dossier__texts")
        .order_by("closes_at")
    )
    found = [OpenProcess(phase.dossier, phase.info, phase.closes_at) for phase in phases[:50]]
    if first_in is not None:
        found.sort(key=lambda process: not _lies_in(process.dossier.territory, first_in))
    return found


def _lies_in(place: Territory | None, region: Territory) -> bool:
    while place is not None:
        if place.pk == region.pk:
            return True
        place = place.parent
    return False


def decided_lately() -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(kind__in=DECISIONS, dossier__published_at__isnull=False)
        .select_related("dossier__territory")
        .prefetch_related("dossier__texts")[:6]
    )
