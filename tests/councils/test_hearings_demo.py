"""The demo's hearings of Astana: the days of spring 2026, and one ahead and one under way today."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from config.demo.councils import astana, hearings
from config.demo.people import create_people
from councils.models import Council, Meeting
from councils.services.meetings.minutes import due_dates
from participation.models import AnswerDue
from participation.services.territories import load_territories

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    places = load_territories()
    people = create_people(places)
    council = astana.load(people=people, places=places)
    hearings.load(council=council, people=people, places=places)
    return council


def test_the_story_of_astana(council: Council) -> None:
    spring = list(council.meetings.filter(kind="hearing", state="held").order_by("starts_at"))
    assert [
        (timezone.localdate(h.starts_at), h.notices.get().published_on, h.notices.get().between)
        for h in spring
    ] == [
        (date(2026, 3, 17), date(2026, 2, 27), 10),
        (date(2026, 4, 8), date(2026, 3, 19), 10),
        (date(2026, 4, 29), date(2026, 4, 14), 10),
    ]
    routes = spring[0]
    states = Counter(routes.hearing_registrations.values_list("state", flat=True))
    assert states == {"present": 51, "absent": 13}
    assert Counter(routes.speakers.values_list("state", "spoken")) == {("done", 180): 18}
    assert Counter(routes.questions.values_list("state", flat=True)) == {
        "answered": 15,
        "in_writing": 8,
    }
    dues = AnswerDue.objects.filter(dossier=routes.dossier)
    assert {(due.received_on, due.due_on, due.days_late) for due in dues} == {
        (date(2026, 3, 17), date(2026, 4, 3), 0)
    }
    assert due_dates(routes) == (date(2026, 3, 27), date(2026, 4, 3))
    minutes = routes.minutes.get()
    assert timezone.localdate(minutes.published_at) == date(2026, 4, 3)
    assert len(minutes.record["hearing"]["questions"]) == 23
    assert minutes.record["hearing"]["registrations"]["registered"] == 64


def test_one_is_ahead_and_one_under_way(council: Council) -> None:
    ahead = council.meetings.get(kind="hearing", state="announced")
    notice = ahead.notices.get()
    assert notice.published_on == timezone.localdate()
    assert notice.between >= notice.needed
    live = council.meetings.get(kind="hearing", state="open")
    assert live.hearing.join_code is not None
    assert live.speakers.filter(state="paused").count() == 1
    assert live.questions.filter(state="waiting").count() == 2
    assert Meeting.objects.filter(kind="hearing").count() == 5
