"""This app's part of what is exported about a person, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from budgeting.models import FreeChoice, Proposal, RollEntry


def export(person: User) -> dict[str, Any]:
    """Proposals, and in which elections the person took part: what was chosen nobody can find."""
    proposals = (
        Proposal.objects.filter(author=person)
        .select_related("dossier")
        .prefetch_related("dossier__texts")
    )
    roll = RollEntry.objects.filter(voter=person).select_related("election__envelope__cycle")
    return {
        "proposals": [
            {
                "number": proposal.dossier.reference,
                "state": proposal.state,
                "cost": proposal.cost,
                "texts": {
                    text.language: {"title": text.title, "body": text.body}
                    for text in proposal.dossier.texts.all()
                },
            }
            for proposal in proposals
        ],
        "elections": [
            {"cycle": entry.election.envelope.cycle.slug, "voted": entry.casts > 0}
            for entry in roll
        ],
        "chosen_envelopes": [
            {"cycle": choice.cycle.slug, "envelope": choice.election.envelope.number}
            for choice in FreeChoice.objects.filter(voter=person).select_related(
                "cycle", "election__envelope"
            )
        ],
    }


def erase(person: User) -> None:
    """Proposals keep their text without their author; the roll keeps its mark and its count."""
    Proposal.objects.filter(author=person).update(author=None)


def connect() -> None:
    personal_data.register("budgeting", export=export, erase=erase)
