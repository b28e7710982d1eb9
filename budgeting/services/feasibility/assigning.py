"""Who checks which proposal: a department with its date, a person, and every change of them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from budgeting import phases
from budgeting.models import Desk, Handover, Proposal, Review
from budgeting.models.feasibility import FIRST_LOOK, SECOND_LOOK
from budgeting.services.feasibility import errors
from budgeting.services.feasibility.authors import authors_of
from budgeting.services.feasibility.desk import desk_of, reviewers_of, rules_of
from participation.models import AnswerDue, Disposition, Dossier
from participation.services import notify, record
from participation.services.answers import (
    Words,
    current_calendar,
    publish_answer,
    register_answer_due,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

NO_FURTHER = _("The proposal goes no further, so nothing is left to check.")
CHECKED_STATES = (
    Proposal.State.SUBMITTED,
    Proposal.State.FEASIBLE,
    Proposal.State.NOT_FEASIBLE,
    Proposal.State.SHORTLISTED,
)
LONGEST_SUBJECT = 300


def locked(proposal: Proposal) -> Proposal:
    """Looked at again under a lock: what happened meanwhile counts."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("dossier__territory", "cycle__dossier__territory", "author").get(
        pk=proposal.pk
    )


@transaction.atomic
def assign_proposals(
    *,
    by: User | None,
    proposals: Sequence[Proposal],
    department: Organisation,
    reviewer: User | None = None,
    received_on: date | None = None,
) -> list[Review]:
    """Hand submitted proposals to a department; from that day on it owes a verdict on each.

    All or none. Raises DeskNotOpen, AssignedAlready, NotBeingChecked, NotAReviewer, OwnProposal.
    """
    reviews = []
    for given in sorted(proposals, key=lambda proposal: proposal.pk):
        proposal = locked(given)
        if proposal.state != Proposal.State.SUBMITTED:
            raise errors.NotBeingChecked
        if proposal.reviews.exists():
            raise errors.AssignedAlready
        desk = desk_of(proposal.cycle)
        _check_reviewer(proposal, reviewer, FIRST_LOOK)
        reviews.append(_open(desk, proposal, FIRST_LOOK, by, department, reviewer, received_on))
    if reviewer is not None and reviewer != by and reviews:
        _tell(reviewer, reviews)
    return reviews


@transaction.atomic
def open_second_look(
    *,
    by: User | None,
    proposal: Proposal,
    department: Organisation,
    reviewer: User,
    received_on: date | None = None,
) -> Review:
    """After an appeal: another person than the first looks again. Raises NothingToAppeal,
    AssignedAlready, SameReviewer, NotAReviewer, OwnProposal."""
    proposal = locked(proposal)
    if not hasattr(proposal, "appeal"):
        raise errors.NothingToAppeal
    if proposal.reviews.filter(look=SECOND_LOOK).exists():
        raise errors.AssignedAlready
    desk = desk_of(proposal.cycle)
    _check_reviewer(proposal, reviewer, SECOND_LOOK)
    review = _open(desk, proposal, SECOND_LOOK, by, department, reviewer, received_on)
    if reviewer != by:
        _tell(reviewer, [review])
    return review


def any_review(proposal: Proposal) -> Review:
    """The look that is going on. Raises NotBeingChecked where nobody has begun one."""
    review = proposal.reviews.order_by("-look").first()
    if review is None:
        raise errors.NotBeingChecked
    return review


@transaction.atomic
def hand_over(
    *,
    by: User,
    review: Review,
    department: Organisation | None,
    reviewer: User | None,
    reason_kk: str,
    reason_ru: str,
) -> Review:
    """Give a review to another department or person, with public reasons.

    A department that passes it on answers so, and the next one has a date of its own. Raises
    DecidedAlready, ReasonsMissing, NotAReviewer, OwnProposal, SameReviewer, and what
    publish_answer raises.
    """
    proposal = locked(review.proposal)
    review = Review.objects.select_related("department", "answer_due").get(pk=review.pk)
    if review.verdicts.exists():
        raise errors.DecidedAlready
    if not reason_kk.strip() or not reason_ru.strip():
        raise errors.ReasonsMissing
    _check_reviewer(proposal, reviewer, review.look)
    if department is not None and department != review.department:
        _pass_on(by, proposal, review, department, reason_kk, reason_ru)
        review.refresh_from_db()
    review.reviewer = reviewer
    review.save(update_fields=["reviewer"])
    Handover.objects.create(
        review=review,
        department=review.department,
        reviewer=reviewer,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
        by=by,
    )
    if reviewer is not None and reviewer != by:
        _tell(reviewer, [review])
    record(
        kind="budgeting.review_handed_over",
        dossier=proposal.dossier,
        actor=by,
        look=review.look,
        department=review.department.name_ru if review.department else None,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
    )
    return review


def on_answers(due: AnswerDue) -> None:
    """What officers answer at their own desk: passing on moves the review; all else is a verdict.

    Raises AnswerByVerdict.
    """
    review = Review.objects.select_related("proposal").filter(answer_due=due).first()
    if review is None or not due.is_answered:
        return
    last = due.answers.order_by("-version").first()
    if last is not None and last.disposition == Disposition.REDIRECTED:
        review.answer_due, review.department = due.redirected_to, last.redirected_to
        review.reviewer = None
        review.save(update_fields=["answer_due", "department", "reviewer"])
    elif review.proposal.state in CHECKED_STATES:
        closing = Disposition.DONE  # of a proposal that went no further, and does after all
        given = due.answers.exclude(disposition=closing).count()
        if last is None or last.disposition == closing or given > review.verdicts.count():
            raise errors.AnswerByVerdict


@transaction.atomic
def end_check(*, by: User | None, proposal: Proposal) -> None:
    """Nothing is owed any more for a proposal that was withdrawn or goes on in another."""
    for review in proposal.reviews.open().exclude(answer_due=None).select_related("answer_due"):
        due = review.answer_due
        if due is None or due.is_answered or due.paused_on is not None:
            continue
        words = {code: _in(code, NO_FURTHER) for code in ("kk", "ru")}
        publish_answer(
            by=by,
            answer_due=due,
            words=Words(
                disposition=Disposition.DONE,
                reasoning_kk=words["kk"],
                reasoning_ru=words["ru"],
                signed_name=due.addressee.name_ru,
                signed_post=due.addressee.name_ru,
            ),
        )


def _in(language: str, text: "LazyText") -> str:
    with override(language):
        return str(text)


def _check_reviewer(proposal: Proposal, reviewer: User | None, look: int) -> None:
    if reviewer is None:
        return
    if reviewer not in reviewers_of(proposal.cycle):
        raise errors.NotAReviewer
    if reviewer in authors_of(proposal):
        raise errors.OwnProposal
    first = proposal.reviews.filter(look=FIRST_LOOK)
    if look == SECOND_LOOK and (
        first.filter(reviewer=reviewer).exists()
        or first.filter(verdicts__given_by=reviewer).exists()
    ):
        raise errors.SameReviewer


def _open(
    desk: Desk,
    proposal: Proposal,
    look: int,
    by: User | None,
    department: Organisation,
    reviewer: User | None,
    received_on: date | None,
) -> Review:
    received_on = received_on or timezone.localdate()
    due = register_answer_due(
        by=by,
        dossier=proposal.dossier,
        addressee=department,
        ruleset=desk.ruleset,
        subjects=_subjects(proposal.dossier),
        received_on=received_on,
        working_days=_days(proposal, received_on),
    )
    review = Review.objects.create(
        proposal=proposal, look=look, department=department, reviewer=reviewer, answer_due=due
    )
    record(
        kind="budgeting.review_opened",
        dossier=proposal.dossier,
        actor=by,
        look=look,
        department=department.name_ru,
        due_on=due.due_on.isoformat(),
    )
    return review


def _days(proposal: Proposal, received_on: date) -> int:
    """The department's working days: those of the rules, but no more than the phase has left."""
    rules = rules_of(proposal.cycle)
    longest = rules.working_days if rules else 1
    phase = proposal.cycle.dossier.phases.filter(kind=phases.FEASIBILITY).first()
    if phase is None:
        return longest
    last_day = timezone.localdate(phase.closes_at)
    left = current_calendar().working_days(received_on, last_day)
    return min(longest, left) if left > 0 else longest


def _subjects(dossier: Dossier) -> dict[str, str]:
    subjects = {}
    for language in ("kk", "ru", "en"):
        with override(language):
            dossier.__dict__.pop("text", None)
            title = {"title": dossier.title}
            subjects[language] = (gettext("Can it be done? %(title)s") % title)[:LONGEST_SUBJECT]
    dossier.__dict__.pop("text", None)
    return subjects


def _pass_on(
    by: User,
    proposal: Proposal,
    review: Review,
    department: Organisation,
    reason_kk: str,
    reason_ru: str,
) -> None:
    if review.answer_due is None or review.department is None:
        desk = desk_of(proposal.cycle)
        review.answer_due = register_answer_due(
            by=by,
            dossier=proposal.dossier,
            addressee=department,
            ruleset=desk.ruleset,
            subjects=_subjects(proposal.dossier),
            working_days=_days(proposal, timezone.localdate()),
        )
        review.department = department
        review.save(update_fields=["answer_due", "department"])
        return
    publish_answer(
        by=by,
        answer_due=review.answer_due,
        words=Words(
            disposition=Disposition.REDIRECTED,
            reasoning_kk=reason_kk,
            reasoning_ru=reason_ru,
            redirected_to=department,
            signed_name=by.display_name,
            signed_post=review.department.name_ru,
        ),
    )


def _tell(reviewer: User, reviews: Sequence[Review]) -> None:
    cycle = reviews[0].proposal.cycle
    notify(
        kind="review_assigned",
        recipients=[reviewer],
        dossier=cycle.dossier,
        path=f"{cycle.dossier.path}organise/proposals/?who=me",
        number=len(reviews),
    )
