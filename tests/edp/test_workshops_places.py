"""Places, invitations, who came: never over capacity, and nobody counted twice."""

import threading
from collections import Counter

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from edp.facts.discovery import facts_of
from edp.models import Attendance, Invitation, Registration
from edp.participants import attendance_of, expected_at, participants_of
from edp.services.workshops import errors
from edp.services.workshops.doors import (
    CountImpossible,
    check_in,
    check_in_guest,
    count_heads,
    invite,
    send_invitations,
)
from edp.services.workshops.places import give_place_back, places_left, register
from edp.services.workshops.planning import announce_workshop, change_workshop, publish_report
from participation.models import Delivery
from tests.conftest import make_person
from tests.edp.making import make_body, make_process
from tests.edp.meetings import TEXTS, belong_to, make_workshop

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture
def process(city):
    return make_process(city, stage="discovery")


def people(number: int) -> list:
    return [make_person(f"p{n}@example.org", f"P{n}") for n in range(number)]


def states_of(workshop) -> Counter[str]:
    return Counter(workshop.registrations.values_list("state", flat=True))


def test_the_waiting_list_moves_up_in_its_order(process) -> None:
    workshop = make_workshop(process, capacity=1)
    first, second, third = people(3)
    for person in (first, second, third, second):
        register(person=person, workshop=workshop)
    assert states_of(workshop) == {"registered": 1, "waiting": 2}
    give_place_back(person=first, workshop=workshop)
    assert workshop.registrations.get(person=second).state == State.REGISTERED
    told = Delivery.objects.filter(event__kind="workshop_place_free", channel="site")
    assert [row.recipient for row in told] == [second]
    # Who gave a place back and comes again stands at the end.
    register(person=first, workshop=workshop)
    give_place_back(person=second, workshop=workshop)
    assert workshop.registrations.get(person=third).state == State.REGISTERED


def test_more_places_go_to_those_who_wait(process) -> None:
    workshop = make_workshop(process, capacity=1)
    for person in people(3):
        register(person=person, workshop=workshop)
    change_workshop(
        by=None, workshop=workshop, territory=process.centre, wordings=TEXTS, capacity=2
    )
    assert states_of(workshop) == {"registered": 2, "waiting": 1}
    with pytest.raises(errors.PlacesGiven):
        change_workshop(
            by=None, workshop=workshop, territory=process.centre, wordings=TEXTS, capacity=1
        )
    assert places_left(make_workshop(process)) is None


def test_the_database_gives_no_place_too_many(process, alice, charlie) -> None:
    workshop = make_workshop(process, capacity=1)
    register(person=alice, workshop=workshop)
    late = register(person=charlie, workshop=workshop)
    raised = pytest.raises(IntegrityError, match="no place left")
    with raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE edp_registration SET state = 'registered' WHERE id = %s", [late.pk])


@pytest.mark.django_db(transaction=True)
def test_many_race_for_the_last_places(process) -> None:
    workshop = make_workshop(process, capacity=3)
    crowd = people(8)
    start = threading.Barrier(len(crowd))
    failures = []

    def run(person) -> None:
        try:
            start.wait(30)
            register(person=person, workshop=workshop)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[person]) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert states_of(workshop) == {"registered": 3, "waiting": 5}
    holders = list(workshop.registrations.filter(state=State.REGISTERED))
    start = threading.Barrier(2)

    def leave(person) -> None:
        try:
            start.wait(30)
            give_place_back(person=person, workshop=workshop)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=[row.person]) for row in holders[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert states_of(workshop) == {"registered": 3, "waiting": 3, "cancelled": 2}


def test_invited_by_message_where_there_is_an_account(process, alice) -> None:
    workshop = make_workshop(process, state="planned")
    early = invite(by=None, workshop=workshop, helix="business", email="ALICE@example.org")
    paper = invite(
        by=None, workshop=workshop, helix="academia", name="Декан", email="x@example.org"
    )
    assert (early.person, early.sent_at, paper.person) == (alice, None, None)
    announce_workshop(by=None, workshop=workshop)
    assert send_invitations(by=None, workshop=workshop) == 1
    assert send_invitations(by=None, workshop=workshop) == 0
    assert Delivery.objects.filter(event__kind="workshop_invitation", channel="site").count() == 1
    with pytest.raises(errors.AlreadyInvited):
        invite(by=None, workshop=workshop, helix="business", email="alice@example.org")
    assert expected_at(workshop) == {"business": 1, "academia": 1}
    register(person=alice, workshop=workshop)
    early.refresh_from_db()
    assert early.state == Invitation.State.ACCEPTED
    give_place_back(person=alice, workshop=workshop)
    early.refresh_from_db()
    assert early.state == Invitation.State.DECLINED


def test_people_are_counted_once_over_all_meetings(process, alice, charlie) -> None:
    belong_to(alice, "business")
    one = make_workshop(process, state="running")
    check_in(by=None, workshop=one, person=alice)
    assert check_in(by=None, workshop=one, person=alice).is_first_time
    check_in_guest(by=None, workshop=one, helix="academia", name="Гость")
    two = make_workshop(process, state="held")
    assert not check_in(by=None, workshop=two, person=alice).is_first_time
    check_in_guest(by=None, workshop=two, helix="academia", is_first_time=False)
    # An address with an account is its person.
    check_in_guest(by=None, workshop=two, helix="government", email="charlie@example.org")
    count_heads(by=None, workshop=two, counts={"government": (10, 4), "": (3, 2)})
    # The first meeting is not over yet: it counts later.
    assert participants_of(process) == {"business": 1, "civil_society": 1, "government": 4, "": 2}
    type(one).objects.filter(pk=one.pk).update(state="held")
    assert participants_of(process) == {
        "business": 1, "civil_society": 1, "academia": 1, "government": 4, "": 2,
    }  # fmt: skip
    assert attendance_of(two) == {
        "business": 1, "academia": 1, "civil_society": 1, "government": 10, "": 3,
    }  # fmt: skip


def test_the_helix_of_that_day_stays(process, alice) -> None:
    belong_to(alice, "business")
    workshop = make_workshop(process, state="held")
    check_in(by=None, workshop=workshop, person=alice)
    alice.affiliations.all().delete()
    belong_to(alice, "government")
    assert participants_of(process) == {"business": 1}
    with pytest.raises(Exception, match="as it was that day"), transaction.atomic():
        Attendance.objects.update(helix="government")


def test_more_newcomers_than_people_are_refused(process) -> None:
    workshop = make_workshop(process, state="held")
    with pytest.raises(CountImpossible):
        count_heads(by=None, workshop=workshop, counts={"business": (2, 3)})
    with pytest.raises(IntegrityError), transaction.atomic():
        workshop.head_counts.create(helix="business", count=2, newcomers=3)


def test_what_the_gate_asks(process, city, alice) -> None:
    workshop = make_workshop(process, state="held")
    make_workshop(process)
    count_heads(by=None, workshop=workshop, counts={"business": (5, 5)})
    publish_report(by=None, workshop=workshop, report={"kk": "а", "ru": "а"})
    process.outputs.create(code="strengths", text_kk="а", text_ru="а")
    facts = facts_of(process)
    assert (facts.workshops, facts.participants, facts.outside_centre) == (1, {"business": 5}, 0)
    assert facts.outputs == {"strengths"}
    with pytest.raises(errors.WrongTime):
        check_in(by=None, workshop=workshop, person=alice)


def test_an_organisation_may_be_invited(process) -> None:
    workshop = make_workshop(process)
    body = make_body("Завод", "business")
    assert str(invite(by=None, workshop=workshop, helix="business", organisation=body)) == "Завод"
    assert timezone.now() > workshop.changed_at
