"""Seats that come and go after a council was set up; the days are those of the act."""

from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from councils import errors
from councils.council_rules import CouncilRules
from councils.models import Council, Post, Side
from councils.services.councils import check_seats
from councils.services.locks import lock
from participation.services import record


@transaction.atomic
def add_seat(*, by: User | None, council: Council, side: str, since: date, act: str) -> Post:
    """A vacant seat with the next number.

    Raises ActMissing, OutsideTerm, SeatsOutsideLimits, StateSeatsTooMany.
    """
    council = lock(council)
    if not act.strip():
        raise errors.ActMissing
    if not council.convocations.filter(begins_on__lte=since, ends_on__gt=since).exists():
        raise errors.OutsideTerm
    _check(council, since, added=side)
    last = council.posts.aggregate(last=Max("number"))["last"] or 0
    post = Post.objects.create(council=council, number=last + 1, side=side, since=since)
    record(
        kind="councils.seat_added",
        dossier=council.dossier,
        actor=by,
        seat=post.number,
        side=str(side),
        since=since.isoformat(),
        act=act.strip(),
    )
    return post


@transaction.atomic
def close_seat(*, by: User | None, post: Post, on: date, act: str) -> Post:
    """There is no such seat from `on`; who sits on it must have left before.

    Raises ActMissing, SeatClosed, EndsBeforeItBegins, SeatHeld, SeatsOutsideLimits,
    StateSeatsTooMany.
    """
    council = lock(post.council)
    post = Post.objects.get(pk=post.pk)
    if not act.strip():
        raise errors.ActMissing
    if post.until is not None:
        raise errors.SeatClosed
    if on <= post.since:
        raise errors.EndsBeforeItBegins
    if post.mandates.filter(Q(until=None) | Q(until__gt=on)).exists():
        raise errors.SeatHeld
    _check(council, on, closed=post)
    post.until = on
    post.save(update_fields=["until"])
    record(
        kind="councils.seat_closed",
        dossier=council.dossier,
        actor=by,
        seat=post.number,
        side=str(post.side),
        until=on.isoformat(),
        act=act.strip(),
    )
    return post


def _check(council: Council, day: date, *, added: str = "", closed: Post | None = None) -> None:
    """The seats there would be on that day are as many as the law knows, of each side."""
    there = council.posts.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    if closed:
        there = there.exclude(pk=closed.pk)
    sides = [*there.values_list("side", flat=True), *filter(None, [added])]
    rules = CouncilRules.from_data(council.ruleset.data)
    check_seats(rules, sides.count(Side.CIVIL), sides.count(Side.STATE))
