"""The composition holds under any history: every day is lawful or lies in a recorded breach."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from councils.composition import breaches as unlawful_days
from councils.facts import composition_of
from councils.models import Council, Mandate
from councils.services.mandates import appoint, end_mandate
from participation.errors import Refused
from participation.models import Territory
from tests.councils.making import make_council

BEGINS, ENDS = date(2025, 2, 3), date(2025, 6, 3)
DAYS = st.integers(1, (ENDS - BEGINS).days - 1).map(lambda n: BEGINS + timedelta(days=n))
# (seat, day): whoever has it leaves, or somebody takes it.
MOVES = st.lists(st.tuples(st.integers(1, 6), DAYS), min_size=1, max_size=12)


def play(council: Council, moves: list[tuple[int, date]], *, is_raw: bool) -> None:
    for seat, day in moves:
        post = council.posts.get(number=seat)
        held = post.mandates.filter(until=None).first()
        try:
            if held is None:
                _sit(council, post, day, is_raw=is_raw)
            elif day > held.since:
                _leave(held, day, is_raw=is_raw)
        except Refused:
            continue


def _sit(council: Council, post: Any, day: date, *, is_raw: bool) -> None:
    fields: dict[str, Any] = {"name": "N", "basis": "competition", "act": "1", "since": day}
    if not is_raw:
        appoint(by=None, post=post, **fields)
    elif not post.mandates.filter(until__gt=day).exists():
        Mandate.objects.create(council=council, post=post, side=post.side, **fields)


def _leave(held: Mandate, day: date, *, is_raw: bool) -> None:
    if is_raw:
        Mandate.objects.filter(pk=held.pk).update(until=day, end_reason="recall")
    else:
        end_mandate(by=None, mandate=held, on=day, reason="recall")


def recorded(council: Council) -> list[tuple[date, date]]:
    return [(each.since, each.until or ENDS) for each in council.breaches.all()]


class TestHistories(TestCase):
    def _council(self) -> Council:
        city = Territory.objects.create(slug="city", kind="city", name_kk="Қ", name_ru="Г")
        return make_council(city, civil=4, state=2, term=(BEGINS, ENDS))

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(moves=MOVES)
    def test_through_the_services(self, moves: list[tuple[int, date]]) -> None:
        council = self._council()
        play(council, moves, is_raw=False)
        days = composition_of(council, BEGINS, ENDS)
        assert recorded(council) == unlawful_days(days)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(moves=MOVES)
    def test_past_the_services(self, moves: list[tuple[int, date]]) -> None:
        council = self._council()
        play(council, moves, is_raw=True)
        days = composition_of(council, BEGINS, ENDS)
        assert recorded(council) == unlawful_days(days)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(moves=MOVES)
    def test_no_appointment_makes_a_lawful_day_unlawful(
        self, moves: list[tuple[int, date]]
    ) -> None:
        council = self._council()
        for move in moves:
            before = set(_unlawful(council))
            was = council.mandates.count()
            play(council, [move], is_raw=False)
            if council.mandates.count() > was:
                assert set(_unlawful(council)) <= before


def _unlawful(council: Council) -> list[date]:
    found = []
    for since, until in recorded(council):
        found += [since + timedelta(days=n) for n in range((until - since).days)]
    return found
