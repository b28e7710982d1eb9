"""What a meeting is about: items, their papers, the matters they belong to, what was decided."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from councils.models import AgendaItem, Docket, Meeting
from councils.services.meetings import errors
from councils.services.meetings.locking import locked
from councils.services.meetings.planning import move_on
from participation.services import record
from participation.services.attachments import attach
from participation.uploads import Upload

UNTIL_ITS_END = (Meeting.State.PLANNED, Meeting.State.ANNOUNCED, Meeting.State.OPEN)


@transaction.atomic
def add_item(
    *,
    by: User | None,
    meeting: Meeting,
    names: Mapping[str, str],
    is_public: bool = True,
    dockets: Iterable[Docket] = (),
) -> AgendaItem:
    """`names` by language, kk and ru at least. Raises OtherCouncil, and WrongTime after the end;
    of a session, whose agenda is often known late, only if it was cancelled."""
    is_session = meeting.kind == Meeting.Kind.SESSION
    meeting = locked(meeting, *UNTIL_ITS_END, *([Meeting.State.HELD] if is_session else []))
    matters = list(dockets)
    if any(docket.council_id != meeting.council_id for docket in matters):
        raise errors.OtherCouncil
    last = meeting.agenda.aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        is_public=is_public,
        name_kk=names["kk"],
        name_ru=names["ru"],
        name_en=names.get("en", ""),
    )
    item.dockets.set(matters)
    return item


@transaction.atomic
def add_papers(*, by: User, meeting: Meeting, uploads: Sequence[Upload]) -> None:
    """Files for everybody to read before the meeting. Raises WrongTime after its end."""
    meeting = locked(meeting, *UNTIL_ITS_END)
    attach(by=by, dossier=meeting.dossier, uploads=uploads)


@transaction.atomic
def enter_decision(*, by: User | None, item: AgendaItem, texts: Mapping[str, str]) -> AgendaItem:
    """What was decided on an item, in kk and ru at least; what stood there before is in the
    record. Nobody opens and ends a session here: its first decision says that it was held.

    Raises WrongTime before the beginning, MinutesMissing.
    """
    meeting = locked(item.meeting, Meeting.State.ANNOUNCED, Meeting.State.OPEN, Meeting.State.HELD)
    if meeting.state == Meeting.State.ANNOUNCED:
        if meeting.kind != Meeting.Kind.SESSION or meeting.starts_at > timezone.now():
            raise errors.WrongTime
        move_on(meeting, Meeting.State.HELD, by)
    if not (texts.get("kk", "").strip() and texts.get("ru", "").strip()):
        raise errors.MinutesMissing
    item.decision_kk, item.decision_ru = texts["kk"].strip(), texts["ru"].strip()
    item.decision_en = texts.get("en", "").strip()
    item.save(update_fields=["decision_kk", "decision_ru", "decision_en"])
    record(
        kind="councils.decision_entered",
        dossier=meeting.dossier,
        actor=by,
        item=item.number,
        decision=item.decision_ru,
    )
    return item
