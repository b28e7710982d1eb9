"""Public questions of a reviewer to the authors, each with a day and at most one answer."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from budgeting.models import Proposal, Question
from budgeting.services.feasibility import errors
from budgeting.services.feasibility.assigning import locked
from budgeting.services.feasibility.authors import authors_of
from budgeting.services.feasibility.checking import review_in_hand
from budgeting.services.feasibility.desk import in_working_days, rules_of
from participation.services import notify, record


@transaction.atomic
def ask_authors(*, by: User, proposal: Proposal, text: str, language: str) -> Question:
    """Ask in public; the authors are told, with the day until which an answer is waited for.

    Raises DeskNotOpen, DecidedAlready, and what review_in_hand raises.
    """
    review = review_in_hand(by=by, proposal=proposal)
    if review.verdicts.exists():
        raise errors.DecidedAlready
    rules = rules_of(proposal.cycle)
    if rules is None:
        raise errors.DeskNotOpen
    question = Question.objects.create(
        review=review,
        text=text.strip(),
        language=language,
        asked_by=by,
        answer_by=in_working_days(rules.question_days),
    )
    notify(
        kind="feasibility_question",
        recipients=authors_of(proposal),
        dossier=proposal.dossier,
        actor=by,
    )
    record(
        kind="budgeting.question_asked",
        dossier=proposal.dossier,
        actor=by,
        question=question.pk,
        answer_by=question.answer_by.isoformat(),
    )
    return question


@transaction.atomic
def answer_question(*, by: User, question: Question, text: str, language: str) -> Question:
    """An author's answer, once; also after its day, as long as there is no verdict.

    Raises NotAnAuthor, AnsweredAlready, TooLate.
    """
    proposal = locked(question.review.proposal)
    question = (
        Question.objects.select_for_update(of=("self",), no_key=True)
        .select_related("review__reviewer")
        .get(pk=question.pk)
    )
    if by not in authors_of(proposal):
        raise errors.NotAnAuthor
    if question.answered_at is not None:
        raise errors.AnsweredAlready
    if question.review.verdicts.exists():
        raise errors.TooLate
    question.answer, question.answer_language = text.strip(), language
    question.answered_by, question.answered_at = by, timezone.now()
    question.save(update_fields=["answer", "answer_language", "answered_by", "answered_at"])
    if question.review.reviewer:
        notify(
            kind="feasibility_answered",
            recipients=[question.review.reviewer],
            dossier=proposal.dossier,
            actor=by,
            path=f"{proposal.cycle.dossier.path}organise/proposals/{proposal.number}/",
        )
    record(
        kind="budgeting.question_answered",
        dossier=proposal.dossier,
        actor=by,
        question=question.pk,
    )
    return question
