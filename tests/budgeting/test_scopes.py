"""On which envelopes a person votes: home, all, or home and one of their choice."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import Cycle, Election, Envelope, FreeChoice, RollEntry
from budgeting.services import scopes
from budgeting.services.elections import advance_election, freeze_election, prepare_election
from budgeting.services.eligibility import check_eligible
from budgeting.services.proposals import submit_proposal
from budgeting.services.voting import cast_ballot
from participation.models import Territory
from participation.services import Wording
from participation.services.residences import confirm_residence
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import RULES, make_person, pass_deadline


@pytest.fixture
def districts(city: Territory) -> list[Territory]:
    return [
        Territory.objects.create(
            slug=f"d{n}", kind="city_district", parent=city, name_kk=f"D{n}", name_ru=f"D{n}"
        )
        for n in (1, 2, 3)
    ]


@pytest.fixture
def dana(districts: list[Territory]) -> User:
    """Lives in the first district."""
    dana = make_person("dana@example.org", "Dana", language="en")
    confirm_residence(by=None, person=dana, territory=districts[0], born_on=date(1990, 1, 1))
    return dana


@pytest.fixture
def open_all(make_cycle: Any, bob: User, dana: User, districts: list[Territory]) -> Any:
    """Four open votes: the whole city's, and those of three districts."""

    def opened(scope: str) -> list[Election]:
        cycle: Cycle = make_cycle(rules={**RULES, "envelopes": scope})
        for number, district in enumerate(districts, start=2):
            envelope = Envelope.objects.create(
                cycle=cycle, number=number, territory=district, amount=500,
                name_kk=f"D{number}", name_ru=f"D{number}", name_en=f"D{number}",
            )  # fmt: skip
            prepare_election(envelope=envelope)
            for cost in (100, 200):
                wordings = [Wording("kk", f"P{cost}"), Wording("ru", f"P{cost}")]
                proposal = submit_proposal(
                    by=None, cycle=cycle, envelope=envelope, cost=cost, wordings=wordings
                )
                proposal.state = "shortlisted"
                proposal.save()
        elections = Election.objects.filter(envelope__cycle=cycle).order_by("envelope__number")
        return [freeze_election(by=bob, election=election) for election in elections]

    return opened


def may_vote(voter: User, elections: list[Election]) -> list[bool]:
    found = []
    for election in elections:
        try:
            check_eligible(voter=voter, election=election)
            found.append(True)
        except errors.LivesElsewhere:
            found.append(False)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("home", [True, True, False, False]),
        ("all", [True, True, True, True]),
        ("home_and_one_free", [True, True, False, False]),
    ],
)
def test_where_somebody_of_the_first_district_votes(
    open_all: Any, dana: User, scope: str, expected: list[bool]
) -> None:
    elections = open_all(scope)
    assert may_vote(dana, elections) == expected
    on_roll = set(RollEntry.objects.filter(voter=dana).values_list("election", flat=True))
    assert [election.pk in on_roll for election in elections] == expected


@pytest.mark.django_db
def test_one_more_is_chosen_once_for_good(open_all: Any, dana: User) -> None:
    elections = open_all("home_and_one_free")
    home, second, third = elections[1:]
    with pytest.raises(errors.NoFreeChoice):
        scopes.choose_envelope(voter=dana, election=home)
    elsewhere = third.shortlist.first()
    assert elsewhere is not None
    with pytest.raises(errors.LivesElsewhere):
        cast_ballot(voter=dana, election=third, choices=[elsewhere.project_id], request="r")
    scopes.choose_envelope(voter=dana, election=second)
    assert may_vote(dana, elections) == [True, True, True, False]
    with pytest.raises(errors.NoFreeChoice):
        scopes.choose_envelope(voter=dana, election=third)
    first = second.shortlist.first()
    assert first is not None
    cast_ballot(voter=dana, election=second, choices=[first.project_id], request="r")
    for statement in (
        "UPDATE budgeting_freechoice SET election_id = %s",
        "DELETE FROM budgeting_freechoice WHERE election_id <> %s",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [third.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["home", "all"])
def test_there_is_nothing_to_choose_under_other_rules(
    open_all: Any, dana: User, scope: str
) -> None:
    election = open_all(scope)[2]
    with pytest.raises(errors.NoFreeChoice):
        scopes.choose_envelope(voter=dana, election=election)
    with pytest.raises(DatabaseError, match="no envelope can be chosen"), transaction.atomic():
        FreeChoice.objects.create(cycle=election.envelope.cycle, voter=dana, election=election)


@pytest.mark.django_db
def test_nothing_is_chosen_after_the_close(open_all: Any, dana: User) -> None:
    election = pass_deadline(open_all("home_and_one_free")[2])
    with pytest.raises(errors.VotingClosed):
        scopes.choose_envelope(voter=dana, election=election)
    with pytest.raises(DatabaseError, match="no envelope can be chosen"), transaction.atomic():
        FreeChoice.objects.create(cycle=election.envelope.cycle, voter=dana, election=election)


@pytest.mark.django_db(transaction=True)
def test_of_two_choices_at_once_one_holds(open_all: Any, dana: User) -> None:
    elections = open_all("home_and_one_free")
    results = at_once(
        lambda: scopes.choose_envelope(voter=dana, election=elections[2]),
        lambda: scopes.choose_envelope(voter=dana, election=elections[3]),
    )
    (refused,) = errors_in(results)
    assert isinstance(refused, errors.NoFreeChoice)
    assert FreeChoice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_close_takes_from_choices_what_they_told_of_their_time(
    open_all: Any, dana: User
) -> None:
    elections = open_all("home_and_one_free")
    scopes.choose_envelope(voter=dana, election=elections[2])
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM budgeting_freechoice")
        before = cursor.fetchone()
        advance_election(pass_deadline(elections[2]))
        cursor.execute("SELECT xmin::text FROM budgeting_freechoice")
        assert cursor.fetchone() != before
        cursor.execute("SELECT DISTINCT xmin::text FROM budgeting_rollentry")
        (roll,) = cursor.fetchall()
        cursor.execute("SELECT xmin::text FROM budgeting_freechoice")
        assert cursor.fetchone() == roll
