"""From a department's desk to the ballot: who checks, what is said, what can be appealed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from budgeting.feasibility_account import Place
from budgeting.feasibility_reading import account_of_cycle, loads_of_reviewers, overdue_reviews
from budgeting.models import CoAuthor, Cycle, Election, Proposal, Review, Verdict
from budgeting.services import feasibility
from budgeting.services.feasibility import errors
from budgeting.services.frozen_ballots import BallotFrozen
from budgeting.services.proposals import (
    answer_invitation,
    merge_proposals,
    undo_merge,
    withdraw_proposal,
)
from participation.models import AnswerDue, Delivery, JournalEntry
from participation.services.answers import Words, current_calendar, publish_answer
from tests.budgeting.feasibility import (
    assign,
    check_all,
    decide,
    make_desk,
    make_reviewer,
    make_ruleset,
    ruling,
    submit,
)
from tests.participation.answers import make_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(cycle: Cycle) -> User:
    make_desk(cycle)
    return make_reviewer(cycle, "Rita")


@pytest.fixture
def sam(cycle: Cycle, rita: User) -> User:
    return make_reviewer(cycle, "Sam")


@pytest.fixture
def bridge(cycle: Cycle, alice: User) -> Proposal:
    return submit(cycle, alice)


def told(person: User, kind: str) -> int:
    return (
        Delivery.objects.filter(recipient=person, event__kind=kind)
        .values("event")
        .distinct()
        .count()
    )


def records(kind: str) -> int:
    return JournalEntry.objects.filter(kind=f"budgeting.{kind}").count()


# --- The desk -----------------------------------------------------------------------------------


def test_a_desk_copies_its_check_list_and_freezes_its_rules(cycle: Cycle) -> None:
    desk = make_desk(cycle)
    assert [item.code for item in desk.items.all()] == ["land", "law"]
    assert desk.ruleset.frozen_at is not None
    with pytest.raises(errors.DeskOpenAlready):
        feasibility.open_desk(by=None, cycle=cycle, ruleset=desk.ruleset)


def test_unusable_rules_open_no_desk(cycle: Cycle) -> None:
    with pytest.raises(errors.RulesUnusable, match="appeal_days"):
        feasibility.open_desk(by=None, cycle=cycle, ruleset=make_ruleset(appeal_days=0))
    with pytest.raises(errors.RulesUnusable):
        feasibility.open_desk(by=None, cycle=cycle, ruleset=cycle.ruleset)


def test_a_department_owes_a_verdict_by_a_day(rita: User, bridge: Proposal, bob: User) -> None:
    review = assign(bridge, rita)
    due = review.answer_due
    assert due is not None
    assert (due.addressee, due.length) == (make_body("Roads"), 10)
    assert "A bridge" in due.subject_en
    assert "Көпір" in due.subject_kk
    assert told(rita, "review_assigned") == 1
    assert records("review_opened") == 1
    with pytest.raises(errors.AssignedAlready):
        assign(bridge, rita)


def test_a_date_is_never_after_the_phase(rita: User, cycle: Cycle, bridge: Proposal) -> None:
    today, calendar = timezone.localdate(), current_calendar()
    end = timezone.now() + timedelta(days=6)
    cycle.dossier.phases.filter(kind="feasibility").update(closes_at=end)
    due = assign(bridge, rita).answer_due
    assert due is not None
    assert due.length == calendar.working_days(today, timezone.localdate(end)) < 10
    assert due.due_on <= timezone.localdate(end)


def test_only_reviewers_check_and_nobody_their_own(
    rita: User, bridge: Proposal, charlie: User, cycle: Cycle, alice: User
) -> None:
    with pytest.raises(errors.NotAReviewer):
        assign(bridge, charlie)
    feasibility.appoint_reviewer(by=None, cycle=cycle, person=alice, department=make_body("Roads"))
    with pytest.raises(errors.OwnProposal):
        assign(bridge, alice)
    CoAuthor.objects.create(
        proposal=bridge, person=rita, state="accepted", answered_at=timezone.now()
    )
    with pytest.raises(errors.OwnProposal):
        assign(bridge, rita)
    assert not Review.objects.filter(proposal=bridge).exists()


def test_a_person_hands_over_with_reasons(
    rita: User, sam: User, bob: User, bridge: Proposal
) -> None:
    review = assign(bridge, rita)
    words = {"reason_kk": "Демалыс", "reason_ru": "Отпуск"}
    with pytest.raises(errors.ReasonsMissing):
        feasibility.hand_over(
            by=bob, review=review, department=None, reviewer=sam, reason_kk="", reason_ru="Отпуск"
        )
    review = feasibility.hand_over(by=bob, review=review, department=None, reviewer=sam, **words)
    assert review.reviewer == sam
    assert review.handovers.get().reason_ru == "Отпуск"
    assert told(sam, "review_assigned") == 1
    with pytest.raises(errors.NotYours):
        check_all(bridge, rita)


def test_another_department_has_a_date_of_its_own(rita: User, bob: User, bridge: Proposal) -> None:
    first = assign(bridge, rita).answer_due
    parks = make_body("Parks")
    review = feasibility.hand_over(
        by=bob, review=feasibility.any_review(bridge), department=parks, reviewer=None,
        reason_kk="Саябақ", reason_ru="Это парк",
    )  # fmt: skip
    assert first is not None
    first.refresh_from_db()
    assert (review.department, review.reviewer) == (parks, None)
    assert review.answer_due == first.redirected_to
    assert first.is_answered


def test_officers_answer_by_a_verdict_and_in_no_other_way(rita: User, bridge: Proposal) -> None:
    due = assign(bridge, rita).answer_due
    assert due is not None
    words = Words(
        disposition="accepted",
        reasoning_kk="Иә",
        reasoning_ru="Да",
        signed_name="A",
        signed_post="B",
    )
    with pytest.raises(errors.AnswerByVerdict):
        publish_answer(by=None, answer_due=due, words=words)


# --- Check list, estimate, questions ------------------------------------------------------------


def test_no_verdict_before_the_list_is_complete(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    with pytest.raises(errors.ChecksMissing):
        feasibility.give_verdict(by=rita, proposal=bridge, ruling=ruling())
    with pytest.raises(errors.NoExplained):
        check_all(bridge, rita, "no")
    check_all(bridge, rita, "no", "The railway owns it.")
    verdict = feasibility.give_verdict(by=rita, proposal=bridge, ruling=ruling("not_feasible"))
    assert [row["note"] for row in verdict.checks] == ["The railway owns it."] * 2
    assert verdict.told_checks[0]["text"] == "The city's land"


def test_lines_sum_to_the_checked_cost_beside_the_guess(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    feasibility.save_estimate(
        by=rita,
        proposal=bridge,
        lines=[feasibility.Line("Steel", 7, "t", 50), feasibility.Line("Work", 3, "day", 21)],
        source="Price list of 2026",
        running_cost=9,
    )
    verdict = decide(bridge, rita, cost=1)
    bridge.refresh_from_db()
    assert (verdict.cost, verdict.guess, verdict.running_cost) == (413, 300, 9)
    assert (bridge.cost, bridge.running_cost, bridge.state) == (413, 9, "feasible")
    assert [line["amount"] for line in verdict.estimate] == [350, 63]


def test_a_cost_beyond_the_envelope_is_not_feasible(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    for decision in ("feasible", "with_changes"):
        with pytest.raises(errors.CostBeyondEnvelope):
            decide(bridge, rita, decision, cost=1001)
    assert decide(bridge, rita, "not_feasible", cost=1001).cost == 1001


def test_a_question_is_answered_once_by_an_author(
    rita: User, bridge: Proposal, alice: User, charlie: User
) -> None:
    assign(bridge, rita)
    question = feasibility.ask_authors(by=rita, proposal=bridge, text="Where?", language="en")
    assert told(alice, "feasibility_question") == 1
    assert question.answer_by == current_calendar().shifted(timezone.localdate(), 5)
    with pytest.raises(errors.NotAnAuthor):
        feasibility.answer_question(by=charlie, question=question, text="Here", language="en")
    feasibility.answer_question(by=alice, question=question, text="By the mill", language="en")
    assert told(rita, "feasibility_answered") == 1
    with pytest.raises(errors.AnsweredAlready):
        feasibility.answer_question(by=alice, question=question, text="There", language="en")


def test_no_answer_after_the_verdict(rita: User, bridge: Proposal, alice: User) -> None:
    assign(bridge, rita)
    question = feasibility.ask_authors(by=rita, proposal=bridge, text="Where?", language="en")
    decide(bridge, rita)
    with pytest.raises(errors.TooLate):
        feasibility.answer_question(by=alice, question=question, text="Here", language="en")
    with pytest.raises(errors.DecidedAlready):
        feasibility.ask_authors(by=rita, proposal=bridge, text="Why?", language="en")


# --- Verdicts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "state", "disposition"),
    [
        ("feasible", "feasible", "accepted"),
        ("with_changes", "feasible", "in_part"),
        ("not_feasible", "not_feasible", "rejected"),
    ],
)
def test_the_state_and_the_departments_answer_follow(
    rita: User, bridge: Proposal, decision: str, state: str, disposition: str
) -> None:
    review = assign(bridge, rita)
    decide(bridge, rita, decision)
    bridge.refresh_from_db()
    assert bridge.state == bridge.dossier.state == state
    due = AnswerDue.objects.get(pk=review.answer_due_id)
    assert due.answer is not None
    assert (due.answer.disposition, due.days_late) == (disposition, 0)
    assert due.answer.reasoning_kk == "Себебі бар."
    assert records("proposal_reviewed") == 5  # four of the fixture


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reasons_kk": " "}, errors.ReasonsMissing),
        ({"reasons_ru": ""}, errors.ReasonsMissing),
        ({"signed_post": " "}, errors.SignatureMissing),
        ({"decision": "with_changes", "changes_ru": ""}, errors.ChangesMissing),
    ],
)
def test_a_verdict_is_whole_or_not_given(
    rita: User, bridge: Proposal, change: dict[str, str], error: type[Exception]
) -> None:
    assign(bridge, rita)
    check_all(bridge, rita)
    with pytest.raises(error):
        feasibility.give_verdict(by=rita, proposal=bridge, ruling=ruling(**change))
    assert not Verdict.objects.filter(review__proposal=bridge).exists()


def test_a_new_verdict_says_why_and_the_old_one_stays(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    decide(bridge, rita)
    with pytest.raises(errors.SupersedingReasonMissing):
        decide(bridge, rita, "not_feasible")
    feasibility.give_verdict(
        by=rita, proposal=bridge, ruling=ruling("not_feasible"), superseding_reason="A survey."
    )
    bridge.refresh_from_db()
    assert bridge.state == "not_feasible"
    versions = Verdict.objects.filter(review__proposal=bridge).order_by("version")
    assert [v.decision for v in versions] == ["feasible", "not_feasible"]
    due = bridge.reviews.get().answer_due
    assert due is not None
    assert due.answers.count() == 2


def test_a_city_without_a_desk_decides_at_once(cycle: Cycle, bob: User, bridge: Proposal) -> None:
    feasibility.give_verdict(by=bob, proposal=bridge, ruling=ruling())
    review = bridge.reviews.get()
    assert (review.reviewer, review.department, review.answer_due) == (bob, None, None)
    with pytest.raises(errors.DeskNotOpen):
        feasibility.give_verdict(
            by=bob, proposal=bridge, ruling=ruling("with_changes"), superseding_reason="Why"
        )


def test_what_was_withdrawn_is_not_checked_and_nothing_is_owed(
    rita: User, bridge: Proposal, alice: User
) -> None:
    review = assign(bridge, rita)
    withdraw_proposal(by=alice, proposal=bridge, reason="Moved away")
    due = AnswerDue.objects.get(pk=review.answer_due_id)
    assert due.is_answered
    with pytest.raises(errors.NotBeingChecked):
        decide(bridge, rita)


def test_what_comes_back_is_checked_after_all(
    rita: User, bridge: Proposal, bob: User, cycle: Cycle
) -> None:
    review = assign(bridge, rita)
    merge_proposals(by=bob, proposal=bridge, into=submit(cycle), reason="The same")
    undo_merge(by=bob, proposal=bridge, reason="Not the same")
    decide(bridge, rita)
    due = AnswerDue.objects.get(pk=review.answer_due_id)
    assert [answer.disposition for answer in due.answers.order_by("version")] == [
        "done",
        "accepted",
    ]


def test_a_reviewer_does_not_become_an_author(rita: User, bridge: Proposal) -> None:
    assign(bridge, rita)
    CoAuthor.objects.create(proposal=bridge, person=rita)
    with pytest.raises(errors.OwnProposal):
        answer_invitation(by=rita, proposal=bridge, is_accepted=True)
    answer_invitation(by=rita, proposal=bridge, is_accepted=False)


# --- What authors say ---------------------------------------------------------------------------


def test_an_author_objects_and_the_project_stays_behind(
    rita: User, bridge: Proposal, alice: User, charlie: User, cycle: Cycle
) -> None:
    assign(bridge, rita)
    decide(bridge, rita, "with_changes")
    today = timezone.localdate()
    assert [row.code for row in feasibility.sorted_out(cycle, today).left] == ["agreeing"]
    later = today + timedelta(days=30)
    assert feasibility.sorted_out(cycle, later).ready == [bridge]
    with pytest.raises(errors.NotAnAuthor):
        feasibility.answer_changes(by=charlie, proposal=bridge, agrees=True, note="", language="en")
    with pytest.raises(errors.ObjectionUnexplained):
        feasibility.answer_changes(by=alice, proposal=bridge, agrees=False, note=" ", language="en")
    feasibility.answer_changes(by=alice, proposal=bridge, agrees=False, note="No", language="en")
    with pytest.raises(errors.AnsweredAlready):
        feasibility.answer_changes(by=alice, proposal=bridge, agrees=True, note="", language="en")
    assert [row.code for row in feasibility.sorted_out(cycle, later).left] == ["objected"]
    assert account_of_cycle(cycle, today).numbers[Place.OBJECTED] == 1


def test_a_second_look_is_given_to_somebody_else(
    rita: User, sam: User, bob: User, bridge: Proposal, alice: User, cycle: Cycle
) -> None:
    assign(bridge, rita)
    decide(bridge, rita, "not_feasible")
    roads = make_body("Roads")
    with pytest.raises(errors.NothingToAppeal):
        feasibility.open_second_look(by=bob, proposal=bridge, department=roads, reviewer=sam)
    feasibility.appeal_verdict(by=alice, proposal=bridge, grounds="Look again", language="en")
    assert account_of_cycle(cycle, timezone.localdate()).numbers[Place.APPEALED] == 1
    with pytest.raises(errors.AppealUnderWay):
        feasibility.appeal_verdict(by=alice, proposal=bridge, grounds="Again", language="en")
    with pytest.raises(errors.AppealUnderWay):
        decide(bridge, rita)
    with pytest.raises(errors.SameReviewer):
        feasibility.open_second_look(by=bob, proposal=bridge, department=roads, reviewer=rita)
    feasibility.open_second_look(by=bob, proposal=bridge, department=roads, reviewer=sam)
    verdict = decide(bridge, sam)
    bridge.refresh_from_db()
    assert (bridge.state, verdict.review.look, verdict.appeal_until) == ("feasible", 2, None)
    assert feasibility.verdict_in_force(bridge) == verdict
    assert feasibility.sorted_out(cycle, timezone.localdate()).ready == [bridge]


def test_no_appeal_after_its_days_nor_against_a_yes(
    rita: User, bridge: Proposal, alice: User, cycle: Cycle
) -> None:
    assign(bridge, rita)
    decide(bridge, rita)
    with pytest.raises(errors.NothingToAppeal):
        feasibility.appeal_verdict(by=alice, proposal=bridge, grounds="More", language="en")


# --- To the ballot, and the account -------------------------------------------------------------


def test_one_button_lists_what_is_ready_and_tells_what_is_not(
    rita: User, cycle: Cycle, bridge: Proposal, bob: User, alice: User
) -> None:
    only_kk = submit(cycle)
    only_kk.dossier.texts.exclude(language="kk").delete()
    for proposal in (bridge, only_kk):
        assign(proposal, rita)
        decide(proposal, rita)
    found = feasibility.shortlist_feasible(by=bob, cycle=cycle)
    assert found.ready == [bridge]
    assert [(row.proposal, row.code) for row in found.left] == [(only_kk, "languages")]
    bridge.refresh_from_db()
    assert bridge.state == bridge.dossier.state == "shortlisted"
    entry = JournalEntry.objects.get(kind="budgeting.ballot_filled")
    assert f'"{only_kk.number}":"languages"' in entry.body
    with pytest.raises(errors.NothingToList):
        feasibility.shortlist_feasible(by=bob, cycle=cycle)


def test_a_frozen_ballot_takes_nothing_more(
    rita: User, cycle: Cycle, bob: User, election: Election
) -> None:
    late = submit(cycle)
    assign(late, rita)
    with pytest.raises(BallotFrozen):
        decide(late, rita)
    with pytest.raises(BallotFrozen):
        feasibility.shortlist_feasible(by=bob, cycle=cycle)


def test_the_account_of_a_cycle_leaves_nobody_out(
    rita: User, cycle: Cycle, bridge: Proposal
) -> None:
    today = timezone.localdate()
    cycle.dossier.phases.filter(kind="feasibility").update(
        closes_at=timezone.now() + timedelta(days=60)
    )
    long_ago = current_calendar().shifted(today, -15)
    assign(bridge, rita, received_on=long_ago)
    submit(cycle)
    cycle = Cycle.objects.get(pk=cycle.pk)
    account = account_of_cycle(cycle, today)
    assert account.numbers == {Place.WAITING: 1, Place.OVERDUE: 1, Place.ON_BALLOT: 4}
    assert account.submitted == cycle.proposals.count() == 6
    assert [review.proposal for review in overdue_reviews(cycle, today)] == [bridge]
    load = next(load for load in loads_of_reviewers(cycle, today) if load.name == "Rita")
    assert (load.open, load.overdue, load.decided) == (1, 1, 0)


def test_who_is_erased_leaves_verdicts_signed_by_the_post(rita: User, bridge: Proposal) -> None:
    from accounts.services import erase_person

    assign(bridge, rita)
    verdict = decide(bridge, rita)
    erase_person(person=rita)
    verdict.refresh_from_db()
    assert (verdict.signed_name, verdict.signed_post, verdict.given_by) == (
        "",
        "Head of Roads",
        None,
    )
