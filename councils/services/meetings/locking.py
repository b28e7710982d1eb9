"""The row of a meeting under a lock, and who belongs to it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from councils.models import Council, Mandate, Meeting
from councils.services.meetings import errors


def locked(meeting: Meeting, *states: str) -> Meeting:
    """The row as it is now, under a lock until the commit. Raises WrongTime in another state."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("dossier__territory", "council__dossier__territory").get(
        pk=meeting.pk
    )
    if fresh.state not in states:
        raise errors.WrongTime
    return fresh


def council_of(meeting: Meeting) -> Council:
    """Raises OtherCouncil for a session of a state body."""
    if meeting.council is None:
        raise errors.OtherCouncil
    return meeting.council


def members_at(meeting: Meeting, moment: datetime) -> QuerySet[Mandate]:
    """Who sat on the council on that day, or on the commission that meets."""
    members = council_of(meeting).mandates.on(timezone.localdate(moment))
    if meeting.commission_id is not None:
        members = members.filter(commissions=meeting.commission_id)
    return members
