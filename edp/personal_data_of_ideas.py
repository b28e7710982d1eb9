"""Ideas, credits and pledges of a person: exported, and erased so that ideas stand without them."""

from typing import Any

from django.utils import timezone

from accounts import personal_data
from accounts.models import User
from edp.models import Idea, IdeaCredit, NeedMatch, Pledge


def export(person: User) -> dict[str, Any]:
    ideas = Idea.objects.filter(proposer=person).select_related("process", "dossier")
    credited = IdeaCredit.objects.filter(person=person).select_related("idea__dossier")
    pledges = Pledge.objects.filter(person=person).select_related("idea__dossier")
    decided = NeedMatch.objects.filter(decided_by=person).select_related("need", "offer")
    return {
        "ideas": [_idea(idea) for idea in ideas.prefetch_related("dossier__texts", "sources")],
        "credits": [credit.idea.dossier.reference for credit in credited],
        "pledges": [
            {
                "idea": pledge.idea.dossier.reference,
                "kind": pledge.kind,
                "amount": pledge.amount,
                "text": pledge.text,
                "pledged_at": pledge.pledged_at.isoformat(),
                "withdrawn_at": pledge.withdrawn_at.isoformat() if pledge.withdrawn_at else None,
            }
            for pledge in pledges
        ],
        "matches_decided": [
            {"need": match.need.number, "offer": match.offer.number, "state": match.state}
            for match in decided
        ],
    }


def _idea(idea: Idea) -> dict[str, Any]:
    return {
        "number": idea.dossier.reference,
        "process": idea.process.slug,
        "state": idea.state,
        "sentence": idea.parts_in(idea.language),
        "affected_groups": idea.affected_groups,
        "texts": {
            text.language: {"title": text.title, "body": text.body}
            for text in idea.dossier.texts.all()
        },
        "sources": [source.why for source in idea.sources.all()],
    }


def erase(person: User) -> None:
    """Public ideas keep their text without their author; drafts are emptied. A pledge of the
    person's own is withdrawn and loses its words; that of an organisation stays its word."""
    drafts = Idea.objects.filter(proposer=person, state=Idea.State.DRAFT)
    for idea in drafts.select_related("dossier"):
        idea.dossier.texts.all().delete()
        idea.sources.all().delete()
    drafts.update(capability="", technology="", market="", affected_groups="", translations={})
    Idea.objects.filter(proposer=person).update(proposer=None)
    IdeaCredit.objects.filter(person=person).update(person=None)
    pledges = Pledge.objects.filter(person=person)
    own = pledges.filter(organisation=None)
    own.standing().update(withdrawn_at=timezone.now())
    own.update(person=None, text="")
    pledges.update(person=None)
    NeedMatch.objects.filter(decided_by=person).update(decided_by=None)


def connect() -> None:
    personal_data.register("edp_ideas", export=export, erase=erase)
