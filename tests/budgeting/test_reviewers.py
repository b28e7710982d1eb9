"""A reviewer's task ends, once nothing waits in their hands."""

import pytest

from accounts.models import User
from budgeting.models import Cycle, Review
from budgeting.services import feasibility
from budgeting.services.feasibility import errors
from participation.models import JournalEntry, Role
from tests.budgeting.feasibility import assign, decide, make_desk, make_reviewer, submit
from tests.budgeting.pages import SLUG, body, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(cycle: Cycle) -> User:
    make_desk(cycle)
    return make_reviewer(cycle, "Rita")


@pytest.fixture
def task(rita: User) -> Role:
    return Role.objects.get(person=rita)


def end(client_of: User, task: Role) -> str:
    client = signed_in(client_of)
    sent = client.post(page("reviewer-end", SLUG, task.pk), {"form_key": ""}, follow=True)
    return body(sent)


def test_the_organiser_ends_it_and_what_was_said_stays(
    cycle: Cycle, rita: User, task: Role, bob: User, alice: User
) -> None:
    bridge = submit(cycle, alice)
    assign(bridge, rita)
    verdict = decide(bridge, rita)

    assert "checks no more for the department" in end(bob, task)

    assert rita not in feasibility.reviewers_of(cycle)
    assert feasibility.appointed_to(cycle) == []
    verdict.refresh_from_db()
    assert verdict.given_by == rita
    assert JournalEntry.objects.filter(kind="budgeting.reviewer_ended").count() == 1
    assert signed_in(rita).get(page("proposal-queue", SLUG)).status_code == 404


def test_not_while_proposals_are_in_their_hands(
    cycle: Cycle, rita: User, task: Role, bob: User, alice: User
) -> None:
    assign(submit(cycle, alice), rita)
    text = end(bob, task)
    assert "still has proposals to check" in text
    assert "Hand them over to somebody else first." in text
    assert rita in feasibility.reviewers_of(cycle)
    Review.objects.update(reviewer=None)
    assert "checks no more" in end(bob, task)


def test_a_task_ends_once(cycle: Cycle, task: Role, bob: User) -> None:
    feasibility.end_reviewer(by=bob, cycle=cycle, role=task)
    with pytest.raises(errors.NotAReviewer):
        feasibility.end_reviewer(by=bob, cycle=cycle, role=task)


def test_a_role_of_the_whole_city_is_not_ended_here(cycle: Cycle, rita: User, bob: User) -> None:
    role = Role.objects.get(person=bob)
    with pytest.raises(errors.NotAReviewer):
        feasibility.end_reviewer(by=bob, cycle=cycle, role=role)
    assert signed_in(bob).post(page("reviewer-end", SLUG, role.pk)).status_code == 404
    assert signed_in(rita).post(page("reviewer-end", SLUG, role.pk)).status_code == 404
