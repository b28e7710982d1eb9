"""Meetings for everybody: the list, one meeting before, during and after, calendars, a place."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Helix
from edp.calendars import calendar_of
from edp.models import DiscoveryProcess, Registration, Workshop
from edp.participants import attendance_of, attendances_of, bar, participants_of
from edp.services.workshops.board import results_of
from edp.services.workshops.places import give_place_back, places_left, register
from edp.views.loading import public_process, public_workshop
from participation.guards import requires
from participation.qr_codes import qr_svg
from participation.views.form_pages import person_of, press, signed_in


@require_safe
@requires(None, public_process)
def workshop_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    may_organise = request.user.has_perm("edp.organise_process", process)
    shown = process.workshops.all() if may_organise else process.workshops.public()
    meetings = list(shown.for_lists())
    came = attendances_of(meetings)
    ahead = [meeting for meeting in meetings if meeting.is_ahead or meeting.state == "running"]
    past = [meeting for meeting in meetings if meeting not in ahead]
    people = participants_of(process)
    return render(
        request,
        "edp/workshop_list.html",
        {
            "process": process,
            "ahead": [_card(meeting, came) for meeting in ahead],
            "past": [_card(meeting, came) for meeting in reversed(past)],
            "helices": bar(people),
            "people": people.total(),
            "unknown": people[""],
            "held": sum(meeting.is_over for meeting in meetings),
            "outside": sum(meeting.is_over and meeting.is_outside_centre for meeting in meetings),
            "may_organise": may_organise,
        },
    )


def _card(meeting: Workshop, came: dict[int, int]) -> dict[str, Any]:
    return {"workshop": meeting, "came": came.get(meeting.pk, 0)}


@require_safe
@requires(None, public_workshop)
def workshop_detail(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    person = person_of(request)
    own = workshop.registrations.filter(person=person).first() if person else None
    people = attendance_of(workshop)
    return render(
        request,
        "edp/workshop_detail.html",
        {
            "workshop": workshop,
            "process": workshop.process,
            "text": workshop.dossier.text,
            "own": own if own and own.state != Registration.State.CANCELLED else None,
            "left": places_left(workshop) if workshop.takes_registrations else None,
            "helices": bar(people),
            "people": people.total(),
            "unknown": people[""],
            "may_record": request.user.has_perm("edp.record_workshop", workshop),
            "form_key": uuid4(),
            **board_of(workshop),
        },
    )


def board_of(workshop: Workshop) -> dict[str, Any]:
    """Public statements under their themes, and the dots once they are closed."""
    themes = list(workshop.themes.all())
    said = list(workshop.statements.public().select_related("process", "author"))
    groups = [
        (theme, [row for row in said if row.theme_id == (theme.pk if theme else None)])
        for theme in (*themes, None)
    ]
    return {
        "groups": [group for group in groups if group[1]],
        "number_said": len(said),
        "dots": dot_table(workshop, themes) if workshop.dots_closed_at else None,
    }


def dot_table(workshop: Workshop, themes: list[Any]) -> dict[str, Any]:
    """Both counts of each theme, with the helices one by one, for a chart and its table."""
    result = results_of(workshop)
    most = max(result.raw, default=0) or 1
    helices = [(code, label) for code, label in Helix.choices if code in result.by_helix]
    return {
        "helices": [label for _code, label in helices],
        "voters": workshop.dot_ballots.filter(dots__isnull=False).distinct().count(),
        "rows": [
            {
                "theme": theme,
                "y": 44 * place,
                "raw": raw,
                "raw_width": 300 * raw // most,
                "balanced": float(100 * balanced),
                "balanced_width": int(300 * balanced),
                "by_helix": [result.by_helix[code][place] for code, _label in helices],
            }
            for place, (theme, raw, balanced) in enumerate(
                zip(themes, result.raw, result.balanced, strict=True)
            )
        ],
        "height": 44 * len(themes),
    }


@require_safe
@requires(None, public_workshop)
def workshop_calendar(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return _calendar([workshop], workshop.dossier.title, f"{workshop.dossier.reference}.ics")


@require_safe
@requires(None, public_process)
def calendar_feed(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    meetings = process.workshops.public().for_lists()
    return _calendar(list(meetings), process.dossier.title, f"{process.slug}.ics")


def _calendar(meetings: list[Workshop], name: str, file_name: str) -> HttpResponse:
    answer = HttpResponse(calendar_of(meetings, name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


@require_POST
@requires("edp.take_part", public_workshop)
def workshop_register(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return press(
        request,
        workshop.get_absolute_url(),
        lambda: register(person=signed_in(request), workshop=workshop),
        _("You are on the list."),
    )


@require_POST
@requires("edp.take_part", public_workshop)
def registration_cancel(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return press(
        request,
        workshop.get_absolute_url(),
        lambda: give_place_back(person=signed_in(request), workshop=workshop),
        _("Your place goes to whoever waits for one."),
    )


@require_safe
@requires("edp.take_part", public_workshop)
def registration_detail(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """One's own place, with the code for the door."""
    mine = workshop.registrations.exclude(state=Registration.State.CANCELLED)
    registration = get_object_or_404(mine, person=request.user)
    door = reverse(
        "edp:check_in-detail", args=[workshop.process.slug, workshop.number, registration.code]
    )
    has_place = registration.state == Registration.State.REGISTERED
    return render(
        request,
        "edp/registration_detail.html",
        {
            "workshop": workshop,
            "process": workshop.process,
            "registration": registration,
            "ahead_of_me": _ahead_of(registration),
            "code": qr_svg(settings.SITE_URL + door, _("Your code for the door"))
            if has_place
            else "",
            "form_key": uuid4(),
        },
    )


def _ahead_of(registration: Registration) -> int:
    waiting = registration.workshop.registrations.filter(state=Registration.State.WAITING)
    return waiting.filter(since__lt=registration.since).count()
