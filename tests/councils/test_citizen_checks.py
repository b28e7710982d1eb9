"""Has it changed? One answer a person, only counts in public, and nothing without being asked."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person, export_person
from councils.citizen_voices import voices_of
from councils.models import CheckAnswer, CheckInvitation, CitizenCheck, Council, Recommendation
from councils.services.citizen_checks import (
    AnsweredAlready,
    AskedAlready,
    Invitee,
    NobodyToAsk,
    NotAsked,
    address_of,
    answer_check,
    open_check,
)
from councils.services.citizen_invitees import invitees_of
from councils.services.recommendations.errors import DatesTurned, NotDelivered
from participation.models import Delivery
from participation.services import follow
from tests.conftest import make_person
from tests.councils.hearings import come, make_hearing
from tests.councils.recommending import adopted, delivered

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation(council: Council) -> Recommendation:
    return delivered(council)


def asked(recommendation: Recommendation, *people: User | None, **dates: Any) -> CitizenCheck:
    invitees = [Invitee(person, "participant") for person in people]
    return open_check(by=None, recommendation=recommendation, invitees=invitees, **dates)


def test_everybody_is_asked_once_and_told(recommendation: Recommendation, alice: User) -> None:
    check = asked(recommendation, alice, alice, None, None)
    assert check.invitations.count() == 3
    told = Delivery.objects.filter(event__kind="citizen_check_opened", recipient=alice)
    assert told.exists()
    with pytest.raises(AskedAlready):
        asked(recommendation, alice)


def test_what_asking_refuses(council: Council, recommendation: Recommendation, alice: User) -> None:
    with pytest.raises(NotDelivered):
        asked(adopted(council), alice)
    with pytest.raises(NobodyToAsk):
        asked(recommendation)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(DatesTurned):
        asked(recommendation, alice, closes_on=yesterday)


def test_followers_are_asked(recommendation: Recommendation, alice: User) -> None:
    follow(person=alice, dossier=recommendation.dossier)
    assert [(one.person, one.basis) for one in invitees_of(recommendation)] == [(alice, "follower")]


def test_one_person_answers_once(recommendation: Recommendation, alice: User) -> None:
    invitation = asked(recommendation, alice).invitations.get()
    answer_check(invitation=invitation, value="partly")
    with pytest.raises(AnsweredAlready):
        answer_check(invitation=invitation, value="yes")
    assert CheckAnswer.objects.get().value == "partly"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE councils_checkanswer SET value = 'yes'",
        "DELETE FROM councils_checkanswer",
        "UPDATE councils_citizencheck SET closes_on = '2099-01-01'",
        "DELETE FROM councils_checkinvitation",
        "UPDATE councils_checkinvitation SET basis = 'follower'",
        "INSERT INTO councils_checkanswer (invitation_id, value, answered_on)"
        " SELECT invitation_id, 'no', answered_on FROM councils_checkanswer",
        "INSERT INTO councils_checkinvitation (check_round_id, person_id, basis)"
        " SELECT check_round_id, person_id, 'asker' FROM councils_checkinvitation",
    ],
)
def test_raw_sql_changes_no_answer(
    recommendation: Recommendation, alice: User, statement: str
) -> None:
    answer_check(invitation=asked(recommendation, alice).invitations.get(), value="no")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_answers_before_or_after(recommendation: Recommendation, alice: User) -> None:
    check = asked(recommendation, alice, on=date(2026, 11, 2), closes_on=date(2026, 11, 13))
    invitation = check.invitations.get()
    for day in (date(2026, 11, 1), date(2026, 11, 14)):
        with pytest.raises(NotAsked):
            answer_check(invitation=invitation, value="yes", on=day)
        with pytest.raises(DatabaseError), transaction.atomic():
            CheckAnswer.objects.create(invitation=invitation, value="yes", answered_on=day)
    answer_check(invitation=invitation, value="yes", on=date(2026, 11, 13))


def test_counts_are_public_and_nothing_else(recommendation: Recommendation, alice: User) -> None:
    bob = make_person("bob2@example.org", "Bob Named")
    check = asked(recommendation, alice, bob, None)
    for invitation, value in zip(
        check.invitations.order_by("pk"), ("yes", "yes", "no"), strict=True
    ):
        answer_check(invitation=invitation, value=value)
    (told,) = voices_of(recommendation)
    assert (told.asked, told.answered) == (3, 3)
    assert {bar.value: (bar.count, bar.width) for bar in told.bars} == {
        "yes": (2, 67), "partly": (0, 0), "no": (1, 33), "unknown": (0, 0),
    }  # fmt: skip
    page = Client().get(recommendation.get_absolute_url()).content.decode()
    assert "Bob Named" not in page


def test_who_has_an_account_answers_on_the_page(
    recommendation: Recommendation, alice: User
) -> None:
    asked(recommendation, alice)
    client = Client()
    client.force_login(alice)
    address = f"/en/{recommendation.dossier.path}check/"
    assert client.post(address, {"form_key": uuid4()}).status_code == 422
    assert client.post(address, {"form_key": uuid4(), "value": "yes"}).status_code == 302
    again = client.post(address, {"form_key": uuid4(), "value": "no"})
    assert again.status_code == 422
    assert "already" in again.content.decode()
    assert CheckAnswer.objects.get().value == "yes"


def test_ones_own_page_says_what_is_asked(recommendation: Recommendation, alice: User) -> None:
    asked(recommendation, alice)
    client = Client()
    client.force_login(alice)
    address = f"/en/{recommendation.dossier.path}check/"
    assert address in client.get("/en/account/").content.decode()
    client.post(address, {"form_key": uuid4(), "value": "yes"})
    assert address not in client.get("/en/account/").content.decode()


def test_who_has_none_answers_by_a_signed_address(
    recommendation: Recommendation, alice: User
) -> None:
    check = asked(recommendation, alice, None)
    nobody = check.invitations.get(person=None)
    address = address_of(nobody)
    assert Client().get(address).status_code == 200
    assert Client().post(address, {"form_key": uuid4(), "value": "unknown"}).status_code == 302
    assert nobody.answer.value == "unknown"
    assert Client().get(address.replace(str(nobody.pk), str(nobody.pk + 1))).status_code == 404
    alices = address_of(check.invitations.get(person=alice))
    assert Client().get(alices).status_code == 404


def test_who_has_no_account_is_asked_on_the_page_of_their_place(
    council: Council, recommendation: Recommendation
) -> None:
    hall = make_hearing(council, state="open")
    place = come(hall, "Асан")
    invitee = Invitee(None, "participant", place)
    check = open_check(by=None, recommendation=recommendation, invitees=[invitee])
    page = f"/en/{hall.dossier.path}places/{place.code}/"
    invitation = check.invitations.get()
    assert address_of(invitation) in Client().get(page).content.decode()
    answer_check(invitation=invitation, value="yes")
    assert address_of(invitation) not in Client().get(page).content.decode()


def test_a_person_takes_their_answer_along_and_leaves_the_count(
    recommendation: Recommendation, alice: User
) -> None:
    invitation = asked(recommendation, alice).invitations.get()
    answer_check(invitation=invitation, value="yes")
    assert "yes" in str(export_person(person=alice))
    erase_person(person=alice)
    left = CheckInvitation.objects.get()
    assert left.person is None
    assert left.answer.value == "yes"
