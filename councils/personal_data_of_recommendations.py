"""What recommendations, citizen checks and public control hold of a person."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from councils.models import (
    CheckAnswer,
    CheckInvitation,
    Commitment,
    ImplementationUpdate,
    LegalAct,
    Recommendation,
)


def export(person: User) -> dict[str, Any]:
    written = Recommendation.objects.filter(written_by=person).select_related("dossier")
    asked = CheckInvitation.objects.filter(person=person).select_related(
        "check_round__recommendation__dossier"
    )
    answers = dict(
        CheckAnswer.objects.filter(invitation__in=asked).values_list("invitation", "value")
    )
    return {
        "recommendations_drafted": [one.dossier.reference for one in written.order_by("pk")],
        "asked_whether_it_changed": [
            {
                "recommendation": one.check_round.recommendation.dossier.reference,
                "because": one.basis,
                "answer": answers.get(one.pk),
            }
            for one in asked.order_by("pk")
        ],
        "published_for_a_body": {
            name: list(model.objects.filter(written_by=person).values_list("pk", flat=True))
            for name, model in (
                ("commitments", Commitment),
                ("news", ImplementationUpdate),
                ("acts", LegalAct),
            )
        },
    }


def erase(person: User) -> None:
    """Official words stay with the tombstone; an answer stays in the count and leads to nobody."""
    CheckInvitation.objects.filter(person=person).update(person=None)
    Recommendation.objects.filter(written_by=person).update(written_by=None)


def connect() -> None:
    personal_data.register("recommendations", export=export, erase=erase)
