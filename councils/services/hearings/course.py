"""A hearing begins, ends, or fails; what nobody answered is owed in writing from that day on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from councils.models import HearingDetail, HearingRegistration, Meeting, Question
from councils.services.hearings import errors
from councils.services.hearings.floor import close_floor
from councils.services.hearings.planning import locked, tell_registered
from councils.services.hearings.questions import owe
from councils.services.meetings.errors import ReasonMissing
from councils.services.meetings.planning import begin_meeting, end_meeting, move_on

State = HearingRegistration.State


@transaction.atomic
def begin_hearing(
    *, by: User | None, meeting: Meeting, takes_phones: bool = True, at: datetime | None = None
) -> Meeting:
    """With `takes_phones` six digits let the whole hall ask. Raises WrongTime of meetings."""
    begun = begin_meeting(by=by, meeting=meeting, at=at)
    code = _free_code() if takes_phones else None
    HearingDetail.objects.filter(meeting=begun).update(join_code=code)
    return locked(begun)


@transaction.atomic
def end_hearing(*, by: User | None, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """The floor closes; who did not come is absent; shown questions are to be answered in writing.

    Questions that nobody has read yet wait for the secretary. Raises WrongTime.
    """
    meeting = locked(meeting)
    if meeting.state != Meeting.State.OPEN:
        raise errors.WrongTime
    close_floor(meeting, at or timezone.now())
    for question in meeting.questions.filter(state=Question.State.SHOWN):
        question.meeting = meeting
        owe(by, question)
    meeting.hearing_registrations.filter(state__in=[State.REGISTERED, State.CONFIRMED]).update(
        state=State.ABSENT
    )
    HearingDetail.objects.filter(meeting=meeting).update(join_code=None)
    return end_meeting(by=by, meeting=meeting, at=at)


@transaction.atomic
def fail_hearing(*, by: User | None, meeting: Meeting, reason: str) -> None:
    """It could not be held; the reasons go into its minutes, and it can be repeated.

    Raises WrongTime unless it is announced or under way, ReasonMissing of meetings.
    """
    meeting = locked(meeting)
    if meeting.state not in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        raise errors.WrongTime
    if not reason.strip():
        raise ReasonMissing
    close_floor(meeting, timezone.now())
    HearingDetail.objects.filter(meeting=meeting).update(join_code=None)
    meeting.reason = reason.strip()
    move_on(meeting, Meeting.State.NO_QUORUM, by, reason=meeting.reason)
    tell_registered("hearing_cancelled", meeting, by)


def _free_code() -> str:
    while True:
        code = get_random_string(6, "0123456789")
        if not HearingDetail.objects.filter(join_code=code).exists():
            return code
