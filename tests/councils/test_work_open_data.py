"""Open data of councils: whole, stable, and without anything private."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from councils.models import AgendaItem, Council, Motion, PersonVote, VoteEvent
from councils.open_data import SETS
from councils.views import open_data
from tests.conftest import as_restore
from tests.councils.office_hours import make_booking, make_hours
from tests.councils.test_work_reports import hold

pytestmark = pytest.mark.django_db


def json_of(client: Client, name: str, query: str = "") -> dict[str, object]:
    return dict(client.get(f"/en/councils/open-data/{name}.json{query}").json())


def rows(client: Client, name: str) -> list[dict[str, object]]:
    return list(json_of(client, name)["data"])  # type: ignore[call-overload]


def csv_of(client: Client, name: str) -> str:
    return b"".join(client.get(f"/en/councils/open-data/{name}.csv")).decode()  # type: ignore[arg-type]


@pytest.fixture
def vote(council: Council) -> VoteEvent:
    meeting = hold(council, date(2026, 2, 3), present=("C1", "C2", "S1"))
    item = AgendaItem.objects.create(meeting=meeting, number=1, name_kk="А", name_ru="Б")
    motion = Motion.objects.create(
        item=item, number=1, text_kk="Тыңдау", text_ru="Слушания", state="adopted"
    )
    starts = meeting.starts_at
    with as_restore():
        vote = VoteEvent.objects.create(
            motion=motion, meeting=meeting, is_secret=False, opened_at=starts, members=5, quorum=3,
            present=3, recused=0, base=3, needed=2,
        )  # fmt: skip
        for name, choice in (("C1", "yes"), ("C2", "yes"), ("S1", "not_voting")):
            PersonVote.objects.create(
                vote=vote, mandate=council.mandates.get(name=name), choice=choice
            )
        VoteEvent.objects.filter(pk=vote.pk).update(
            closed_at=starts + timedelta(minutes=5), yes=2, not_voting=1, is_adopted=True
        )
    return vote


def test_members_with_dates_seats_and_acts(client: Client, council: Council) -> None:
    data = rows(client, "memberships")
    assert len(data) == 21
    assert data[0]["id"] == "council:astana/post:1/since:2025-02-03"
    assert data[0]["person"] == {"name": "C1"}
    assert {row["post_id"] for row in data} == {row["id"] for row in rows(client, "posts")}
    (council_row,) = rows(client, "organizations")
    assert council_row["id"] == data[0]["organization_id"] == "council:astana"


def test_motions_and_named_votes(client: Client, vote: VoteEvent) -> None:
    (motion,) = rows(client, "motions")
    (event,) = rows(client, "vote_events")
    assert event["motion_id"] == motion["id"]
    assert event["result"] == "pass"
    assert event["votes"] == [
        {"voter": {"name": "C1"}, "option": "yes", "side": "civil"},
        {"voter": {"name": "C2"}, "option": "yes", "side": "civil"},
        {"voter": {"name": "S1"}, "option": "not voting", "side": "state"},
    ]


def test_a_closed_item_and_an_open_vote_are_not_told(client: Client, vote: VoteEvent) -> None:
    AgendaItem.objects.update(is_public=False)
    assert rows(client, "motions") == []
    assert rows(client, "vote_events") == []
    (meeting,) = rows(client, "meetings")
    assert meeting["agendaItem"] == []


def test_a_cancelled_meeting_leaves_a_tombstone(client: Client, council: Council) -> None:
    hold(council, date(2026, 6, 1), present=(), state="cancelled")
    (row,) = rows(client, "meetings")
    assert row["deleted"] is True
    assert row["reason"] == "Flood"
    assert "name" not in row
    assert "start" not in row


def test_in_pages_with_the_way_to_the_next(
    client: Client, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_data, "ROWS_A_PAGE", 8)
    seen, address = [], "?page=1"
    while address:
        page = json_of(client, "posts", address)
        seen += [row["id"] for row in page["data"]]  # type: ignore[attr-defined]
        following = page["links"]["next"]  # type: ignore[index]
        address = "?" + following.split("?")[1] if following else ""
    assert len(seen) == len(set(seen)) == 21


def test_tables_hold_the_same_rows(client: Client, vote: VoteEvent) -> None:
    for name, dataset in SETS.items():
        lines = csv_of(client, name).strip("\ufeff").splitlines()
        assert lines[0] == ",".join(dataset.columns)
        assert len(lines) == 1 + len(rows(client, name)), name


def test_a_council_that_is_not_public_is_not_told(client: Client, council: Council) -> None:
    from participation.models import Dossier

    Dossier.objects.filter(pk=council.dossier_id).update(published_at=None)
    for name in ("organizations", "posts", "memberships"):
        assert rows(client, name) == []


def test_nothing_private_is_told(
    client: Client, council: Council, chair: User, vote: VoteEvent
) -> None:
    make_booking(make_hours(council).slots.all()[0], name="Asel Visitor", contact="+77010000000")
    for name in SETS:
        for text in (json.dumps(json_of(client, name), ensure_ascii=False), csv_of(client, name)):
            assert "@" not in text
            assert chair.email not in text
            assert "Asel Visitor" not in text
            assert "+7701" not in text
            assert "person_id" not in text
            assert '"person": ' + str(chair.pk) not in text


def test_few_queries_however_many_rows(
    client: Client, vote: VoteEvent, django_assert_max_num_queries: object
) -> None:
    for name in SETS:
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            json_of(client, name)
