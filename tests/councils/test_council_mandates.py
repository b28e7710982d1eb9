"""Taking a seat and leaving it: through the services, past them, and two at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from councils import errors
from councils.facts import composition_of
from councils.models import Council, Mandate, Post
from councils.services.mandates import appoint, end_mandate
from participation.models import Event, Follow, JournalEntry
from tests.councils.making import TERM

BEGINS, ENDS = TERM
RESIGNED = Mandate.EndReason.RESIGNATION
# Domain, 6.1: end dates exclusive.
INTERVALS = [
    (date(2025, 2, 3), date(2026, 3, 16), 14, 7, True),
    (date(2026, 3, 16), date(2026, 4, 20), 13, 7, False),
    (date(2026, 4, 20), date(2026, 5, 4), 14, 7, True),
    (date(2026, 5, 4), date(2026, 6, 1), 13, 7, False),
    (date(2026, 6, 1), date(2026, 9, 7), 13, 6, True),
    (date(2026, 9, 7), date(2028, 2, 3), 14, 6, True),
]


def seat(council: Council, number: int) -> Post:
    return council.posts.get(number=number)


def sit(council: Council, number: int, **fields: Any) -> Mandate:
    fields = {"by": None, "name": "New", "basis": "competition", "act": "№ 2"} | fields
    return appoint(post=seat(council, number), **fields)


def leave(council: Council, number: int, on: date, reason: str = RESIGNED) -> Mandate:
    mandate = council.mandates.get(post__number=number, until=None)
    return end_mandate(by=None, mandate=mandate, on=on, reason=reason)


def test_the_worked_history(council: Council) -> None:
    leave(council, 3, date(2026, 3, 16))
    sit(council, 3, since=date(2026, 4, 20))
    leave(council, 9, date(2026, 5, 4))
    leave(council, 19, date(2026, 6, 1))
    sit(council, 9, since=date(2026, 9, 7))
    found = composition_of(council, BEGINS, ENDS)
    assert [(i.since, i.until, i.civil, i.state, i.is_lawful) for i in found] == INTERVALS
    assert list(council.breaches.values_list("since", "until", "civil", "members")) == [
        (date(2026, 3, 16), date(2026, 4, 20), 13, 20),
        (date(2026, 5, 4), date(2026, 6, 1), 13, 20),
    ]
    kinds = JournalEntry.objects.filter(kind__startswith="councils.breach").values_list("kind")
    assert (
        sorted(kind for (kind,) in kinds)
        == ["councils.breach_ended"] * 2 + ["councils.breach_opened"] * 2
    )


def test_an_eighth_official_is_refused_with_the_counts(council: Council) -> None:
    post = Post.objects.create(council=council, number=22, side="state", since=BEGINS)
    with pytest.raises(errors.StateShareExceeded) as refused:
        sit(council, post.number, since=date(2026, 3, 2))
    assert "22 members, 14 of them of civil society; the law asks for at least 15" in str(
        refused.value
    )
    assert not post.mandates.exists()


def test_an_official_may_come_once_a_citizen_has(council: Council) -> None:
    Post.objects.create(council=council, number=22, side="state", since=BEGINS)
    for number in (23, 24):
        Post.objects.create(council=council, number=number, side="civil", since=BEGINS)
        sit(council, number, since=date(2026, 3, 2))
    sit(council, 22, since=date(2026, 3, 2))
    assert not council.breaches.exists()


def test_a_departure_opens_a_breach_and_followers_hear_of_it(
    council: Council, secretary: User, chair: User
) -> None:
    Follow.objects.create(person=chair, dossier=council.dossier)
    today = timezone.localdate()
    leave(council, 2, today)
    breach = council.breaches.get()
    assert (breach.since, breach.until, breach.civil, breach.members) == (today, None, 13, 20)
    assert Event.objects.get().kind == "composition_breached"
    sit(council, 2, since=today + timedelta(days=3))
    assert council.breaches.get().until == today + timedelta(days=3)
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "composition_breached",
        "composition_restored",
    ]


def test_what_was_mended_on_its_first_day_was_no_breach(council: Council) -> None:
    leave(council, 3, date(2026, 3, 16))
    sit(council, 3, since=date(2026, 3, 16))
    assert not council.breaches.exists()
    last = JournalEntry.objects.filter(kind="councils.breach_ended").get()
    assert last.data == {"since": "2026-03-16", "until": "2026-03-16"}
