"""Meetings planned, announced, moved, cancelled: who sees them and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from councils.models import Council, Meeting
from councils.services.meetings import errors
from councils.services.meetings.planning import (
    announce_meeting,
    begin_meeting,
    cancel_meeting,
    end_meeting,
    move_meeting,
)
from participation.models import Delivery, JournalEntry
from participation.services import Wording
from tests.councils.making import make_council
from tests.councils.meetings import make_meeting

pytestmark = pytest.mark.django_db


def later(hours: int):
    return timezone.now() + timedelta(hours=hours)


def test_meetings_and_hearings_share_their_numbers(council: Council) -> None:
    first = make_meeting(council)
    second = make_meeting(council, kind=Meeting.Kind.HEARING, state="planned")
    assert (first.number, second.number) == (1, 2)
    assert first.dossier.path == "councils/astana/meetings/1/"
    assert second.dossier.path == "councils/astana/hearings/2/"


def test_a_planned_meeting_is_for_those_who_run_it(client, council, secretary) -> None:
    meeting = make_meeting(council, state="planned")
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert b"Public transport" not in client.get("/en/councils/astana/meetings/").content
    client.force_login(secretary)
    assert b"Public transport" in client.get("/en/councils/astana/meetings/").content


def test_announcing_invites_every_member_and_tells_those_with_accounts(
    council: Council, chair: User, secretary: User
) -> None:
    meeting = make_meeting(council, state="planned")
    meeting = announce_meeting(by=secretary, meeting=meeting)
    assert meeting.participations.filter(invited_at__isnull=False).count() == 21
    told = Delivery.objects.filter(event__kind="meeting_announced")
    assert set(told.values_list("recipient", flat=True)) == {chair.pk}
    assert meeting.dossier.published_at is not None
    assert JournalEntry.objects.filter(kind="councils.meeting_announced").exists()


def test_a_commission_of_another_council_cannot_meet_here(council: Council, city) -> None:
    other = make_council(city, slug="other")
    commission = other.commissions.create(name_kk="К", name_ru="К", since="2025-02-03")
    with pytest.raises(errors.OtherCouncil):
        make_meeting(council, commission=commission)


def test_both_languages_are_needed(council: Council) -> None:
    meeting = make_meeting(council, state="planned", wordings=[Wording("ru", "Только")])
    with pytest.raises(errors.TextsMissing):
        announce_meeting(by=None, meeting=meeting)


def test_a_council_that_is_not_public_announces_nothing(city) -> None:
    meeting = make_meeting(make_council(city, slug="draft", is_public=False), state="planned")
    with pytest.raises(errors.CouncilNotPublic):
        announce_meeting(by=None, meeting=meeting)


def test_moving_needs_a_reason_and_counts_up(council: Council, chair: User) -> None:
    meeting = make_meeting(council)
    when = {"starts_at": later(50), "ends_at": later(52), "place": "Зал 2"}
    with pytest.raises(errors.ReasonMissing):
        move_meeting(by=None, meeting=meeting, reason=" ", **when)
    meeting = move_meeting(by=None, meeting=meeting, reason="Жөндеу", **when)
    assert (meeting.sequence, meeting.place, meeting.reason) == (1, "Зал 2", "Жөндеу")
    assert Delivery.objects.filter(event__kind="meeting_moved", recipient=chair).exists()


def test_a_cancelled_meeting_stays_and_says_why(client, council: Council) -> None:
    meeting = cancel_meeting(by=None, meeting=make_meeting(council), reason="Боран")
    page = client.get(meeting.get_absolute_url())
    assert "Боран" in page.content.decode()
    for verb in (begin_meeting, announce_meeting, end_meeting):
        with pytest.raises(errors.WrongTime):
            verb(by=None, meeting=meeting)


def test_it_begins_and_ends_once(council: Council) -> None:
    meeting = make_meeting(council, state="open")
    with pytest.raises(errors.WrongTime):
        begin_meeting(by=None, meeting=meeting)
    with pytest.raises(errors.WrongTime):
        cancel_meeting(by=None, meeting=meeting, reason="Кеш")
