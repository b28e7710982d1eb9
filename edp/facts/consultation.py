"""G5: how long everybody had, and whether every comment has its answer."""

from datetime import timedelta

from django.utils import timezone

from edp import gates
from edp.models import Consultation, DiscoveryProcess, Workshop
from edp.services.consultation import unanswered_in, working_days_of

State = Consultation.State


def facts_of(process: DiscoveryProcess) -> gates.Consultation:
    """The longest round counts for the days; all rounds count for hearings and answers."""
    rounds = list(process.consultations.exclude(state=State.DRAFT).select_related("dossier"))
    is_reported = bool(rounds) and all(row.state == State.REPORTED for row in rounds)
    return gates.Consultation(
        working_days=max((_days_so_far(row) for row in rounds), default=0),
        hearings=hearings_of(rounds),
        unanswered=sum(unanswered_in(row) for row in rounds),
        is_list_of_changes_published=is_reported,
        is_share_in_time_published=is_reported,
    )


def _days_so_far(consultation: Consultation) -> int:
    last = min(consultation.closes_on, timezone.localdate())
    return working_days_of(consultation.opens_on, last) if last >= consultation.opens_on else 0


def hearings_of(rounds: list[Consultation]) -> int:
    """Public hearings held while one of them was open."""
    held: set[int] = set()
    for consultation in rounds:
        rows = Workshop.objects.held().filter(process=consultation.process_id)
        within = rows.filter(
            kind=Workshop.Kind.HEARING,
            starts_at__date__gte=consultation.opens_on,
            starts_at__date__lt=consultation.closes_on + timedelta(days=1),
        )
        held.update(within.values_list("pk", flat=True))
    return len(held)
