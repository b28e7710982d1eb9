"""What consultations know of a person; comments themselves are the discussion's (participation)."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from edp.models import PassageComment, StatementVote, VoteStatement


def export(person: User) -> dict[str, Any]:
    votes = StatementVote.objects.filter(person=person).select_related(
        "statement__consultation__dossier"
    )
    proposed = VoteStatement.objects.filter(proposed_by=person).order_by("pk")
    entered = PassageComment.objects.filter(entered_by=person).order_by("pk")
    return {
        "votes_on_statements": [
            {
                "consultation": vote.statement.consultation.dossier.reference,
                "statement": vote.statement.number,
                "vote": vote.value,
                "helix": vote.helix,
            }
            for vote in votes.order_by("pk")
        ],
        "statements_proposed": [
            {"texts": row.texts, "state": row.state, "reason": row.reason} for row in proposed
        ],
        "comments_entered_for_others": [row.comment_id for row in entered],
    }


def erase(person: User) -> None:
    """Votes stay with the tombstone, since counts hold; words never put to the vote are emptied.

    What was put to the vote is an official text and names nobody.
    """
    own = VoteStatement.objects.filter(proposed_by=person)
    own.exclude(state=VoteStatement.State.ACCEPTED).update(text_kk="", text_ru="", text_en="")


def connect() -> None:
    personal_data.register("consultations", export=export, erase=erase)
