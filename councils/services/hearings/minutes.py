"""Minutes of a hearing: those of every meeting, but not while a question has no fate."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from councils.models import Meeting, Minutes
from councils.services.hearings import errors
from councils.services.hearings.planning import locked
from councils.services.meetings.minutes import correct_minutes, draft_minutes


@transaction.atomic
def write_minutes(
    *, by: User | None, meeting: Meeting, texts: Mapping[str, str], reason: str = ""
) -> Minutes:
    """The first version or, with a `reason`, the correction of a published one.

    Raises QuestionsOpen, and what meetings' minutes raise.
    """
    number = locked(meeting).questions.unsettled().count()
    if number:
        raise errors.QuestionsOpen(number)
    if reason:
        return correct_minutes(by=by, meeting=meeting, texts=texts, reason=reason)
    return draft_minutes(by=by, meeting=meeting, texts=texts)
