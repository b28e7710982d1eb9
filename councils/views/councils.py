"""The public pages of councils: the list, the council, its members and its composition."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.composition_strip import strip_of
from councils.facts.numbers import member_numbers_of, numbers_of
from councils.facts.standing import Standing, standing_of, summaries_of
from councils.models import Council, Mandate, Meeting, NameCorrection
from councils.views.loading import public_council, public_mandate
from participation.guards import requires
from participation.models import Role

COUNCILS_A_PAGE = 20


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    found = Council.objects.published().for_display().order_by("pk")
    page = Paginator(found, COUNCILS_A_PAGE).get_page(request.GET.get("page"))
    keeps_one = Role.objects.in_force().filter(
        person=request.user.pk, kind=Role.Kind.COUNCIL_SECRETARY, territory__isnull=False
    )
    context = {
        "page": page,
        "summaries": summaries_of(page),
        "may_create": request.user.is_authenticated and keeps_one.exists(),
    }
    return render(request, "councils/council_list.html", context)


@require_safe
@requires(None, public_council)
def council_detail(request: HttpRequest, council: Council) -> HttpResponse:
    standing = standing_of(council)
    return render(
        request,
        "councils/council_detail.html",
        {
            "council": council,
            "standing": standing,
            "strip": _strip(standing, standing.day),
            "figures": numbers_of(council),
            "commissions": council.commissions.filter(until=None).prefetch_related("members"),
            "next_meeting": _next_meeting(council),
            "may_keep": request.user.has_perm("councils.keep_council", council),
        },
    )


@require_safe
@requires(None, public_council)
def composition_detail(request: HttpRequest, council: Council) -> HttpResponse:
    """On a day of the reader's choice: `?on=2026-03-20`; an unreadable day is today."""
    day = _day(request.GET.get("on", ""))
    standing = standing_of(council, day)
    return render(
        request,
        "councils/composition_detail.html",
        {"council": council, "standing": standing, "strip": _strip(standing, day)},
    )


@require_safe
@requires(None, public_council)
def member_list(request: HttpRequest, council: Council) -> HttpResponse:
    standing = standing_of(council)
    today, sitting = standing.day, {mandate.pk for mandate in standing.sitting}
    others = [mandate for mandate in standing.mandates if mandate.pk not in sitting]
    return render(
        request,
        "councils/member_list.html",
        {
            "council": council,
            "standing": standing,
            "former": [(m, m.office_on(m.until)) for m in others if m.until and m.until <= today],
            "coming": [(m, m.office_on(m.since)) for m in others if m.since > today],
            "may_keep": request.user.has_perm("councils.keep_council", council),
        },
    )


@require_safe
@requires(None, public_mandate)
def member_detail(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    council = mandate.council
    # Without an account nobody knows whether two mandates of one name are one person's.
    same = council.mandates.filter(person=mandate.person_id) if mandate.person_id else None
    return render(
        request,
        "councils/member_detail.html",
        {
            "council": council,
            "mandate": mandate,
            "mandates": same.select_related("post") if same is not None else [mandate],
            "declarations": mandate.declarations.all(),
            "commissions": mandate.commissions.all(),
            "name_corrections": NameCorrection.objects.filter(mandate=mandate),
            "figures": member_numbers_of(mandate),
            "is_over": mandate.until is not None and mandate.until <= timezone.localdate(),
            "may_keep": request.user.has_perm("councils.keep_council", council),
            "may_declare": request.user.has_perm("councils.declare_interest", mandate),
        },
    )


def _strip(standing: Standing, day: date) -> object:
    return strip_of(standing.intervals, len(standing.posts), day)


def _next_meeting(council: Council) -> Meeting | None:
    ahead = council.meetings.public().filter(
        state__in=[Meeting.State.ANNOUNCED, Meeting.State.OPEN], ends_at__gte=timezone.now()
    )
    shown = ahead.select_related("dossier").prefetch_related("dossier__texts")
    return shown.order_by("starts_at").first()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
