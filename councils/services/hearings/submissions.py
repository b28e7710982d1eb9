"""Written submissions: a number for each, public if its author agrees, withdrawn with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from councils.models import Meeting, Submission, SubmissionFile
from councils.services.hearings import errors
from councils.services.hearings.planning import locked
from participation.services import follow, record
from participation.uploads import Upload

TAKEN_IN = (Meeting.State.ANNOUNCED, Meeting.State.OPEN, Meeting.State.HELD)


@dataclass(frozen=True)
class Written:
    """What somebody sends; `contact` is for the secretary only."""

    text: str
    language: str
    name: str = ""
    contact: str = ""
    organisation: str = ""
    may_publish: bool = False


@transaction.atomic
def submit(
    *,
    meeting: Meeting,
    written: Written,
    person: User | None = None,
    uploads: Sequence[Upload] = (),
    at: datetime | None = None,
) -> Submission:
    """Taken from the announcement until the minutes are published. Raises WrongTime."""
    meeting = locked(meeting)
    if meeting.state not in TAKEN_IN or meeting.minutes.filter(published_at__isnull=False).exists():
        raise errors.WrongTime
    submission = Submission.objects.create(
        meeting=meeting,
        number=meeting.submissions.count() + 1,
        person=person,
        name=written.name,
        contact=written.contact,
        organisation=written.organisation,
        language=written.language,
        text=written.text,
        may_publish=written.may_publish,
        code=get_random_string(24),
        received_at=at or timezone.now(),
    )
    for upload in uploads:
        _keep(submission, upload)
    if person is not None:
        follow(person=person, dossier=meeting.dossier)
    return submission


@transaction.atomic
def withdraw(
    *, by: User | None, submission: Submission, reason: str, at: datetime | None = None
) -> None:
    """By its author or the secretary: number and reason stay, the words are not shown any more.

    Raises AlreadyWithdrawn.
    """
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if submission.withdrawn_at is not None:
        raise errors.AlreadyWithdrawn
    submission.withdrawn_at = at or timezone.now()
    submission.withdrawn_because = reason
    submission.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(
        kind="councils.submission_withdrawn",
        dossier=submission.meeting.dossier,
        actor=by,
        submission=submission.number,
    )


def _keep(submission: Submission, upload: Upload) -> None:
    row = SubmissionFile(
        submission=submission,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.data),
    )
    row.file.save(upload.name, ContentFile(upload.data), save=False)
    row.save(force_insert=True)
