"""What the database itself refuses about the city's check, raw SQL and races included."""

from functools import partial

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from budgeting.models import CoAuthor, Cycle, Proposal, Review, Verdict
from budgeting.services import feasibility
from tests.budgeting.ballot_box import at_once, errors_in
from tests.budgeting.feasibility import (
    assign,
    decide,
    make_desk,
    make_reviewer,
    ruling,
    submit,
)
from tests.participation.answers import make_body

pytestmark = pytest.mark.django_db(transaction=True)


def refused(statement: str, *values: object) -> bool:
    """Whether the database refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except Error:
        return True
    return False


@pytest.fixture
def rita(cycle: Cycle) -> User:
    make_desk(cycle)
    return make_reviewer(cycle, "Rita")


@pytest.fixture
def bridge(cycle: Cycle, alice: User) -> Proposal:
    return submit(cycle, alice)


def test_what_was_said_never_changes(rita: User, bridge: Proposal, alice: User) -> None:
    assign(bridge, rita)
    question = feasibility.ask_authors(by=rita, proposal=bridge, text="Where?", language="en")
    feasibility.answer_question(by=alice, question=question, text="Here", language="en")
    verdict = decide(bridge, rita, "with_changes")
    feasibility.answer_changes(by=alice, proposal=bridge, agrees=True, note="", language="en")
    feasibility.appeal_verdict(by=alice, proposal=bridge, grounds="More", language="en")
    for table, column in (
        ("budgeting_verdict", "reasons_kk"),
        ("budgeting_verdict", "signed_post"),
        ("budgeting_verdict", "signed_name"),
        ("budgeting_question", "text"),
        ("budgeting_question", "answer"),
        ("budgeting_appeal", "grounds"),
        ("budgeting_consent", "note"),
    ):
        assert refused(f"UPDATE {table} SET {column} = 'else'"), (table, column)
        assert refused(f"DELETE FROM {table}"), table
    assert refused("UPDATE budgeting_verdict SET cost = 1")
    assert refused("UPDATE budgeting_verdict SET given_by_id = %s", alice.pk)
    assert refused("DELETE FROM budgeting_review")
    assert not refused("UPDATE budgeting_verdict SET given_by_id = NULL, signed_name = ''")
    verdict.refresh_from_db()
    assert verdict.reasons_kk == "Себебі бар."


def test_a_state_follows_from_a_verdict_and_from_nothing_else(bridge: Proposal) -> None:
    change = "UPDATE budgeting_proposal SET state = %s WHERE id = %s"
    assert refused(change, "feasible", bridge.pk)
    assert refused(change, "not_feasible", bridge.pk)


def test_no_author_reviews_not_even_by_sql(rita: User, bridge: Proposal, alice: User) -> None:
    review = assign(bridge, None)
    change = "UPDATE budgeting_review SET reviewer_id = %s WHERE id = %s"
    assert refused(change, alice.pk, review.pk)
    assert not refused(change, rita.pk, review.pk)
    with pytest.raises(IntegrityError, match="checks proposal"):
        CoAuthor.objects.create(
            proposal=bridge, person=rita, state="accepted", answered_at=timezone.now()
        )


def test_the_first_reviewer_gives_no_second_look_by_sql(
    rita: User, bridge: Proposal, alice: User
) -> None:
    assign(bridge, rita)
    decide(bridge, rita, "not_feasible")
    with pytest.raises(IntegrityError, match="nobody has appealed"):
        Review.objects.create(proposal=bridge, look=2)
    feasibility.appeal_verdict(by=alice, proposal=bridge, grounds="More", language="en")
    with pytest.raises(IntegrityError, match="gave the first look"):
        Review.objects.create(proposal=bridge, look=2, reviewer=rita)


def test_two_verdicts_at_once_are_one(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    from tests.budgeting.feasibility import check_all

    check_all(bridge, rita)
    give = partial(feasibility.give_verdict, by=rita, proposal=bridge)
    results = at_once(
        partial(give, ruling=ruling("feasible")), partial(give, ruling=ruling("not_feasible"))
    )
    assert len(errors_in(results)) == 1
    verdict = Verdict.objects.get(review__proposal=bridge)
    bridge.refresh_from_db()
    assert bridge.state == verdict.decision


def test_a_proposal_handed_out_twice_at_once_has_one_department(
    rita: User, bridge: Proposal
) -> None:
    hand_out = partial(feasibility.assign_proposals, by=None, proposals=[bridge])
    results = at_once(
        partial(hand_out, department=make_body("Roads")),
        partial(hand_out, department=make_body("Parks")),
    )
    assert len(errors_in(results)) == 1
    assert Review.objects.filter(proposal=bridge).count() == 1


def test_an_appeal_and_the_ballot_do_not_pass_each_other(
    rita: User, bridge: Proposal, alice: User, bob: User, cycle: Cycle
) -> None:
    assign(bridge, rita)
    decide(bridge, rita, "with_changes")
    feasibility.answer_changes(by=alice, proposal=bridge, agrees=True, note="", language="en")
    at_once(
        partial(
            feasibility.appeal_verdict, by=alice, proposal=bridge, grounds="More", language="en"
        ),
        partial(feasibility.shortlist_feasible, by=bob, cycle=cycle),
    )
    bridge.refresh_from_db()
    has_appeal = hasattr(bridge, "appeal")
    assert has_appeal != (bridge.state == "shortlisted")
