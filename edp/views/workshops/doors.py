"""Who is invited, and who came in."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Helix
from edp.forms.invitations import PROBLEMS, InvitationListForm
from edp.forms.workshops import GuestForm, HeadCountForm, InvitationForm
from edp.models import Registration, Workshop
from edp.participants import attendance_of, bar, expected_at
from edp.services.workshops import doors
from edp.services.workshops.errors import WrongTime
from edp.views.workshops.planning import desk_of, lacking_in, organised, recorded
from participation.views.form_pages import act_once, person_of, press, send


def _address(name: str, workshop: Workshop) -> str:
    return reverse(name, args=[workshop.process.slug, workshop.number])


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def invitation_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Invite by helix, with the balance before one's eyes; the list can be printed."""
    form = InvitationForm(request.POST or None)
    here = _address("edp:invitation-list", workshop)

    def invite() -> str:
        data = form.cleaned_data
        doors.invite(
            by=person_of(request),
            workshop=workshop,
            helix=data["helix"],
            organisation=data["organisation"],
            name=data["name"],
            email=data["email"],
        )
        return here

    if answer := send(request, form, invite, _("Invited.")):
        return answer
    expected = expected_at(workshop)
    context = {
        "form": form,
        "workshop": workshop,
        "process": workshop.process,
        "invitations": workshop.invitations.select_related("organisation", "person"),
        "expected": bar(expected),
        "expected_total": expected.total(),
        "lacking": lacking_in(workshop, expected),
    }
    status = 422 if form.is_bound else 200
    return render(request, "edp/invitation_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def invitation_paste(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """A whole list at once: looked at line by line, then sent."""
    form = InvitationListForm(request.POST or None, request.FILES or None)

    def invite() -> str:
        doors.invite_all(by=person_of(request), workshop=workshop, guests=form.found)
        return _address("edp:invitation-list", workshop)

    is_ready = form.is_bound and form.is_valid() and form.is_to_send
    if is_ready and (led_on := act_once(request, form, invite, _("Invited."))):
        return led_on
    refusal = None if workshop.is_ahead or form.is_bound else WrongTime()
    context = {
        "form": form,
        "refusal": refusal,
        "workshop": workshop,
        "process": workshop.process,
        "rows": _guests(workshop, form),
        "may_send": bool(form.found)
        and not form.errors
        and not any(line.problem for line in form.found),
    }
    status = 422 if form.errors else 200
    return render(request, "edp/invitation_paste.html", context, status=status)


def _guests(workshop: Workshop, form: InvitationListForm) -> list[dict[str, Any]]:
    """Each line as it was understood, with what is wrong with it."""
    known = doors.invited_among(workshop, [line.email for line in form.found])
    helices = dict(Helix.choices)
    return [
        {
            "line": line,
            "helix": helices.get(line.helix, ""),
            "problem": PROBLEMS.get(line.problem, ""),
            "is_invited": line.email.casefold() in known,
        }
        for line in form.found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def check_in_list(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Everybody with a place, a button each; and whoever comes in from the street."""
    form = GuestForm(request.POST or None)
    here = _address("edp:check_in-list", workshop)

    def check_in() -> str:
        data = form.cleaned_data
        doors.check_in_guest(
            by=person_of(request),
            workshop=workshop,
            helix=data["helix"],
            name=data["name"],
            email=data["email"],
            is_first_time=data["is_first_time"],
        )
        return here

    if answer := send(request, form, check_in, _("Checked in.")):
        return answer
    people = attendance_of(workshop)
    context = {
        "form": form,
        "workshop": workshop,
        "process": workshop.process,
        "rows": _rows(workshop),
        "guests": workshop.attendances.filter(person=None),
        "helices": bar(people),
        "people": people.total(),
        "form_key": uuid4(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "edp/check_in_list.html", context, status=status)


def _rows(workshop: Workshop) -> list[dict[str, Any]]:
    """Those with a place or waiting for one, and whether they have come."""
    here = set(workshop.attendances.values_list("person", flat=True))
    wanted = workshop.registrations.exclude(state=Registration.State.CANCELLED)
    rows = wanted.select_related("person").order_by("person__name", "pk")
    return [{"registration": row, "is_here": row.person_id in here} for row in rows]


def _registration(slug: str, number: int, code: str) -> Registration:
    rows = Registration.objects.select_related("person", "workshop__process__dossier__territory")
    return get_object_or_404(rows, workshop__process__slug=slug, workshop__number=number, code=code)


def check_in_detail(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponseBase:
    """What staff see when they scan somebody's code: who it is, and one button."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @recorded
    def guarded(request: HttpRequest, workshop: Workshop) -> HttpResponse:
        registration = _registration(slug, number, code)
        if request.method == "POST":
            return press(
                request,
                _address("edp:check_in-list", workshop),
                lambda: doors.check_in(
                    by=person_of(request), workshop=workshop, person=registration.person
                ),
                _("Checked in: %(name)s.") % {"name": registration.person.display_name},
            )
        context = {
            "registration": registration,
            "workshop": workshop,
            "process": workshop.process,
            "is_here": workshop.attendances.filter(person=registration.person).exists(),
            "form_key": uuid4(),
        }
        return render(request, "edp/check_in_detail.html", context)

    return guarded(request, slug=slug, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def head_count(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Numbers by helix, for a meeting without a list."""
    counted = workshop.head_counts.values_list("helix", "count", "newcomers")
    known = {helix: (people, newcomers) for helix, people, newcomers in counted}
    form = HeadCountForm(request.POST or None, counts=known)

    def count() -> str:
        doors.count_heads(by=person_of(request), workshop=workshop, counts=form.counts())
        return desk_of(workshop)

    if answer := send(request, form, count, _("Counted.")):
        return answer
    context = {"form": form, "workshop": workshop, "process": workshop.process}
    status = 422 if form.is_bound else 200
    return render(request, "edp/head_count.html", context, status=status)
