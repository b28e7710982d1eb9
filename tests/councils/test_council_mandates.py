"""Taking a seat and leaving it, through the services and past them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from accounts.services.people import erase_person
from councils import errors
from councils.facts import composition_of
from councils.models import Council, Mandate, Post
from councils.services.councils import begin_term
from councils.services.declarations import declare_interest
from councils.services.mandates import appoint, change_office, end_mandate
from participation.models import Event, Follow, JournalEntry, Role, Territory
from tests.councils.making import TERM, make_council

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


def make_organisation(name: str, helix: str = Helix.CIVIL_SOCIETY) -> Organisation:
    return Organisation.objects.create(name_kk=name, name_ru=name, helix=helix)


@pytest.fixture
def vacant(council: Council) -> Council:
    """Seats 3 and 4 have been vacant since the 16th of March 2026."""
    for number in (3, 4):
        leave(council, number, date(2026, 3, 16))
    return council


DAY = date(2026, 4, 20)


def test_one_person_holds_one_seat(vacant: Council, charlie: User) -> None:
    sit(vacant, 3, person=charlie, since=DAY)
    with pytest.raises(errors.SitsAlready):
        sit(vacant, 4, person=charlie, since=DAY)


def test_one_organisation_of_civil_society_has_one_seat(vacant: Council) -> None:
    fund = make_organisation("Fund")
    sit(vacant, 3, on_behalf_of=fund, since=DAY)
    with pytest.raises(errors.OrganisationSitsAlready):
        sit(vacant, 4, on_behalf_of=fund, since=DAY)


def test_a_seat_is_taken_once(vacant: Council) -> None:
    sit(vacant, 3, since=DAY)
    with pytest.raises(errors.SeatTaken):
        sit(vacant, 3, since=DAY)


def test_a_council_has_one_chair_and_the_state_gives_none(vacant: Council) -> None:
    with pytest.raises(errors.ChairTaken):
        sit(vacant, 3, office="chair", since=DAY)
    with pytest.raises(errors.ChairTaken):
        change_office(by=None, mandate=vacant.mandates.get(name="C2"), office="chair")
    with pytest.raises(errors.StateMayNotChair):
        change_office(by=None, mandate=vacant.mandates.get(name="S1"), office="chair")
    leave(vacant, 1, DAY)
    change_office(by=None, mandate=vacant.mandates.get(name="C2"), office="chair")
    elected = vacant.mandates.get(name="C2")
    assert elected.office_on(timezone.localdate()) == "Chair"
    assert elected.office_on(DAY) == ""


def test_who_serves_the_state_takes_no_seat_of_civil_society(
    vacant: Council, charlie: User
) -> None:
    ministry = make_organisation("Ministry", Helix.GOVERNMENT)
    with pytest.raises(errors.NotOfCivilSociety):
        sit(vacant, 3, on_behalf_of=ministry, since=DAY)
    served = Affiliation.objects.create(
        person=charlie, organisation=ministry, valid_from=date(2026, 1, 1)
    )
    with pytest.raises(errors.Incompatible, match="Ministry"):
        sit(vacant, 3, person=charlie, since=DAY)
    served.valid_to = date(2026, 4, 1)
    served.save()
    sit(vacant, 3, person=charlie, since=DAY)


def test_an_officer_takes_no_seat_of_civil_society(
    vacant: Council, charlie: User, city: Territory
) -> None:
    Role.objects.create(
        person=charlie,
        kind=Role.Kind.STATE_OFFICER,
        territory=city,
        organisation=vacant.supervised_body,
        valid_from=timezone.now() - timedelta(days=2),
    )
    with pytest.raises(errors.Incompatible):
        sit(vacant, 3, person=charlie, since=timezone.localdate())


def test_an_organisation_stands_behind_a_member_where_the_rules_ask(city: Territory) -> None:
    council = make_council(city, rules={"may_citizens_sit": False})
    leave(council, 1, DAY)
    with pytest.raises(errors.OrganisationMissing):
        sit(council, 1, since=DAY)
    sit(council, 1, since=DAY, basis="lot")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " "}, errors.NameMissing),
        ({"act": ""}, errors.ActMissing),
        ({"since": date(2030, 1, 1)}, errors.OutsideTerm),
        ({"since": date(2020, 1, 1)}, errors.OutsideTerm),
        ({"until": DAY}, errors.EndsBeforeItBegins),
    ],
)
def test_what_an_appointment_must_say(
    vacant: Council, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        sit(vacant, 3, **({"since": DAY} | fields))


def test_a_mandate_ends_once(council: Council) -> None:
    ended = leave(council, 3, DAY)
    with pytest.raises(errors.MandateOver):
        end_mandate(by=None, mandate=ended, on=DAY + timedelta(days=9), reason="recall")
    with pytest.raises(errors.EndsBeforeItBegins):
        leave(council, 4, BEGINS)


def test_who_was_to_leave_with_the_term_may_leave_before(vacant: Council) -> None:
    mandate = sit(vacant, 3, since=DAY, until=ENDS)
    assert mandate.end_reason == "term"
    end_mandate(by=None, mandate=mandate, on=date(2026, 9, 1), reason=RESIGNED)
    mandate.refresh_from_db()
    assert (mandate.until, mandate.end_reason) == (date(2026, 9, 1), RESIGNED)


def test_an_erased_account_leaves_the_member_on_the_page(council: Council, chair: User) -> None:
    erase_person(person=chair)
    mandate = council.mandates.get(office="chair")
    assert (mandate.person, mandate.name) == (None, "C1")


# --- Past the services ----------------------------------------------------------------------------

TAMPERING = [
    "DELETE FROM councils_mandate WHERE name = 'C1'",
    "TRUNCATE councils_mandate CASCADE",
    "UPDATE councils_mandate SET name = 'Nobody' WHERE name = 'C1'",
    "UPDATE councils_mandate SET since = '2025-02-04' WHERE name = 'C1'",
    "UPDATE councils_mandate SET act = 'another' WHERE name = 'C1'",
    "UPDATE councils_mandate SET side = 'state' WHERE name = 'C1'",
    "UPDATE councils_mandate SET until = NULL, end_reason = '' WHERE name = 'C3'",
    "UPDATE councils_mandate SET until = '2026-03-17' WHERE name = 'C3'",
    "UPDATE councils_post SET side = 'state' WHERE number = 1",
    "DELETE FROM councils_compositionbreach",
    "UPDATE councils_compositionbreach SET until = since + 1",
    "INSERT INTO councils_compositionbreach (council_id, since, civil, members)"
    " SELECT id, '2026-01-01', 1, 2 FROM councils_council",
    "DELETE FROM councils_interestdeclaration",
    "UPDATE councils_interestdeclaration SET organisation = 'Nothing'",
    "INSERT INTO councils_mandate (council_id, post_id, side, name, office, basis, act, act_url,"
    " since, end_reason) SELECT council_id, id, 'civil', 'X', 'member', 'lot', 'n', '',"
    " '2026-04-01', '' FROM councils_post WHERE number = 21",
]


@pytest.mark.parametrize("sql", TAMPERING)
def test_raw_sql_does_not_rewrite_who_sat(vacant: Council, sql: str) -> None:
    declare_interest(
        by=None, mandate=vacant.mandates.get(name="C1"), organisation="F", kind="work", since=DAY
    )
    leave(vacant, 21, DAY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_law_knows_no_more_seats_than_its_rules_say(city: Territory) -> None:
    council = make_council(city, rules={"most_seats": 4})
    council.posts.create(number=4, side="civil", since=BEGINS)
    with pytest.raises(DatabaseError), transaction.atomic():
        council.posts.create(number=5, side="civil", since=BEGINS)


def test_a_row_written_past_the_services_opens_the_breach_too(council: Council) -> None:
    Mandate.objects.filter(name="C5").update(until=DAY, end_reason=RESIGNED)
    assert council.breaches.get().since == DAY


def test_the_next_term_begins_when_the_last_is_over(council: Council) -> None:
    with pytest.raises(errors.TermOverlaps):
        begin_term(by=None, council=council, begins_on=ENDS - timedelta(days=1))
    term = begin_term(by=None, council=council, begins_on=ENDS)
    assert (term.number, term.ends_on) == (2, date(2031, 2, 3))
    assert not council.mandates.filter(until=None).exists()
    assert set(council.mandates.values_list("end_reason", flat=True)) == {"term"}
    with pytest.raises(errors.StateShareExceeded):
        sit(council, 15, since=ENDS)
    sit(council, 1, since=ENDS)
    assert composition_of(council, ENDS, term.ends_on)[0].civil == 1
