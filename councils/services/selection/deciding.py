"""Scores, votes or the lot; the decision, the act, the appointment."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import draws
from councils.draw_reading import panel_tokens, seed_of
from councils.models import (
    Candidacy,
    Criterion,
    Draw,
    GroupMember,
    Mandate,
    Score,
    SelectionProcess,
    SelectionVote,
    Side,
)
from councils.selection_counts import ELECTED, Outcome, Runner, decide, standings
from councils.services.mandates import appoint
from councils.services.selection import errors
from councils.services.selection.candidates import tell_candidate
from councils.services.selection.planning import locked, move, refuse_supervised
from participation.services import record

State, Stands, Way = SelectionProcess.State, Candidacy.State, SelectionProcess.Way


def _judged(by: User | None, member: GroupMember, way: str) -> SelectionProcess:
    """The selection under a lock; `by` is the member, or the secretary who copies a sheet."""
    selection = locked(member.selection, State.SELECTION)
    if selection.way != way or selection.decided_at is not None:
        raise errors.NotJudgedNow
    if by is None or by.pk != member.person_id:
        refuse_supervised(by, selection.council)
    return selection


@transaction.atomic
def give_scores(
    *,
    by: User | None,
    member: GroupMember,
    candidacy: Candidacy,
    points: Mapping[int, int | None],
    at: datetime | None = None,
) -> None:
    """Points of a candidate by the number of the criterion; None leaves one out, which is no zero.

    Raises NotJudgedNow, WrongPoints, SupervisedBody.
    """
    selection = _judged(by, member, Way.SCORING)
    if candidacy.selection_id != selection.pk or candidacy.state != Stands.ADMITTED:
        raise errors.NotJudgedNow
    criteria: dict[int, Criterion] = {one.number: one for one in selection.criteria.all()}
    for number, given in points.items():
        if given is None:
            continue
        if not 0 <= given <= criteria[number].most:
            raise errors.WrongPoints
        Score.objects.update_or_create(
            candidacy=candidacy,
            member=member,
            criterion=criteria[number],
            defaults={"points": given, "entered_by": by, "given_at": at or timezone.now()},
        )


@transaction.atomic
def give_vote(
    *,
    by: User | None,
    member: GroupMember,
    candidacy: Candidacy,
    choice: str,
    at: datetime | None = None,
) -> None:
    """A named vote on one candidate. Raises NotJudgedNow, SupervisedBody."""
    selection = _judged(by, member, Way.BALLOT)
    if candidacy.selection_id != selection.pk or candidacy.state != Stands.ADMITTED:
        raise errors.NotJudgedNow
    SelectionVote.objects.update_or_create(
        candidacy=candidacy,
        member=member,
        defaults={"choice": choice, "entered_by": by, "given_at": at or timezone.now()},
    )


@transaction.atomic
def decide_selection(
    *, by: User | None, selection: SelectionProcess, at: datetime | None = None
) -> SelectionProcess:
    """Count what was given, or take the lot, and publish who is elected, in reserve or neither.

    Raises SupervisedBody, WrongStep, ScoresMissing, VotesMissing, NotDrawn.
    """
    selection = locked(selection, State.SELECTION)
    refuse_supervised(by, selection.council)
    if selection.decided_at is not None:
        raise errors.WrongStep
    admitted = {row.pk: row for row in selection.candidacies.filter(state=Stands.ADMITTED)}
    if not admitted:
        raise errors.NobodyAdmitted
    outcomes = _outcomes(selection, admitted)
    for outcome in outcomes:
        candidacy = admitted[outcome.candidate]
        candidacy.state, candidacy.place = outcome.state, outcome.place
        candidacy.save(update_fields=["state", "place"])
        tell_candidate(candidacy, by)
    selection.decided_at = at or timezone.now()
    selection.save(update_fields=["decided_at"])
    record(
        kind="councils.selection_decided",
        dossier=selection.dossier,
        actor=by,
        way=selection.way,
        order=[admitted[outcome.candidate].number for outcome in outcomes],
        elected=[admitted[o.candidate].number for o in outcomes if o.state == ELECTED],
    )
    return selection


def _outcomes(selection: SelectionProcess, admitted: Mapping[int, Candidacy]) -> list[Outcome]:
    runners = [
        Runner(row.pk, row.side, row.organisation_id)
        for row in sorted(admitted.values(), key=lambda row: row.number)
    ]
    seats: dict[str, int] = {}
    for side in selection.posts.values_list("side", flat=True):
        seats[side] = seats.get(side, 0) + 1
    sitting = selection.council.mandates.sitting().filter(side=Side.CIVIL)
    least = None
    if selection.way == Way.LOT:
        points = _by_lot(selection)
    elif selection.way == Way.SCORING:
        points = _by_scores(selection, admitted)
    else:
        points = _by_votes(selection, admitted)
        # More than half of the group, not of those who voted.
        least = Fraction(selection.group_size // 2 + 1)
    return decide(
        runners,
        points,
        seats,
        least=least,
        seated=sitting.exclude(on_behalf_of=None).values_list("on_behalf_of", flat=True),
    )


def _by_scores(selection: SelectionProcess, admitted: Mapping[int, Any]) -> dict[int, Fraction]:
    rows = Score.objects.filter(candidacy__in=admitted)
    found = standings(
        admitted,
        selection.criteria.values_list("pk", flat=True),
        rows.values_list("candidacy", "criterion", "points"),
    )
    points = {one.candidate: one.points for one in found}
    known = {candidate: value for candidate, value in points.items() if value is not None}
    if len(known) != len(points):
        raise errors.ScoresMissing
    return known


def _by_votes(selection: SelectionProcess, admitted: Mapping[int, Any]) -> dict[int, Fraction]:
    voted: dict[int, list[str]] = {candidate: [] for candidate in admitted}
    for candidate, choice in SelectionVote.objects.filter(candidacy__in=admitted).values_list(
        "candidacy", "choice"
    ):
        voted[candidate].append(choice)
    if not all(voted.values()):
        raise errors.VotesMissing
    return {
        candidate: Fraction(choices.count(SelectionVote.Choice.FOR))
        for candidate, choices in voted.items()
    }


def _by_lot(selection: SelectionProcess) -> dict[int, Fraction]:
    """The panel first, then the others in the order that the seed gives: places as points."""
    draw = selection.draws.filter(state__in=[Draw.State.DRAWN, Draw.State.CLOSED]).last()
    if draw is None:
        raise errors.NotDrawn
    by_token = dict(draw.entries.values_list("token", "candidacy"))
    panel = panel_tokens(draw)
    rest = [token for token in by_token if token not in panel]
    seed = seed_of(draw)
    order = [*draws.ranking(seed, panel), *draws.ranking(seed, rest)]
    return {by_token[token]: Fraction(len(order) - place) for place, token in enumerate(order)}


@transaction.atomic
def register_act(
    *, by: User, selection: SelectionProcess, act: str, act_on: date, act_url: str = ""
) -> SelectionProcess:
    """Write down the act by which the composition was approved elsewhere.

    The supervised body signs its act on paper and approves nothing here (I3): an officer of it is
    refused, whatever other roles they hold. Raises SupervisedBody, WrongStep, ActMissing.
    """
    selection = locked(selection, State.SELECTION)
    refuse_supervised(by, selection.council)
    if selection.decided_at is None:
        raise errors.WrongStep
    if not act.strip():
        raise errors.ActMissing
    selection.act, selection.act_on, selection.act_url = act, act_on, act_url
    selection.act_registered_by = by
    move(selection, State.APPROVED, by, act=act, on=act_on.isoformat(), url=act_url)
    return selection


@transaction.atomic
def appoint_elected(*, by: User, selection: SelectionProcess, since: date) -> SelectionProcess:
    """Seat whoever was elected, by the registered act; one refusal refuses all.

    Raises SupervisedBody, WrongStep, and whatever `appoint` refuses, with the counts.
    """
    selection = locked(selection, State.APPROVED)
    refuse_supervised(by, selection.council)
    vacant = list(selection.posts.order_by("number"))
    elected = selection.candidacies.filter(state=Stands.ELECTED).order_by("place")
    is_lot = selection.way == Way.LOT
    for candidacy in elected.select_related("person", "organisation"):
        post = next(post for post in vacant if post.side == candidacy.side)
        vacant.remove(post)
        candidacy.mandate = appoint(
            by=by,
            post=post,
            name=candidacy.name,
            person=candidacy.person,
            on_behalf_of=candidacy.organisation,
            basis=Mandate.Basis.LOT if is_lot else Mandate.Basis.COMPETITION,
            act=selection.act,
            act_url=selection.act_url,
            since=since,
        )
        candidacy.save(update_fields=["mandate"])
    move(selection, State.PUBLISHED, by, since=since.isoformat(), members=elected.count())
    return selection
