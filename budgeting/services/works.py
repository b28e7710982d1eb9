"""What becomes of a winner, told step by step; followers of the proposal hear of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.multilingual import Told
from budgeting.models import Award, DiaryEntry, Election, Milestone, Work, WorkMoney, WorkPhoto
from participation.errors import Refused
from participation.services import notify_followers, record
from participation.services.attachments import attach
from participation.uploads import Upload

Kind, State = DiaryEntry.Kind, Work.State


class DayToCome(Refused):
    message = _("This day is still to come.")


class NotNow(Refused):
    message = _("The work is not at a point where this can be told.")
    way_out = _("Reload the page: somebody may have told it already.")


class ReachedAlready(Refused):
    message = _("This milestone is reached: it stays so.")


class SameDay(Refused):
    message = _("It is due on this day already.")


class MilestonesOpen(Refused):
    message = _("Some milestones are not reached yet.")
    way_out = _("Tell of each that it is reached, then of the end.")


class BelowNothing(Refused):
    message = _("The correction takes away more than was entered.")


class CaptionMissing(Refused):
    message = _("Say what the photo shows, for those who cannot see it.")


@dataclass(frozen=True)
class Photo:
    upload: Upload
    caption: str


def open_works(*, election: Election) -> None:
    """A work for each winner; called in the transaction in which the results become public."""
    awards = Award.objects.filter(tally__election=election, tally__is_official=True)
    Work.objects.bulk_create(
        [Work(award=award, planned=award.cost) for award in awards], ignore_conflicts=True
    )


@transaction.atomic
def entrust_work(*, by: User, work: Work, body: Organisation) -> Work:
    """Say who builds it."""
    work = _locked(work)
    work.body = body
    work.save(update_fields=["body"])
    _record(work, by, "entrusted", body=body.pk)
    return work


@transaction.atomic
def plan_milestone(*, by: User | None, work: Work, name: Told, due_on: date) -> Milestone:
    """Raises NotNow once the work is finished."""
    work = _locked(work)
    if work.state == State.DONE:
        raise NotNow
    last = work.milestones.aggregate(last=Max("number"))["last"] or 0
    milestone = Milestone.objects.create(
        work=work,
        number=last + 1,
        **name.fields("name"),
        planned_on=due_on,
        due_on=due_on,
    )
    _record(work, by, "milestone", milestone=milestone.number, due_on=due_on.isoformat())
    return milestone


@transaction.atomic
def put_off(*, by: User | None, milestone: Milestone, due_on: date, reason: Told) -> Milestone:
    """Move a milestone's day, also forward, with a reason that is public.

    Raises ReachedAlready, SameDay.
    """
    work = _locked(milestone.work)
    milestone = _open_milestone(milestone)
    if milestone.due_on == due_on:
        raise SameDay
    _tell(work, by, Kind.DELAY, timezone.localdate(), reason, milestone=milestone, moved_to=due_on)
    milestone.due_on = due_on
    milestone.save(update_fields=["due_on"])
    return milestone


@transaction.atomic
def reach_milestone(
    *, by: User | None, milestone: Milestone, on: date, told: Told, photos: Sequence[Photo] = ()
) -> DiaryEntry:
    """The first one reached begins the work. Raises ReachedAlready, DayToCome, NotNow."""
    work = _locked(milestone.work)
    milestone = _open_milestone(milestone)
    if work.state not in (State.PLANNED, State.UNDER_WAY):
        raise NotNow
    entry = _tell(work, by, Kind.REACHED, on, told, photos, milestone=milestone)
    milestone.reached_on = on
    milestone.save(update_fields=["reached_on"])
    _move(work, State.UNDER_WAY)
    return entry


@transaction.atomic
def report_work(
    *, by: User | None, work: Work, on: date, told: Told, photos: Sequence[Photo] = ()
) -> DiaryEntry:
    """News with photos; also after the end, for what is found out later. Raises DayToCome."""
    return _tell(_locked(work), by, Kind.REPORT, on, told, photos)


# Which states a turn may be told in, and where it leads.
TURNS = {
    Kind.BEGUN: ({State.PLANNED}, State.UNDER_WAY),
    Kind.STOPPED: ({State.PLANNED, State.UNDER_WAY}, State.STOPPED),
    Kind.RESUMED: ({State.STOPPED}, State.UNDER_WAY),
    Kind.DONE: ({State.UNDER_WAY}, State.DONE),
}


def turns_of(work: Work) -> list[DiaryEntry.Kind]:
    """The turns that may be told now."""
    return [kind for kind, (states, _to) in TURNS.items() if work.state in states]


@transaction.atomic
def turn_work(*, by: User | None, work: Work, kind: str, on: date, told: Told) -> DiaryEntry:
    """Begin, stop, resume or finish. Raises NotNow, DayToCome, MilestonesOpen."""
    work = _locked(work)
    if kind not in turns_of(work):
        raise NotNow
    if kind == Kind.DONE and work.milestones.filter(reached_on=None).exists():
        raise MilestonesOpen
    entry = _tell(work, by, kind, on, told)
    _move(work, TURNS[Kind(kind)][1])
    return entry


@transaction.atomic
def enter_money(
    *, by: User | None, work: Work, kind: str, amount: int, on: date, document: str
) -> WorkMoney:
    """`amount` in whole units of the currency, below nought to correct.

    Raises DayToCome, and BelowNothing where a correction takes more than there is.
    """
    work = _locked(work)
    _require_past(on)
    entered = work.money.filter(kind=kind).aggregate(sum=Sum("amount"))["sum"] or 0
    if entered + amount < 0:
        raise BelowNothing
    money = WorkMoney.objects.create(
        work=work, kind=kind, amount=amount, on=on, document=document, entered_by=by
    )
    _record(work, by, "money", of=kind, amount=amount, document=document)
    return money


def _locked(work: Work) -> Work:
    return (
        Work.objects.select_for_update(of=("self",))
        .select_related("award__proposal__dossier", "award__proposal__cycle")
        .get(pk=work.pk)
    )


def _open_milestone(milestone: Milestone) -> Milestone:
    """As it stands now, under the lock of its work."""
    milestone = Milestone.objects.get(pk=milestone.pk)
    if milestone.reached_on:
        raise ReachedAlready
    return milestone


def _require_past(on: date) -> None:
    if on > timezone.localdate():
        raise DayToCome


def _move(work: Work, state: str) -> None:
    work.state = state
    work.save(update_fields=["state"])


def _tell(
    work: Work,
    by: User | None,
    kind: str,
    on: date,
    told: Told,
    photos: Sequence[Photo] = (),
    *,
    milestone: Milestone | None = None,
    moved_to: date | None = None,
) -> DiaryEntry:
    _require_past(on)
    if not all(photo.caption.strip() for photo in photos):
        raise CaptionMissing
    entry = DiaryEntry.objects.create(
        work=work,
        kind=kind,
        on=on,
        **told.fields("text"),
        written_by=by,
        milestone=milestone,
        moved_from=milestone.due_on if milestone and moved_to else None,
        moved_to=moved_to,
    )
    _keep(entry, by, photos)
    dossier = work.award.proposal.dossier
    notify_followers(kind="work_told", dossier=dossier, actor=by, path=_path(work), entry=entry.pk)
    _record(work, by, kind, entry=entry.pk)
    return entry


def _keep(entry: DiaryEntry, by: User | None, photos: Sequence[Photo]) -> None:
    if by is None:
        return
    dossier = entry.work.award.proposal.dossier
    kept = attach(by=by, dossier=dossier, uploads=[photo.upload for photo in photos])
    WorkPhoto.objects.bulk_create(
        [
            WorkPhoto(entry=entry, attachment=attachment, caption=photo.caption)
            for attachment, photo in zip(kept, photos, strict=True)
        ]
    )


def _path(work: Work) -> str:
    proposal = work.award.proposal
    return f"budgeting/{proposal.cycle.slug}/works/{proposal.number}/"


def _record(work: Work, by: User | None, what: str, **data: object) -> None:
    record(
        kind="budgeting.work_told",
        dossier=work.award.proposal.dossier,
        actor=by,
        what=what,
        **data,
    )
