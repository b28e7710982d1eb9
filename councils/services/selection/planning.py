"""A selection from its plan to its open call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from councils import phases
from councils.council_rules import CouncilRules
from councils.models import Council, Criterion, GroupMember, Post, SelectionProcess, Side
from councils.rules import is_officer_of_supervised_body
from councils.services.numbering import next_number
from councils.services.selection import errors
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    notify_followers,
    publish_dossier,
    record,
)

State = SelectionProcess.State


def refuse_supervised(by: User | None, council: Council) -> None:
    """Raises SupervisedBody for an officer of it, whatever other roles they hold (I3)."""
    if by is not None and is_officer_of_supervised_body(by, council):
        raise errors.SupervisedBody


def locked(selection: SelectionProcess, *states: str) -> SelectionProcess:
    """The row as it is now, under a lock until the commit. Raises WrongStep in another state."""
    rows = SelectionProcess.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("council__dossier", "council__ruleset", "dossier").get(
        pk=selection.pk
    )
    if fresh.state not in states:
        raise errors.WrongStep
    return fresh


def move(selection: SelectionProcess, state: str, by: User | None, **said: Any) -> None:
    selection.state = state
    selection.save()
    change_state(dossier=selection.dossier, state=state)
    record(kind=f"councils.selection_{state}", dossier=selection.dossier, actor=by, **said)


@transaction.atomic
def plan_selection(
    *,
    by: User | None,
    council: Council,
    kind: str,
    way: str,
    posts: Sequence[Post],
    group_size: int,
    closes_at: datetime,
    wordings: Sequence[Wording],
) -> SelectionProcess:
    """Which seats, decided how, by a group of how many; the texts are the call with its criteria.

    How many seats of the group the state may have follows from the council's ruleset.
    Raises SupervisedBody, SeatsMissing, TextsMissing.
    """
    refuse_supervised(by, council)
    if not posts or any(post.council_id != council.pk for post in posts):
        raise errors.SeatsMissing
    written = {wording.language for wording in wordings if wording.title and wording.summary}
    if not {"kk", "ru"} <= written:
        raise errors.TextsMissing
    share = CouncilRules.from_data(council.ruleset.data).working_group_state_share
    number = next_number(council, council.selections)
    dossier = create_dossier(
        kind=phases.SELECTION,
        territory=council.dossier.territory,
        state=State.PLANNED,
        path=f"councils/{council.slug}/selection/{number}/",
        wordings=wordings,
    )
    selection = SelectionProcess.objects.create(
        dossier=dossier,
        council=council,
        number=number,
        kind=kind,
        way=way,
        group_size=group_size,
        most_state=int(share * group_size),
        closes_at=closes_at,
    )
    selection.posts.set(posts)
    record(
        kind="councils.selection_planned",
        actor=by,
        council=council.slug,
        number=number,
        seats=len(posts),
        group=group_size,
    )
    return selection


@transaction.atomic
def add_group_member(
    *,
    by: User | None,
    selection: SelectionProcess,
    name: str,
    side: str,
    person: User | None = None,
    organisation: Organisation | None = None,
    leads: bool = False,
) -> GroupMember:
    """Raises SupervisedBody, WrongStep, GroupFull, TooManyOfState, AlreadyInGroup."""
    selection = locked(selection, State.PLANNED)
    refuse_supervised(by, selection.council)
    sides = list(selection.group.values_list("side", flat=True))
    if len(sides) >= selection.group_size:
        raise errors.GroupFull
    if side == Side.STATE and sides.count(Side.STATE) >= selection.most_state:
        raise errors.TooManyOfState
    if person is not None and selection.group.filter(person=person).exists():
        raise errors.AlreadyInGroup
    return GroupMember.objects.create(
        selection=selection,
        person=person,
        name=name,
        organisation=organisation,
        side=side,
        leads=leads and not selection.group.filter(leads=True).exists(),
    )


@transaction.atomic
def remove_group_member(*, by: User | None, member: GroupMember) -> None:
    """Before the group is fixed. Raises SupervisedBody, WrongStep."""
    selection = locked(member.selection, State.PLANNED)
    refuse_supervised(by, selection.council)
    member.delete()


@transaction.atomic
def add_criterion(
    *, by: User | None, selection: SelectionProcess, names: Mapping[str, str], most: int
) -> Criterion:
    """`names` by language, kk and ru at least. Raises SupervisedBody, WrongStep."""
    selection = locked(selection, State.PLANNED)
    refuse_supervised(by, selection.council)
    return Criterion.objects.create(
        selection=selection,
        number=selection.criteria.count() + 1,
        name_kk=names["kk"],
        name_ru=names["ru"],
        name_en=names.get("en", ""),
        most=most,
    )


@transaction.atomic
def form_group(*, by: User | None, selection: SelectionProcess) -> SelectionProcess:
    """Fix the group and the criteria, and show them. Raises SupervisedBody, WrongStep,
    GroupIncomplete, CriteriaMissing."""
    selection = locked(selection, State.PLANNED)
    refuse_supervised(by, selection.council)
    if selection.group.count() != selection.group_size:
        raise errors.GroupIncomplete
    if selection.way == SelectionProcess.Way.SCORING and not selection.criteria.exists():
        raise errors.CriteriaMissing
    publish_dossier(dossier=selection.dossier)
    move(
        selection,
        State.GROUP_FORMED,
        by,
        members=selection.group_size,
        of_state=selection.group.filter(side=Side.STATE).count(),
    )
    return selection


@transaction.atomic
def open_call(
    *, by: User | None, selection: SelectionProcess, at: datetime | None = None
) -> SelectionProcess:
    """Take applications from now on, and tell who follows the council. Raises SupervisedBody,
    WrongStep, CallClosed if its last day has passed."""
    selection = locked(selection, State.GROUP_FORMED)
    refuse_supervised(by, selection.council)
    now = at or timezone.now()
    if selection.closes_at <= now:
        raise errors.CallClosed
    selection.opened_at = now
    move(selection, State.CALL_OPEN, by, until=selection.closes_at.isoformat())
    notify_followers(
        kind="selection_opened",
        dossier=selection.council.dossier,
        actor=by,
        path=selection.dossier.path,
        title=selection.dossier.reference,
    )
    return selection


@transaction.atomic
def fail_selection(*, by: User | None, selection: SelectionProcess, reasons: str) -> None:
    """End it without a result. Raises SupervisedBody, WrongStep, ReasonsMissing."""
    selection = locked(
        selection,
        State.PLANNED,
        State.GROUP_FORMED,
        State.CALL_OPEN,
        State.SCREENING,
        State.SELECTION,
    )
    refuse_supervised(by, selection.council)
    if not reasons.strip():
        raise errors.ReasonsMissing
    selection.failed_because = reasons
    move(selection, State.FAILED, by, reasons=reasons)
