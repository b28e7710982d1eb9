"""Seats that come and go, names that were written wrong, addresses that are taken."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from councils import errors
from councils.forms.council import words_of_all_councils
from councils.models import Council, Mandate
from councils.services.mandates import appoint, end_mandate
from councils.services.member_names import correct_name
from councils.services.seats import add_seat, close_seat
from participation.models import JournalEntry, Role
from tests.budgeting.ballot_box import at_once

pytestmark = pytest.mark.django_db
URL = "/en/councils/astana/"
ACT = "№ 12, 2026-11-02"
DAY = date(2026, 11, 2)


def refused_by_the_database(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        connection.cursor().execute(sql, values)
    return str(refusal.value)


def leave(council: Council, seat: int, on: date = DAY) -> Mandate:
    mandate = council.mandates.get(post__number=seat, until=None)
    return end_mandate(by=None, mandate=mandate, on=on, reason="resignation")


# --- Seats ----------------------------------------------------------------------------------------


def test_a_council_grows_by_an_act(council: Council) -> None:
    post = add_seat(by=None, council=council, side="civil", since=DAY, act=ACT)
    assert (post.number, post.side, post.since, post.until) == (22, "civil", DAY, None)
    entry = JournalEntry.objects.filter(kind="councils.seat_added").get()
    assert (entry.data["seat"], entry.data["act"]) == (22, ACT)
    mandate = appoint(by=None, post=post, name="New", basis="lot", act=ACT, since=DAY)
    assert mandate.post == post


def test_the_state_gets_no_seat_beyond_its_share(council: Council) -> None:
    add = partial(add_seat, by=None, council=council, since=DAY, act=ACT)
    with pytest.raises(errors.StateSeatsTooMany) as refusal:
        add(side="state")
    assert "Of 22 seats the state may hold 7" in str(refusal.value.way_out)
    for _ in range(2):
        add(side="civil")
    assert add(side="state").number == 24
    with pytest.raises(errors.ActMissing):
        add(side="civil", act=" ")
    with pytest.raises(errors.OutsideTerm):
        add(side="civil", since=date(2031, 1, 1))


def test_a_vacant_seat_is_closed_and_who_sat_there_stays(council: Council) -> None:
    left = leave(council, 21)
    closed = close_seat(by=None, post=left.post, on=DAY, act=ACT)
    assert closed.until == DAY
    assert council.mandates.filter(pk=left.pk).exists()
    assert JournalEntry.objects.filter(kind="councils.seat_closed").get().data["seat"] == 21
    with pytest.raises(errors.SeatClosed):
        close_seat(by=None, post=closed, on=DAY, act=ACT)
    with pytest.raises(errors.OutsideTerm):
        appoint(by=None, post=closed, name="New", basis="ex_officio", act=ACT, since=DAY)


def test_what_closing_refuses(council: Council) -> None:
    first = council.posts.get(number=1)
    with pytest.raises(errors.SeatHeld):
        close_seat(by=None, post=first, on=DAY, act=ACT)
    leave(council, 1)
    with pytest.raises(errors.SeatHeld):
        close_seat(by=None, post=first, on=DAY - timedelta(days=1), act=ACT)
    # Thirteen of twenty seats are less than two thirds.
    with pytest.raises(errors.StateSeatsTooMany):
        close_seat(by=None, post=first, on=DAY, act=ACT)
    with pytest.raises(errors.EndsBeforeItBegins):
        close_seat(by=None, post=first, on=first.since, act=ACT)


def test_no_raw_sql_closes_a_seat_under_its_member(council: Council) -> None:
    assert "somebody sits" in refused_by_the_database(
        "UPDATE councils_post SET until = %s WHERE number = 21", DAY
    )


@pytest.mark.django_db(transaction=True)
def test_of_a_member_and_the_end_of_a_seat_one_comes(council: Council) -> None:
    post = leave(council, 21).post
    at_once(
        partial(close_seat, by=None, post=post, on=DAY, act=ACT),
        partial(appoint, by=None, post=post, name="S", basis="ex_officio", act=ACT, since=DAY),
    )
    post.refresh_from_db()
    assert (post.until is None) == post.mandates.filter(until=None).exists()


# --- Names ----------------------------------------------------------------------------------------


def test_a_name_is_corrected_and_the_old_one_stays_to_be_read(council: Council) -> None:
    mandate = council.mandates.get(name="C2")
    correct_name(by=None, mandate=mandate, name=" Әсел ", reason="A letter was missing")
    mandate.refresh_from_db()
    assert mandate.name == "Әсел"
    entry = JournalEntry.objects.get(kind="councils.name_corrected")
    assert entry.data == {"mandate": mandate.pk, "correction": mandate.name_corrections.get().pk}
    page = Client().get(f"{URL}members/{mandate.pk}/").content.decode()
    assert "the name was written “C2”: A letter was missing" in page


@pytest.mark.parametrize(
    ("name", "reason", "refusal"),
    [
        (" ", "x", errors.NameMissing),
        ("C2", "x", errors.NameUnchanged),
        ("C3", " ", errors.ReasonMissing),
    ],
)
def test_what_a_correction_must_say(council: Council, name, reason, refusal) -> None:
    with pytest.raises(refusal):
        correct_name(by=None, mandate=council.mandates.get(name="C2"), name=name, reason=reason)


def test_no_raw_sql_changes_a_name_or_its_history(council: Council) -> None:
    mandate = correct_name(
        by=None, mandate=council.mandates.get(name="C2"), name="Әсел", reason="x"
    )
    for sql in (
        "UPDATE councils_mandate SET name = 'Other' WHERE id = %s",
        "UPDATE councils_mandate SET name = 'C2' WHERE id = %s",
        "UPDATE councils_namecorrection SET before = 'Other' WHERE mandate_id = %s",
        "DELETE FROM councils_namecorrection WHERE mandate_id = %s",
    ):
        assert refused_by_the_database(sql, mandate.pk)


# --- Pages ----------------------------------------------------------------------------------------


def test_the_forms_of_the_desk(client: Client, council: Council, secretary: User) -> None:
    client.force_login(secretary)
    new = {"side": "state", "since": "02.11.2026", "act": ACT, "form_key": str(uuid4())}
    refused = client.post(f"{URL}seats/new/", new)
    assert refused.status_code == 422
    assert "Of 22 seats the state may hold 7" in refused.content.decode()
    assert f'value="{ACT}"' in refused.content.decode()
    assert client.post(f"{URL}seats/new/", {**new, "side": "civil"}).status_code == 302
    desk = client.get(f"{URL}desk/").content.decode()
    assert f"{URL}seats/22/close/" in desk
    form = {"on": "03.11.2026", "act": ACT, "form_key": str(uuid4())}
    assert client.post(f"{URL}seats/22/close/", form).status_code == 302
    mandate = council.mandates.get(name="C2")
    path = f"{URL}members/{mandate.pk}/name/"
    answer = client.post(path, {"name": "Әсел", "reason": "", "form_key": str(uuid4())})
    assert answer.status_code == 422
    assert 'value="Әсел"' in answer.content.decode()
    sent = {"name": "Әсел", "reason": "Typo", "form_key": str(uuid4())}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent).status_code == 302
    assert mandate.name_corrections.count() == 1


@pytest.mark.parametrize(
    "word",
    ["calendar", "sessions", "join", "open-data", "new", "submissions", "has-it-changed"],
)
def test_addresses_of_all_councils_are_taken(
    client: Client, council: Council, secretary: User, word: str
) -> None:
    Role.objects.create(
        person=secretary,
        kind=Role.Kind.COUNCIL_SECRETARY,
        territory=council.dossier.territory,
        valid_from=timezone.now(),
    )
    client.force_login(secretary)
    answer = client.post("/en/councils/new/", {"slug": word, "title_ru": "Совет"})
    assert answer.status_code == 422
    assert "this one is taken" in answer.content.decode()
    assert "Совет" in answer.content.decode()
    assert word in words_of_all_councils()
    assert "taraz" not in words_of_all_councils()
