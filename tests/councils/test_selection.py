"""Selections of members: whose group, who stands, what counts, and who approves nothing."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts.models import Affiliation, User
from accounts.services import erase_person
from councils.draw_reading import panel_tokens
from councils.models import Candidacy, Council, SelectionProcess, Side
from councils.selection_counts import Runner, decide, mean, standings
from councils.services.draws import pool
from councils.services.selection import candidates, deciding, errors, planning
from participation.errors import Refused
from participation.models import Role
from tests.conftest import make_person
from tests.councils.making import add_member
from tests.councils.selecting import decided, judge, make_selection, score, take_to

State = SelectionProcess.State


def refused_by_the_database(statement: str, *params: Any) -> str:
    with pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return str(refusal.value)


# --- Counting, without a database ---------------------------------------------------------------


def test_what_is_missing_is_no_zero() -> None:
    assert mean([]) is None
    assert mean([0]) == 0
    first, second = standings([1, 2], [7, 8], [(1, 7, 9), (1, 7, 8), (1, 8, 1), (2, 7, 10)])
    assert first.points == Fraction(17, 2) + 1
    assert first.judges == 2
    assert second.points is None
    assert second.by_criterion == {7: Fraction(10), 8: None}


def test_seats_go_to_the_best_of_each_side_and_of_equals_to_the_first() -> None:
    runners = [Runner(1, "civil", 5), Runner(2, "civil", 5), Runner(3, "civil", None),
               Runner(4, "state", 9), Runner(5, "civil", None)]  # fmt: skip
    points = {1: Fraction(9), 2: Fraction(8), 3: Fraction(7), 4: Fraction(1), 5: Fraction(7)}
    found = decide(runners, points, {"civil": 2, "state": 1})
    assert [(one.candidate, one.state) for one in found] == [
        (1, "elected"), (2, "reserve"), (3, "elected"), (5, "reserve"), (4, "elected"),
    ]  # fmt: skip
    seated = decide(runners[:1], points, {"civil": 1}, seated=[5])
    assert seated[0].state == "reserve"
    short = decide(runners[2:3], points, {"civil": 1}, least=Fraction(8))
    assert short[0].state == "not_elected"


# --- The working group --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "most"), [(9, 3), (10, 3), (11, 3), (12, 4)])
def test_the_state_has_a_third_of_the_group_at_most(council: Council, size: int, most: int) -> None:
    selection = make_selection(council, state="planned", group=size - 1, of_state=0)
    assert SelectionProcess.objects.get(pk=selection.pk).most_state == (size - 1) // 3
    SelectionProcess.objects.filter(pk=selection.pk).update(group_size=size, most_state=most)
    planning.add_group_member(by=None, selection=selection, name="S", side=Side.STATE)
    with pytest.raises(errors.GroupFull):
        planning.add_group_member(by=None, selection=selection, name="S", side=Side.STATE)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE councils_groupmember SET side = 'state' WHERE id IN "
            "(SELECT id FROM councils_groupmember WHERE side = 'civil' LIMIT %s)", [most]
        )  # fmt: skip
    assert "working group" in refused_by_the_database(
        "UPDATE councils_selectionprocess SET state = 'working_group_formed'"
    )
    member = selection.group.filter(side="state").first()
    assert member is not None
    planning.remove_group_member(by=None, member=member)
    planning.add_group_member(by=None, selection=selection, name="C", side=Side.CIVIL)
    assert planning.form_group(by=None, selection=selection).state == State.GROUP_FORMED


@pytest.mark.django_db
def test_one_official_too_many_is_refused(council: Council) -> None:
    selection = make_selection(council, state="planned", group=4, of_state=1)
    planning.remove_group_member(by=None, member=selection.group.filter(side="civil")[0])
    with pytest.raises(errors.GroupIncomplete):
        planning.form_group(by=None, selection=selection)
    with pytest.raises(errors.TooManyOfState):
        planning.add_group_member(by=None, selection=selection, name="S", side=Side.STATE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO councils_groupmember (selection_id, name, side, leads) "
        "SELECT id, 'S', 'state', false FROM councils_selectionprocess",
        "UPDATE councils_groupmember SET side = 'state'",
        "DELETE FROM councils_groupmember",
        "UPDATE councils_selectionprocess SET group_size = 30",
        "UPDATE councils_selectionprocess SET most_state = 4",
        "UPDATE councils_selectionprocess SET way = 'lot'",
        "UPDATE councils_criterion SET most = 100",
        "UPDATE councils_selectionprocess SET state = 'approved'",
        "DELETE FROM councils_selectionprocess",
    ],
)
def test_the_group_is_fixed_before_the_call_opens(council: Council, change: str) -> None:
    make_selection(council, state="working_group_formed")
    assert refused_by_the_database(change)


# --- Candidates ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_stands_once_in_time_and_without_an_office_of_the_state(
    council: Council, alice: User, charlie: User
) -> None:
    selection = make_selection(council, state="call_open")
    given = {"selection": selection, "name": "A", "statement": "!", "language": "en"}
    candidates.apply(person=alice, **given)
    with pytest.raises(errors.AlreadyApplied):
        candidates.apply(person=alice, **given)
    Affiliation.objects.create(
        person=charlie,
        organisation=council.supervised_body,
        valid_from=timezone.localdate() - timedelta(days=9),
    )
    with pytest.raises(errors.Incompatible):
        candidates.apply(person=charlie, **given)
    with pytest.raises(errors.TooEarly):
        candidates.close_call(by=None, selection=selection)
    with pytest.raises(errors.CallClosed):
        candidates.apply(at=selection.closes_at, **given)
    candidates.withdraw(person=alice, selection=selection)
    assert selection.candidacies.get(person=alice).state == Candidacy.State.WITHDRAWN


@pytest.mark.django_db
def test_a_refusal_has_reasons_and_everybody_is_checked(council: Council) -> None:
    selection = make_selection(council, state="screening")
    first, second, third = selection.candidacies.all()
    with pytest.raises(errors.ReasonsMissing):
        candidates.screen(by=None, candidacy=first, is_admitted=False, reasons=" ")
    candidates.screen(by=None, candidacy=first, is_admitted=False, reasons="Under 18.")
    candidates.screen(by=None, candidacy=second, is_admitted=True)
    with pytest.raises(errors.Unscreened):
        candidates.begin_comparison(by=None, selection=selection)
    candidates.screen(by=None, candidacy=third, is_admitted=True)
    with pytest.raises(errors.WrongStep):
        candidates.screen(by=None, candidacy=third, is_admitted=False, reasons="No.")
    candidates.begin_comparison(by=None, selection=selection)
    assert refused_by_the_database("UPDATE councils_candidacy SET reasons = 'x' WHERE number = 1")
    assert refused_by_the_database("UPDATE councils_candidacy SET statement = 'Better.'")
    assert refused_by_the_database("DELETE FROM councils_candidacy")


# --- Scores, votes, lot -------------------------------------------------------------------------


@pytest.mark.django_db
def test_scores_decide_by_exact_means(council: Council) -> None:
    selection = make_selection(council)
    with pytest.raises(errors.ScoresMissing):
        deciding.decide_selection(by=None, selection=selection)
    first, second, third = selection.candidacies.all()
    one, two, *_others = selection.group.all()
    # 9 and 8 → 8.5; a member who leaves it out lowers nothing.
    for member, candidacy, points in (
        (one, first, (9, 3)), (two, first, (8, 3)), (one, second, (9, 3)), (two, second, (None, 3)),
        (one, third, (1, 1)),
    ):  # fmt: skip
        score(member, candidacy, *points)
    with pytest.raises(errors.WrongPoints):
        score(one, third, 11, 1)
    selection = deciding.decide_selection(by=None, selection=selection)
    placed = selection.candidacies.order_by("place").values_list("name", "state")
    assert list(placed) == [("K2", "elected"), ("K1", "reserve"), ("K3", "reserve")]
    for change in (
        "UPDATE councils_score SET points = 10",
        "DELETE FROM councils_score",
        "UPDATE councils_candidacy SET state = 'elected' WHERE number = 3",
    ):
        assert refused_by_the_database(change)


@pytest.mark.django_db
def test_a_vote_needs_more_than_half_of_the_group(council: Council) -> None:
    selection = make_selection(council, way="ballot", seats=2)
    first, second, third = selection.candidacies.all()
    votes = {first: ["for"] * 3 + ["against"], second: ["for"] * 2 + ["abstain"] * 2,
             third: ["against"] * 4}  # fmt: skip
    for candidacy, choices in votes.items():
        for member, choice in zip(selection.group.all(), choices, strict=True):
            deciding.give_vote(by=None, member=member, candidacy=candidacy, choice=choice)
    deciding.decide_selection(by=None, selection=selection)
    states = selection.candidacies.values_list("state", flat=True)
    assert list(states) == ["elected", "not_elected", "not_elected"]


@pytest.mark.django_db
def test_the_lot_decides_among_the_admitted(council: Council) -> None:
    selection = make_selection(council, way="lot", seats=2)
    with pytest.raises(errors.NotDrawn):
        deciding.decide_selection(by=None, selection=selection)
    draw = pool.prepare_draw(
        by=None, council=council, wordings=[], size=2, registers_until=selection.closes_at,
        selection=selection,
    )  # fmt: skip
    draw = pool.open_pool(by=None, draw=draw)
    draw = take_to(draw, "drawn")
    deciding.decide_selection(by=None, selection=selection)
    elected = selection.candidacies.filter(state="elected")
    assert elected.count() == 2
    assert selection.candidacies.filter(state="reserve").count() == 1
    tokens = set(draw.entries.filter(candidacy__in=elected).values_list("token", flat=True))
    assert tokens == set(panel_tokens(draw))


# --- The act, and who may not sign it here (I3) -------------------------------------------------


def officer_of(council: Council, person: User) -> User:
    Role.objects.create(
        person=person,
        kind=Role.Kind.STATE_OFFICER,
        territory=council.dossier.territory,
        organisation=council.supervised_body,
        valid_from=timezone.now() - timedelta(days=1),
    )
    return person


@pytest.mark.django_db
def test_the_supervised_body_decides_nothing_whatever_else_its_officer_is(
    council: Council, secretary: User
) -> None:
    planned = make_selection(council, state="planned")
    call = make_selection(council, state="call_open")
    compared = make_selection(council)
    judged = decided(make_selection(council))
    officer = officer_of(council, secretary)
    today = timezone.localdate()
    member, candidacy = compared.group.all()[0], compared.candidacies.all()[0]
    acts = [
        lambda: planning.add_group_member(by=officer, selection=planned, name="S", side=Side.STATE),
        lambda: planning.form_group(by=officer, selection=planned),
        lambda: candidates.close_call(by=officer, selection=call),
        lambda: planning.fail_selection(by=officer, selection=call, reasons="No."),
        lambda: score(member, candidacy, 10, 5, by=officer),
        lambda: deciding.decide_selection(by=officer, selection=compared),
        lambda: deciding.register_act(by=officer, selection=judged, act="№ 1", act_on=today),
    ]
    for act in acts:
        with pytest.raises(errors.SupervisedBody):
            act()
    assert "approves nothing" in refused_by_the_database(
        "UPDATE councils_selectionprocess SET state = 'approved', act = '№ 1', act_on = now(), "
        "act_registered_by_id = %s WHERE id = %s", officer.pk, judged.pk
    )  # fmt: skip


@pytest.mark.django_db
def test_the_elected_sit_by_the_registered_act(council: Council, secretary: User) -> None:
    selection = decided(make_selection(council))
    today = timezone.localdate()
    with pytest.raises(errors.ActMissing):
        deciding.register_act(by=secretary, selection=selection, act=" ", act_on=today)
    selection = deciding.register_act(
        by=secretary, selection=selection, act="Order № 7", act_on=today
    )
    assert refused_by_the_database("UPDATE councils_selectionprocess SET act = 'Another'")
    seat = selection.posts.get()
    selection = deciding.appoint_elected(by=secretary, selection=selection, since=today)
    mandate = council.mandates.get(post=seat)
    assert (mandate.name, mandate.act, mandate.basis) == ("K2", "Order № 7", "competition")
    assert selection.candidacies.get(state="elected").mandate == mandate
    assert selection.state == State.PUBLISHED


@pytest.mark.django_db
def test_the_elected_are_seated_together_or_not_at_all(council: Council, secretary: User) -> None:
    selection = make_selection(council, seats=2)
    taken = make_person("taken@example.org", "Taken")
    add_member(council, person=taken)
    # Sits already, since somewhere between the application and today.
    Candidacy.objects.filter(selection=selection, name="K3").update(person=taken)
    selection = decided(selection)
    today = timezone.localdate()
    selection = deciding.register_act(by=secretary, selection=selection, act="№ 7", act_on=today)
    with pytest.raises(Refused):
        deciding.appoint_elected(by=secretary, selection=selection, since=today)
    assert not council.mandates.filter(act="№ 7").exists()
    selection.refresh_from_db()
    assert selection.state == State.APPROVED


@pytest.mark.django_db
def test_an_erased_candidate_leaves_no_words(council: Council) -> None:
    person = make_person("k@example.org", "K")
    selection = make_selection(council, state="call_open")
    candidates.apply(
        selection=selection, person=person, name="K", statement="!", language="en", contact="8 7"
    )
    selection = candidates.close_call(
        by=None, selection=selection, at=timezone.now() + timedelta(days=8)
    )
    erase_person(person=person)
    left = selection.candidacies.get(number=4)
    assert (left.name, left.statement, left.contact, left.person) == ("", "", "", None)


@pytest.mark.django_db
def test_judging_ends_with_the_decision(council: Council) -> None:
    selection = decided(make_selection(council))
    with pytest.raises(errors.NotJudgedNow):
        judge(selection, {"K1": (1, 1), "K2": (1, 1), "K3": (1, 1)})
