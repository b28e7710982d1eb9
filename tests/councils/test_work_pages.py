"""Pages of the work of members: what they show to whom, in how few queries."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from councils.models import Booking, Council
from tests.councils.office_hours import make_booking, make_hours

pytestmark = pytest.mark.django_db
Queries = Callable[..., Any]


def address(name: str, *args: object) -> str:
    with override("en"):
        return reverse(f"councils:{name}", args=args)


class TestOfficeHours:
    def test_a_resident_without_an_account_books_a_time(
        self, client: Client, council: Council
    ) -> None:
        slot = make_hours(council).slots.all()[0]
        path = address("booking-create", council.slug, 1, slot.pk)
        answer = client.post(path, {"topic": "The bridge <b>creaks</b>", "name": "Asel"})
        assert answer.status_code == 422
        assert "The bridge &lt;b&gt;creaks&lt;/b&gt;" in answer.content.decode()
        key = str(uuid4())
        form = {"topic": "The bridge", "name": "Asel", "contact": "+7 701", "form_key": key}
        first = client.post(path, form)
        assert client.post(path, form).url == first.url  # type: ignore[attr-defined]
        booking = Booking.objects.get()
        assert booking.code in first.url  # type: ignore[attr-defined]
        page = client.get(first.url).content.decode()  # type: ignore[attr-defined]
        assert "The bridge" in page
        ics = client.get(address("booking-calendar", council.slug, booking.code)).content.decode()
        assert f"UID:talk-{booking.code.lower()}@" in ics
        client.post(address("booking-cancel", council.slug, booking.code))
        gone = client.get(address("booking-calendar", council.slug, booking.code)).content.decode()
        assert "STATUS:CANCELLED" in gone
        assert "SEQUENCE:1" in gone

    def test_a_time_that_is_taken_says_so(self, client: Client, council: Council) -> None:
        slot = make_hours(council).slots.all()[0]
        make_booking(slot)
        page = client.get(address("booking-create", council.slug, 1, slot.pk))
        assert "Somebody has just taken this time." in page.content.decode()
        assert b"<textarea" not in page.content

    def test_visitors_are_shown_to_the_member_and_the_secretary_alone(
        self, client: Client, council: Council, chair: User, secretary: User, alice: User
    ) -> None:
        make_booking(make_hours(council).slots.all()[0], name="Asel Visitor")
        desk = address("office_hours-desk", council.slug)
        for person in (chair, secretary):
            client.force_login(person)
            assert "Asel Visitor" in client.get(desk).content.decode()
        client.force_login(alice)
        assert client.get(desk).status_code == 404
        for name, args in (("office_hours-list", ()), ("office_hours-detail", (1,))):
            page = client.get(address(name, council.slug, *args)).content.decode()
            assert "Asel Visitor" not in page

    def test_another_member_sees_own_visitors_only(
        self, client: Client, council: Council, chair: User, alice: User
    ) -> None:
        make_booking(make_hours(council).slots.all()[0], name="Asel Visitor")
        council.mandates.filter(name="C2").update(person=alice)
        client.force_login(alice)
        page = client.get(address("office_hours-desk", council.slug))
        assert page.status_code == 200
        assert "Asel Visitor" not in page.content.decode()

    def test_the_calendar_keeps_withdrawn_times_as_cancelled(
        self, client: Client, council: Council
    ) -> None:
        slots = make_hours(council).slots.all()
        slots.filter(pk=slots[0].pk).update(withdrawn_because="Ill", sequence=1)
        feed = client.get(address("office_hours-calendar", council.slug, 1)).content.decode()
        assert feed.count("BEGIN:VEVENT") == 3
        assert feed.count("STATUS:CANCELLED") == 1

    def test_few_queries_however_many_times(
        self, client: Client, council: Council, django_assert_max_num_queries: Queries
    ) -> None:
        for day in range(2, 8):
            make_hours(council, days_ahead=day)
        with django_assert_max_num_queries(12):
            client.get(address("office_hours-list", council.slug))
        with django_assert_max_num_queries(12):
            client.get(address("office_hours-detail", council.slug, 1))
