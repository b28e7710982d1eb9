"""The keeper's desk of a council, and setting one up."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.desk_tasks import tasks_of
from councils.facts.standing import standing_of
from councils.forms.council import (
    CommissionForm,
    CouncilForm,
    SeatEndForm,
    SeatForm,
    TermForm,
    TextsForm,
)
from councils.models import Commission, Council, Post
from councils.navigation import desk_links
from councils.services import commissions, councils, seats
from councils.views.loading import any_commission, any_council, any_seat
from participation.guards import requires
from participation.models import Role, Territory
from participation.models.territory import lies_within
from participation.views.form_pages import form_page, person_of, press, send

kept = requires("councils.keep_council", any_council)


def desk_of(council: Council) -> str:
    return reverse("councils:council-desk", args=[council.slug])


@require_safe
@kept
def council_desk(request: HttpRequest, council: Council) -> HttpResponse:
    return render(
        request,
        "councils/council_desk.html",
        {
            "council": council,
            "standing": standing_of(council),
            "tasks": tasks_of(council),
            "links": desk_links(council),
            "commissions": council.commissions.filter(until=None),
            "form_key": uuid4(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def council_create(request: HttpRequest) -> HttpResponse:
    form = CouncilForm(request.POST or None, territories=_territories(request))

    def set_up() -> str:
        council = councils.set_up_council(
            by=person_of(request),
            slug=form.cleaned_data["slug"],
            outline=form.outline(),
            **form.seats_and_term(),
        )
        return desk_of(council)

    done = _("The council is set up; nobody else sees it until you make it public.")
    return send(request, form, set_up, done) or form_page(
        request, "councils/council_create.html", form
    )


def _territories(request: HttpRequest) -> QuerySet[Territory]:
    """Where the person may set up a council; 404 for whoever keeps none anywhere."""
    roles = Role.objects.in_force().filter(
        person=request.user.pk, kind=Role.Kind.COUNCIL_SECRETARY, territory__isnull=False
    )
    places = list(roles.values_list("territory", flat=True))
    if not places:
        raise Http404
    return Territory.objects.filter(Q(pk__in=places) | lies_within("parent", places))


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def council_edit(request: HttpRequest, council: Council) -> HttpResponse:
    form = TextsForm(request.POST or None, initial=TextsForm.initial_of(council))

    def edit() -> str:
        councils.edit_council(
            by=person_of(request),
            council=council,
            wordings=form.wordings(),
            contact=form.cleaned_data["contact"],
        )
        return desk_of(council)

    return send(request, form, edit, _("The text is saved.")) or form_page(
        request, "councils/council_edit.html", form, council=council
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def term_begin(request: HttpRequest, council: Council) -> HttpResponse:
    last = council.convocations.order_by("begins_on").last()
    form = TermForm(request.POST or None, initial={"begins_on": last.ends_on if last else None})

    def begin() -> str:
        councils.begin_term(
            by=person_of(request),
            council=council,
            begins_on=form.cleaned_data["begins_on"],
            ends_on=form.cleaned_data["ends_on"],
        )
        return desk_of(council)

    return send(request, form, begin, _("The next term is recorded.")) or form_page(
        request, "councils/term_begin.html", form, council=council
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def seat_create(request: HttpRequest, council: Council) -> HttpResponse:
    form = SeatForm(request.POST or None)

    def add() -> str:
        data = form.cleaned_data
        seats.add_seat(
            by=person_of(request),
            council=council,
            side=data["side"],
            since=data["since"],
            act=data["act"],
        )
        return desk_of(council)

    return send(request, form, add, _("The seat is there; it is vacant.")) or form_page(
        request, "councils/seat_create.html", form, council=council
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_council", any_seat)
def seat_close(request: HttpRequest, post: Post) -> HttpResponse:
    form = SeatEndForm(request.POST or None)

    def close() -> str:
        data = form.cleaned_data
        seats.close_seat(by=person_of(request), post=post, on=data["on"], act=data["act"])
        return desk_of(post.council)

    return send(request, form, close, _("The end of the seat is recorded.")) or form_page(
        request, "councils/seat_close.html", form, council=post.council, post=post
    )


@require_POST
@kept
def council_publish(request: HttpRequest, council: Council) -> HttpResponse:
    return press(
        request,
        desk_of(council),
        lambda: councils.publish_council(by=person_of(request), council=council),
        _("The council is public."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def commission_create(request: HttpRequest, council: Council) -> HttpResponse:
    form = CommissionForm(request.POST or None, council=council)

    def form_it() -> str:
        commissions.form_commission(
            by=person_of(request),
            council=council,
            names=form.names(),
            members=form.cleaned_data["members"],
        )
        return desk_of(council)

    return send(request, form, form_it, _("The commission is formed.")) or form_page(
        request, "councils/commission_edit.html", form, council=council
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_council", any_commission)
def commission_edit(request: HttpRequest, commission: Commission) -> HttpResponse:
    council = commission.council
    initial = CommissionForm.initial_of(commission)
    form = CommissionForm(request.POST or None, council=council, initial=initial)

    def change() -> str:
        commissions.change_commission(
            by=person_of(request),
            commission=commission,
            names=form.names(),
            members=form.cleaned_data["members"],
        )
        return desk_of(council)

    return send(request, form, change, _("The commission is changed.")) or form_page(
        request, "councils/commission_edit.html", form, council=council, commission=commission
    )
