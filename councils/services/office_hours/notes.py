"""What came of a talk: a note, public if the visitor agrees; a matter of the council."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils.models import Booking, Docket, FeedbackNote
from councils.services.dockets import open_docket
from councils.services.office_hours import errors
from participation.services import Wording, notify, record

State = Booking.State


@transaction.atomic
def write_note(
    *,
    by: User | None,
    booking: Booking,
    raised: str,
    follows: str,
    language: str,
    has_consent: bool,
    at: datetime | None = None,
) -> FeedbackNote:
    """Close a talk with what was raised and what follows; published with the visitor's consent.

    Raises NotYet, ClosedAlready.
    """
    now = at or timezone.now()
    booking = _begun(booking, now)
    booking.state = State.HELD
    booking.save(update_fields=["state"])
    note = FeedbackNote.objects.create(
        booking=booking,
        raised=raised.strip(),
        follows=follows.strip(),
        language=language,
        has_consent=has_consent,
        written_by=by,
        written_at=now,
        published_at=now if has_consent else None,
    )
    hours = booking.hours
    if has_consent:
        digest = hashlib.sha256(f"{note.raised}\n{note.follows}".encode()).hexdigest()
        record(
            kind="councils.note_published",
            dossier=hours.council.dossier,
            actor=by,
            office_hours=hours.number,
            sha256=digest,
        )
    if booking.person is not None:
        notify(
            kind="talk_noted",
            recipients=[booking.person],
            dossier=hours.council.dossier,
            actor=by,
            note=note.pk,
            path=f"councils/{hours.council.slug}/office-hours/booking/{booking.code}/",
        )
    return note


@transaction.atomic
def mark_missed(*, by: User | None, booking: Booking) -> None:
    """The visitor did not come. Raises NotYet, ClosedAlready."""
    booking = _begun(booking, timezone.now())
    booking.state = State.MISSED
    booking.save(update_fields=["state"])


def _begun(booking: Booking, now: datetime) -> Booking:
    """The row as it is now, under a lock until the commit."""
    rows = Booking.objects.select_for_update(of=("self",))
    fresh = rows.select_related("slot", "person", "hours__council__dossier").get(pk=booking.pk)
    if fresh.state != State.BOOKED:
        raise errors.ClosedAlready
    if fresh.slot.starts_at > now:
        raise errors.NotYet
    return fresh


@transaction.atomic
def open_docket_from(
    *, by: User | None, note: FeedbackNote, kind: str, wordings: Sequence[Wording]
) -> Docket:
    """Make what was raised a matter of the council, in words that name nobody.

    Raises DocketOpened, and what `open_docket` refuses.
    """
    rows = FeedbackNote.objects.select_for_update(of=("self",))
    note = rows.select_related("booking__hours__council__dossier").get(pk=note.pk)
    if note.docket_id is not None:
        raise errors.DocketOpened
    council = note.booking.hours.council
    note.docket = open_docket(by=by, council=council, kind=kind, wordings=wordings)
    note.save(update_fields=["docket"])
    return note.docket


def erase_note(note: FeedbackNote) -> None:
    """Nothing stays of the visitor's words; that a talk took place still counts."""
    note.raised = note.follows = ""
    note.published_at = None
    note.save(update_fields=["raised", "follows", "published_at"])
