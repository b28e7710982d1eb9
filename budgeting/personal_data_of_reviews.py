"""What is exported about a person who checks proposals or whose proposal is checked, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from budgeting.models import Appeal, Consent, Handover, Question, Review, Verdict


def export(person: User) -> dict[str, Any]:
    answers = Question.objects.filter(answered_by=person).values("text", "answer")
    return {
        "questions_asked": list(
            Question.objects.filter(asked_by=person).values_list("text", flat=True)
        ),
        "questions_answered": list(answers),
        "changes_answered": list(Consent.objects.filter(person=person).values("agrees", "note")),
        "appeals": list(Appeal.objects.filter(by=person).values_list("grounds", flat=True)),
        "verdicts_signed": list(
            Verdict.objects.filter(given_by=person).values("signed_name", "signed_post")
        ),
        "reviews": list(
            Review.objects.filter(reviewer=person).values_list(
                "proposal__dossier__reference", flat=True
            )
        ),
    }


def erase(person: User) -> None:
    """What was said stays, without its author; verdicts are signed by the post alone."""
    Verdict.objects.filter(given_by=person).update(signed_name="", given_by=None)
    Question.objects.filter(asked_by=person).update(asked_by=None)
    Question.objects.filter(answered_by=person).update(answered_by=None)
    Consent.objects.filter(person=person).update(person=None)
    Appeal.objects.filter(by=person).update(by=None)
    Handover.objects.filter(by=person).update(by=None)
    Handover.objects.filter(reviewer=person).update(reviewer=None)
    Review.objects.filter(reviewer=person).update(reviewer=None)


def connect() -> None:
    personal_data.register("budgeting_reviews", export=export, erase=erase)
