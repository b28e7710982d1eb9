"""From an address to the object it names, or 404."""

from django.shortcuts import get_object_or_404

from councils.models import Council, Docket, Meeting
from councils.models.meetings import MeetingQuerySet


def public_council(slug: str) -> Council:
    return get_object_or_404(Council.objects.published().for_display(), slug=slug)


def any_council(slug: str) -> Council:
    """Also one that is being set up: for those who keep it."""
    return get_object_or_404(Council.objects.for_display(), slug=slug)


def public_docket(slug: str, number: int) -> Docket:
    return get_object_or_404(
        Docket.objects.public().for_display(), council__slug=slug, number=number
    )


def public_meeting(slug: str, number: int) -> Meeting:
    """Of members; hearings have pages of their own."""
    return get_object_or_404(_meetings(slug).public(), number=number)


def any_meeting(slug: str, number: int) -> Meeting:
    """Also one that is planned: for those who run it."""
    return get_object_or_404(_meetings(slug), number=number)


def _meetings(slug: str) -> MeetingQuerySet:
    of_members = Meeting.objects.filter(kind=Meeting.Kind.MEETING, council__slug=slug)
    return of_members.for_display()
