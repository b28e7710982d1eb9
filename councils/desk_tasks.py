"""What the keeper of a council has to do now; each part of the app adds a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.facts.incompatibility import incompatibilities_of
from councils.facts.standing import Standing, standing_of
from councils.models import Council, Meeting, SelectionProcess


@dataclass(frozen=True)
class Task:
    """`is_urgent` where the law is broken already or is about to be."""

    text: str
    url: str
    is_urgent: bool = False


def composition_tasks(council: Council) -> list[Task]:
    """Breach, incompatible offices, the next term, the chair, vacant seats; eight queries."""
    standing = standing_of(council)
    return [
        *_unlawful(council, standing),
        *_incompatible(council),
        *_next_term(council, standing),
        *_vacant(council, standing),
    ]


def minutes_tasks(council: Council) -> list[Task]:
    """Meetings that have left no minutes yet."""
    lacking = (
        council.meetings.filter(state=Meeting.State.HELD)
        .exclude(minutes__published_at__isnull=False)
        .select_related("dossier")
        .prefetch_related("dossier__texts")
    )
    return [
        Task(
            _("Publish the minutes: %(title)s, %(day)s")
            % {"title": meeting.dossier.title, "day": date_format(meeting.starts_at.date())},
            meeting.get_absolute_url(),
        )
        for meeting in lacking
    ]


TASKS: tuple[Callable[[Council], Sequence[Task]], ...] = (composition_tasks, minutes_tasks)


def tasks_of(council: Council) -> list[Task]:
    """The urgent ones first."""
    found = [task for tasks in TASKS for task in tasks(council)]
    return sorted(found, key=lambda task: not task.is_urgent)


def _unlawful(council: Council, standing: Standing) -> list[Task]:
    if standing.breach is None:
        return []
    text = _(
        "Since %(day)s civil society has %(civil)s of %(members)s seats taken; at least %(needed)s "
        "are lawful: hold a by-election"
    ) % {
        "day": date_format(standing.breach.since),
        "civil": standing.civil,
        "members": standing.members,
        "needed": standing.needed,
    }
    return [Task(text, _by_election(council), is_urgent=True)]


def _by_election(council: Council) -> str:
    """The selection that is under way, else where one begins."""
    ended = (SelectionProcess.State.PUBLISHED, SelectionProcess.State.FAILED)
    running = council.selections.exclude(state__in=ended).order_by("number").last()
    if running is None:
        return reverse("councils:selection-plan", args=[council.slug])
    return reverse("councils:selection-desk", args=[council.slug, running.number])


def _incompatible(council: Council) -> list[Task]:
    return [
        Task(
            _("%(name)s sits for civil society and serves the state: %(offices)s")
            % {"name": found.mandate.name, "offices": ", ".join(found.offices)},
            reverse("councils:mandate-end", args=[council.slug, found.mandate.pk]),
            is_urgent=True,
        )
        for found in incompatibilities_of(council)
    ]


def _next_term(council: Council, standing: Standing) -> list[Task]:
    if not standing.is_formation_due or standing.formation_begins is None:
        return []
    text = _("The next council should have begun to be formed by %s") % date_format(
        standing.formation_begins
    )
    return [Task(text, reverse("councils:term-begin", args=[council.slug]), is_urgent=True)]


def _vacant(council: Council, standing: Standing) -> list[Task]:
    url = reverse("councils:mandate-create", args=[council.slug])
    found = []
    if standing.sitting and standing.chair is None:
        members = reverse("councils:member-list", args=[council.slug])
        found.append(Task(_("The council has no chair: record whom it has elected"), members))
    if number := len(standing.vacancies):
        text = ngettext("%d seat is vacant", "%d seats are vacant", number) % number
        found.append(Task(text, url))
    return found
