"""This app's part of what is exported about a person, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from budgeting.models import (
    CarriedSupport,
    CoAuthor,
    FreeChoice,
    PaperProposal,
    Proposal,
    ProposalDraft,
    ProposalMerge,
    RegisterLine,
    RollEntry,
    ShapingNote,
)


def export(person: User) -> dict[str, Any]:
    """Proposals, and in which elections the person took part: what was chosen nobody can find."""
    proposals = (
        Proposal.objects.filter(author=person)
        .select_related("dossier")
        .prefetch_related("dossier__texts")
    )
    roll = RollEntry.objects.filter(voter=person).select_related("election__envelope__cycle")
    return {
        "registers": _registers(person),
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
        "coauthored": [
            {"number": row.proposal.dossier.reference, "state": row.state}
            for row in CoAuthor.objects.filter(person=person).select_related("proposal__dossier")
        ],
        "drafts": [
            {"saved_at": draft.saved_at.isoformat(), **draft.values}
            for draft in ProposalDraft.objects.filter(person=person).unsent()
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


def _registers(person: User) -> list[dict[str, Any]]:
    """Lines that the person is tied to, and when officers looked at them."""
    lines = (
        RegisterLine.objects.filter(person=person)
        .select_related("register__cycle", "territory")
        .prefetch_related("looks")
    )
    return [
        {
            "cycle": line.register.cycle.slug,
            "territory": str(line.territory),
            "born_on": line.born_on.isoformat(),
            "lives_since": line.lives_since.isoformat() if line.lives_since else None,
            "sex": line.sex,
            "looked_up": [
                {"at": look.at.isoformat(), "reason": look.reason} for look in line.looks.all()
            ],
        }
        for line in lines
    ]


def erase(person: User) -> None:
    """Proposals keep their text without their author; the roll keeps its mark and its count.

    Lines of registers stay tied to the tombstone, so that nobody votes again in its place; what
    was there to be counted alone goes.
    """
    RegisterLine.objects.filter(person=person).update(sex="")
    Proposal.objects.filter(author=person).update(author=None)
    ProposalDraft.objects.filter(person=person).delete()
    coauthored = CoAuthor.objects.filter(person=person)
    coauthored.exclude(state=CoAuthor.State.ACCEPTED).delete()
    coauthored.update(person=None, address_digest=None)
    CarriedSupport.objects.filter(person=person).delete()
    ShapingNote.objects.filter(written_by=person).update(written_by=None)
    ProposalMerge.objects.filter(asked_by=person).update(asked_by=None)
    ProposalMerge.objects.filter(decided_by=person).update(decided_by=None)
    PaperProposal.objects.filter(entered_by=person).update(entered_by=None)


def connect() -> None:
    personal_data.register("budgeting", export=export, erase=erase)
