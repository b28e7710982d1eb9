"""Who took part in the meetings of a process, counted: people, and never twice the same."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, QuerySet, Sum

from edp.gates import HELICES
from edp.models import Attendance, DiscoveryProcess, HeadCount, Workshop

UNKNOWN = ""


def participants_of(process: DiscoveryProcess) -> Counter[str]:
    """Distinct people by helix, over the meetings that were held; "" counts the unknown.

    Somebody with an account counts once, with the helix of the first time; without one, if it was
    their first time; of a head count only the newcomers.
    """
    held = process.workshops.held()
    there = Attendance.objects.filter(workshop__in=held)
    first = there.filter(person__isnull=False).order_by("person", "checked_in_at", "pk")
    counted = Counter(first.distinct("person").values_list("helix", flat=True))
    guests = there.filter(person=None, is_first_time=True)
    counted.update(_counts(guests))
    heads = HeadCount.objects.filter(workshop__in=held).order_by().values_list("helix")
    counted.update(dict(heads.annotate(Sum("newcomers"))))
    return +counted


def attendance_of(workshop: Workshop) -> Counter[str]:
    """People at one meeting by helix, "" the unknown: the list and the head count together."""
    counted = Counter(_counts(workshop.attendances.all()))
    counted.update(dict(workshop.head_counts.values_list("helix", "count")))
    return +counted


def attendances_of(workshops: Iterable[Workshop]) -> dict[int, int]:
    """How many came to each, by its key; two queries however many meetings."""
    keys = [workshop.pk for workshop in workshops]
    counted: Counter[int] = Counter()
    for rows, number in (
        (Attendance.objects.filter(workshop__in=keys), Count("pk")),
        (HeadCount.objects.filter(workshop__in=keys), Sum("count")),
    ):
        counted.update(dict(rows.order_by().values_list("workshop").annotate(number)))
    return dict(counted)


def expected_at(workshop: Workshop) -> Counter[str]:
    """Whom to expect, by helix: everybody with a place, and the invited who have not answered."""
    counted = Counter(
        workshop.registrations.filter(state="registered").values_list("helix", flat=True)
    )
    silent = workshop.invitations.filter(state="invited")
    counted.update(silent.values_list("helix", flat=True))
    return counted


def bar(counts: Counter[str]) -> dict[str, int]:
    """For components/helix_bar.html."""
    return {helix.removesuffix("_society"): counts[helix] for helix in HELICES}


def meetings_outside_centre(process: DiscoveryProcess) -> int:
    return process.workshops.held().filter(is_outside_centre=True).count()


def _counts(rows: QuerySet[Attendance]) -> dict[str, int]:
    return dict(rows.order_by().values_list("helix").annotate(Count("pk")))
