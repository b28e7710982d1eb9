"""Minutes: drafted from what happened, signed by two people, published, corrected by a next
version; the ones before stay."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils.facts.record import record_of
from councils.models import Meeting, Minutes
from councils.services.meetings import errors
from councils.services.meetings.locking import locked
from councils.services.meetings.planning import tell
from councils.services.meetings.votes import rules_of
from participation.services import record
from participation.services.answers import current_calendar

OVER = (Meeting.State.HELD, Meeting.State.NO_QUORUM)
Signer = Literal["secretary", "chair"]


def due_dates(meeting: Meeting) -> tuple[date, date]:
    """When the draft and the published minutes are due, in working days after the meeting."""
    rules = rules_of(meeting)
    day = timezone.localdate(meeting.ended_at or meeting.ends_at)
    calendar = current_calendar()
    return (
        calendar.due_on(day, rules.draft_minutes_days),
        calendar.due_on(day, rules.publish_minutes_days),
    )


def hash_of(minutes: Minutes) -> str:
    """SHA-256 of the canonical JSON of the version: meeting, number, texts, record, correction."""
    body = {
        "meeting": minutes.meeting.dossier.reference,
        "version": minutes.version,
        "text": {code: getattr(minutes, f"text_{code}") for code in ("kk", "ru", "en")},
        "record": minutes.record,
        "correction": minutes.correction,
    }
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def draft_minutes(*, by: User | None, meeting: Meeting, texts: Mapping[str, str]) -> Minutes:
    """Write, or write anew, the first version; the record is taken from the rows of now.

    Raises WrongTime before the end of the meeting, MinutesMissing, MinutesSigned.
    """
    meeting = locked(meeting, *OVER)
    minutes = meeting.minutes.order_by("-version").first() or Minutes(meeting=meeting, version=1)
    return _write(by, minutes, texts)


@transaction.atomic
def correct_minutes(
    *, by: User | None, meeting: Meeting, texts: Mapping[str, str], reason: str
) -> Minutes:
    """The next version, with what was corrected and why; it is signed and published in its turn.

    Raises WrongTime, ReasonMissing, MinutesMissing, MinutesSigned; NotSigned where there is no
    published version to correct.
    """
    meeting = locked(meeting, *OVER)
    if not reason.strip():
        raise errors.ReasonMissing
    last = meeting.minutes.order_by("-version").first()
    if last is None or (last.version == 1 and last.published_at is None):
        raise errors.NotSigned
    minutes = last
    if last.published_at is not None:
        minutes = Minutes(meeting=meeting, version=last.version + 1)
    minutes.correction = reason.strip()
    return _write(by, minutes, texts)


@transaction.atomic
def sign_minutes(
    *, by: User, minutes: Minutes, signer: Signer, at: datetime | None = None
) -> Minutes:
    """Sign as the secretary or as the chair. Raises MinutesSigned, TwoSignatures."""
    minutes = _locked(minutes)
    others = minutes.signed_by_chair if signer == "secretary" else minutes.signed_by_secretary
    if getattr(minutes, f"{signer}_signed_at") is not None or minutes.published_at is not None:
        raise errors.MinutesSigned
    if others == by:
        raise errors.TwoSignatures
    setattr(minutes, f"signed_by_{signer}", by)
    setattr(minutes, f"{signer}_signed_at", at or timezone.now())
    minutes.save()
    record(
        kind="councils.minutes_signed",
        dossier=minutes.meeting.dossier,
        actor=by,
        version=minutes.version,
        signer=signer,
        sha256=hash_of(minutes),
    )
    return minutes


@transaction.atomic
def publish_minutes(*, by: User | None, minutes: Minutes, at: datetime | None = None) -> Minutes:
    """For good. Raises MinutesSigned if published already, NotSigned without two signatures."""
    minutes = _locked(minutes)
    if minutes.published_at is not None:
        raise errors.MinutesSigned
    if minutes.secretary_signed_at is None or minutes.chair_signed_at is None:
        raise errors.NotSigned
    minutes.published_at = at or timezone.now()
    minutes.sha256 = hash_of(minutes)
    minutes.save()
    record(
        kind="councils.minutes_published",
        dossier=minutes.meeting.dossier,
        actor=by,
        version=minutes.version,
        sha256=minutes.sha256,
        correction=minutes.correction,
    )
    tell(minutes.meeting, "minutes_published", by)
    return minutes


def _write(by: User | None, minutes: Minutes, texts: Mapping[str, str]) -> Minutes:
    if not (texts.get("kk", "").strip() and texts.get("ru", "").strip()):
        raise errors.MinutesMissing
    if minutes.published_at or minutes.secretary_signed_at or minutes.chair_signed_at:
        raise errors.MinutesSigned
    for code in ("kk", "ru", "en"):
        setattr(minutes, f"text_{code}", texts.get(code, "").strip())
    minutes.record = record_of(minutes.meeting)
    minutes.drafted_by = by
    minutes.save()
    return minutes


def _locked(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("meeting__dossier", "meeting__council__dossier").get(pk=minutes.pk)
