"""Telling of days on which civil society lacks its share; a trigger keeps the rows themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from councils.models import Council
from participation.models import Role
from participation.services import notify_followers, record

NEWS = timedelta(days=30)
Found = dict[date, date | None]


def _breaches(council: Council) -> Found:
    return dict(council.breaches.values_list("since", "until"))


@contextmanager
def telling_of_breaches(council: Council, by: User | None) -> Iterator[None]:
    """Record what a change of mandates made of the breaches, and tell of those that last."""
    before = _breaches(council)
    yield
    after = _breaches(council)
    for since in sorted(after.keys() - before.keys()):
        _record("councils.breach_opened", council, by, since, after[since])
        _tell("composition_breached", council, by, since)
    for since in sorted(before):
        # One that is there no more was mended on its first day.
        until = after.get(since, since)
        if until is not None and until != before[since]:
            _record("councils.breach_ended", council, by, since, until)
            _tell("composition_restored", council, by, until)


def _record(kind: str, council: Council, by: User | None, since: date, until: date | None) -> None:
    record(
        kind=kind,
        dossier=council.dossier,
        actor=by,
        since=since.isoformat(),
        until=until.isoformat() if until else None,
    )


def _tell(kind: str, council: Council, by: User | None, day: date) -> None:
    """History that is written down late stands in the public record and is no news."""
    is_news = timezone.localdate() - day <= NEWS
    if council.dossier.published_at is not None and is_news:
        notify_followers(
            kind=kind,
            dossier=council.dossier,
            actor=by,
            roles=[Role.Kind.COUNCIL_SECRETARY],
        )
