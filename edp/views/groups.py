"""Who sits in the groups of a process, and what they have declared."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from edp.forms.process import InterestsForm, SeatForm
from edp.models import DiscoveryProcess, GroupMembership
from edp.presentation import groups_of
from edp.services import memberships
from edp.views.loading import any_process, seat_in
from participation.guards import requires
from participation.views.form_pages import act_once, form_page, press


def _list_of(process: DiscoveryProcess) -> str:
    return reverse("edp:membership-list", args=[process.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.organise_process", any_process)
def membership_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            memberships.seat_member(
                by=cast(User, request.user),
                process=process,
                group=data["group"],
                person=form.person,
                name="" if form.person else data["name"],
                helix=data["helix"],
                organisation=data["organisation"],
                is_chair=data["is_chair"],
            )
            return _list_of(process)

        if led_on := act_once(request, form, act, _("The seat is taken.")):
            return led_on
    return form_page(
        request,
        "edp/membership_list.html",
        form,
        process=process,
        groups=groups_of(process),
    )


@require_POST
@requires("edp.organise_seat", seat_in)
def membership_leave(request: HttpRequest, seat: GroupMembership) -> HttpResponse:
    return press(
        request,
        _list_of(seat.process),
        lambda: memberships.leave_seat(by=cast(User, request.user), seat=seat),
        _("The seat is given up."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.declare_interests", seat_in)
def interests_declare(request: HttpRequest, seat: GroupMembership) -> HttpResponse:
    form = InterestsForm(request.POST or None, initial={"interests": seat.interests})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            memberships.declare_interests(
                by=cast(User, request.user), seat=seat, interests=form.cleaned_data["interests"]
            )
            if seat.person_id == request.user.pk:
                return reverse("accounts:person-detail")
            return _list_of(seat.process)

        if led_on := act_once(request, form, act, _("The interests are declared.")):
            return led_on
    return form_page(request, "edp/interests_declare.html", form, process=seat.process, seat=seat)
