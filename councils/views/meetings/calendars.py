"""What is held where: councils and sessions of state bodies, by month and region, and feeds."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from councils.calendars import calendar_of
from councils.models import Council, Meeting
from councils.models.meetings import MeetingQuerySet
from councils.views.loading import public_council, public_meeting, public_session
from participation.guards import requires
from participation.models import Territory
from participation.models.territory import lies_within

MOST_IN_A_FEED = 300
ENTRIES = 30


def _of_region(region: Territory | None) -> MeetingQuerySet:
    meetings = Meeting.objects.public().for_display()
    if region is None:
        return meetings
    places = Territory.objects.filter(lies_within("parent", [region.pk])).values("pk")
    inside = meetings.filter(dossier__territory__in=places)
    return inside | meetings.filter(dossier__territory=region)


def _month(text: str) -> date:
    """The first day of the month asked for (2026-03), or of this one."""
    this = timezone.localdate().replace(day=1)
    try:
        month = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return this
    return month if 2000 <= month.year <= 2100 else this


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    month = _month(request.GET.get("month", ""))
    after = (month + timedelta(days=31)).replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    regions = list(Territory.objects.filter(kind=Territory.Kind.REGION).order_by("name_kk"))
    chosen = next((row for row in regions if row.slug == request.GET.get("region")), None)
    kind = request.GET.get("kind", "")
    found = _of_region(chosen).filter(starts_at__range=(_moment(month), _moment(after)))
    if kind in Meeting.Kind.values:
        found = found.filter(kind=kind)
    meetings = list(found.exclude(starts_at=_moment(after)).order_by("starts_at", "pk"))
    days = groupby(meetings, key=lambda meeting: timezone.localdate(meeting.starts_at))
    query = request.GET.copy()
    context: dict[str, Any] = {
        "month": month,
        "before": _query(query, before),
        "after": _query(query, after),
        "days": [(day, list(rows)) for day, rows in days],
        "today": timezone.localdate(),
        "regions": regions,
        "region": chosen,
        "kinds": Meeting.Kind.choices,
        "kind": kind,
    }
    return render(request, "councils/calendar_list.html", context)


def _query(query: Any, month: date) -> str:
    query["month"] = month.strftime("%Y-%m")
    return str(query.urlencode())


def _file(meetings: list[Meeting], name: str, file_name: str) -> HttpResponse:
    answer = HttpResponse(calendar_of(meetings, name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


@require_safe
def region_feed(request: HttpRequest, region: str) -> HttpResponse:
    """All councils and state bodies in a region, or in any other place."""
    place = get_object_or_404(Territory, slug=region)
    meetings = _of_region(place).order_by("-starts_at")[:MOST_IN_A_FEED]
    return _file(list(meetings), str(place), f"{place.slug}.ics")


@require_safe
@requires(None, public_council)
def council_feed(request: HttpRequest, council: Council) -> HttpResponse:
    meetings = council.meetings.public().for_display().order_by("-starts_at")[:MOST_IN_A_FEED]
    return _file(list(meetings), council.dossier.title, f"{council.slug}.ics")


@require_safe
@requires(None, public_meeting)
def meeting_calendar(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _file([meeting], meeting.dossier.title, f"{meeting.dossier.reference}.ics")


@require_safe
@requires(None, public_session)
def session_calendar(request: HttpRequest, session: Meeting) -> HttpResponse:
    return _file([session], session.dossier.title, f"{session.dossier.reference}.ics")


if TYPE_CHECKING:
    CouncilFeed = Feed[Meeting, Council]
else:
    CouncilFeed = Feed


class CouncilAtom(CouncilFeed):
    """Meetings and hearings of one council as they are announced and changed."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Council:
        return public_council(slug)

    def title(self, council: Council) -> str:
        return council.dossier.title

    def link(self, council: Council) -> str:
        return council.get_absolute_url()

    def subtitle(self, council: Council) -> str:
        return _("Meetings and hearings: announced, moved, cancelled, held.")

    def items(self, council: Council) -> list[Meeting]:
        meetings = council.meetings.public().for_display()
        return list(meetings.order_by("-changed_at")[:ENTRIES])

    def item_title(self, item: Meeting) -> str:
        return f"{item.dossier.title} ({item.get_state_display()})"

    def item_description(self, item: Meeting) -> str:
        return item.reason or item.dossier.summary

    def item_link(self, item: Meeting) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: Meeting) -> str:
        return f"urn:kenes:{item.dossier.reference.lower()}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Meeting) -> datetime | None:
        return item.announced_at

    def item_updateddate(self, item: Meeting) -> datetime:
        return item.changed_at


council_atom = require_safe(CouncilAtom())
