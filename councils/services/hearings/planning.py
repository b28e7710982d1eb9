"""A hearing is planned, announced by a notice that is early enough, and moved only by a new one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from councils.council_rules import CouncilRules
from councils.models import (
    Council,
    Docket,
    HearingDetail,
    HearingRegistration,
    Meeting,
    Notice,
)
from councils.notice import NoticeTerm, term_of
from councils.services.hearings import errors
from councils.services.meetings.planning import (
    announce_meeting,
    cancel_meeting,
    edit_meeting,
    move_meeting,
    plan_meeting,
)
from participation.services import Wording, notify, record
from participation.services.answers import current_calendar


@dataclass(frozen=True)
class HearingPlan:
    """What a hearing has beside what every meeting has; `ground` by language, kk and ru needed."""

    ground: Mapping[str, str]
    docket: Docket | None = None
    initiator: Organisation | None = None
    repeats: Meeting | None = None
    capacity: int | None = None
    languages: Sequence[str] = ("kk", "ru")
    access: Sequence[str] = ()
    seconds_each: int = 180

    def fields(self) -> dict[str, Any]:
        return {
            "docket": self.docket,
            "initiator": self.initiator,
            "repeats": self.repeats,
            "capacity": self.capacity,
            "languages": list(self.languages),
            "access": list(self.access),
            "seconds_each": self.seconds_each,
            **{f"ground_{code}": self.ground.get(code, "") for code in ("kk", "ru", "en")},
        }


@dataclass(frozen=True)
class NoticeText:
    """What is published: words by language, where, and with which papers."""

    words: Mapping[str, str]
    channels: Sequence[str] = ("site",)
    papers: Sequence[str] = field(default=())


@transaction.atomic
def plan_hearing(
    *,
    by: User | None,
    council: Council,
    wordings: list[Wording],
    starts_at: datetime,
    ends_at: datetime,
    plan: HearingPlan,
    **place: Any,
) -> Meeting:
    """A hearing that nobody sees yet. `place`: mode, place, stream_url, commission of a meeting."""
    meeting = plan_meeting(
        by=by,
        council=council,
        kind=Meeting.Kind.HEARING,
        wordings=wordings,
        starts_at=starts_at,
        ends_at=ends_at,
        **place,
    )
    HearingDetail.objects.create(meeting=meeting, **plan.fields())
    return meeting


@transaction.atomic
def change_plan(
    *,
    by: User | None,
    meeting: Meeting,
    plan: HearingPlan,
    wordings: list[Wording],
    mode: str,
    stream_url: str = "",
) -> None:
    """Change all but hour and place, until it begins. Raises PlacesGiven, WrongTime of meetings."""
    meeting = locked(meeting)
    given = meeting.hearing_registrations.filter(
        attends="hall", state__in=HearingRegistration.HOLDS_A_PLACE
    )
    if plan.capacity is not None and plan.capacity < given.count():
        raise errors.PlacesGiven
    edit_meeting(by=by, meeting=meeting, wordings=wordings, mode=mode, stream_url=stream_url)
    HearingDetail.objects.filter(meeting=meeting).update(**plan.fields())


def term_for(council: Council, notice_on: date, hearing_on: date) -> NoticeTerm:
    """How a notice on one day of a hearing on another counts by this council's rules."""
    needed = CouncilRules.from_data(council.ruleset.data).notice_days
    return term_of(notice_on, hearing_on, needed, current_calendar())


@transaction.atomic
def announce_hearing(
    *, by: User | None, meeting: Meeting, notice: NoticeText, on: date | None = None
) -> Notice:
    """Publish the notice and with it the hearing; registration opens.

    `on` is the day of the notice, today unless another is named.
    Raises WrongTime, BothLanguagesNeeded, NoticeTooLate.
    """
    meeting = locked(meeting)
    if meeting.state != Meeting.State.PLANNED:
        raise errors.WrongTime
    published = _publish(by, meeting, notice, on or timezone.localdate())
    announce_meeting(by=by, meeting=meeting, at=_moment(on))
    return published


@transaction.atomic
def move_hearing(
    *,
    by: User | None,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    reason: str,
    notice: NoticeText,
    on: date | None = None,
) -> Notice | None:
    """Another hour or place. Once announced it takes a new notice, whose clock starts anew.

    Raises WrongTime once it has begun, BothLanguagesNeeded, NoticeTooLate.
    """
    meeting = locked(meeting)
    if meeting.state not in (Meeting.State.PLANNED, Meeting.State.ANNOUNCED):
        raise errors.WrongTime
    published = None
    if meeting.state == Meeting.State.ANNOUNCED:
        meeting.starts_at, meeting.place = starts_at, place
        published = _publish(by, meeting, notice, on or timezone.localdate(), reason)
    move_meeting(
        by=by, meeting=meeting, starts_at=starts_at, ends_at=ends_at, place=place, reason=reason
    )
    if published is not None:
        tell_registered("hearing_moved", meeting, by)
    return published


@transaction.atomic
def cancel_hearing(*, by: User | None, meeting: Meeting, reason: str) -> None:
    """Call it off; whoever wanted to come is told. Raises WrongTime, ReasonMissing of meetings."""
    cancel_meeting(by=by, meeting=meeting, reason=reason)
    tell_registered("hearing_cancelled", meeting, by)


def tell_registered(kind: str, meeting: Meeting, by: User | None) -> None:
    """Those with an account; the others look at their page."""
    wanted = meeting.hearing_registrations.exclude(state="cancelled").filter(person__isnull=False)
    people = User.objects.filter(pk__in=wanted.values("person"))
    if people:
        notify(kind=kind, recipients=people, dossier=meeting.dossier, actor=by)


def _publish(
    by: User | None, meeting: Meeting, notice: NoticeText, on: date, reason: str = ""
) -> Notice:
    if not (notice.words.get("kk", "").strip() and notice.words.get("ru", "").strip()):
        raise errors.BothLanguagesNeeded
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    term = term_for(council, on, timezone.localdate(meeting.starts_at))
    if not term.is_in_time:
        raise errors.NoticeTooLate(term)
    said = {
        "words": {code: notice.words.get(code, "") for code in ("kk", "ru", "en")},
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "published_on": on.isoformat(),
        "papers": list(notice.papers),
    }
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = Notice.objects.create(
        meeting=meeting,
        number=meeting.notices.count() + 1,
        published_on=on,
        hearing_on=term.hearing_on,
        starts_at=meeting.starts_at,
        place=meeting.place,
        channels=list(notice.channels),
        papers=list(notice.papers),
        reason=reason,
        between=term.between,
        needed=term.needed,
        calendar_version=current_calendar().version,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        published_by=by,
        **{f"text_{code}": text for code, text in said["words"].items()},  # type: ignore[attr-defined]
    )
    record(
        kind="councils.notice_published",
        dossier=meeting.dossier,
        actor=by,
        number=row.number,
        published_on=on.isoformat(),
        hearing_on=term.hearing_on.isoformat(),
        between=term.between,
        needed=term.needed,
        sha256=row.sha256,
    )
    return row


def locked(meeting: Meeting) -> Meeting:
    """The hearing as it is now; whatever changes it waits."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(
        "dossier__territory", "council__ruleset", "council__dossier", "hearing"
    ).get(pk=meeting.pk, kind=Meeting.Kind.HEARING)


def _moment(on: date | None) -> datetime | None:
    if on is None:
        return None
    return timezone.make_aware(datetime.combine(on, datetime.min.time()).replace(hour=9))
