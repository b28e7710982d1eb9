"""What is open now, and what was decided lately, over all processes."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, Q, QuerySet, When

from participation.kinds import PhaseKind
from participation.models import Dossier, JournalEntry, Phase, Territory
from participation.services.territories import TERRITORY_AND_ABOVE, open_phases

# Journal entries that end something people took part in.
DECISIONS = ["budgeting.results_published", "budgeting.election_imported"]


@dataclass(frozen=True)
class OpenProcess:
    dossier: Dossier
    phase: PhaseKind
    closes_at: datetime


def open_processes(
    moment: datetime, *, limit: int, first_in: Territory | None = None
) -> list[OpenProcess]:
    """Published processes with an open phase that calls people to act; the soonest to close first,
    those of the reader's own region before all others."""
    phases = (
        _open_to_all(moment)
        .select_related("dossier__territory")
        .prefetch_related("dossier__texts")
        .order_by("closes_at")
    )
    if first_in is not None:
        own = reduce(or_, (Q(**{f"dossier__{path}": first_in}) for path in TERRITORY_AND_ABOVE))
        phases = phases.order_by(Case(When(own, then=0), default=1), "closes_at")
    return [OpenProcess(phase.dossier, phase.info, phase.closes_at) for phase in phases[:limit]]


def number_open(moment: datetime) -> int:
    return _open_to_all(moment).count()


def _open_to_all(moment: datetime) -> QuerySet[Phase]:
    return open_phases(moment).filter(dossier__published_at__isnull=False)


def decided_lately() -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(kind__in=DECISIONS, dossier__published_at__isnull=False)
        .select_related("dossier__territory")
        .prefetch_related("dossier__texts")[:6]
    )
