"""The kinds of event that this app tells people of."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from budgeting.models import DiaryEntry, Proposal, Verdict
from participation.event_kinds import EMAIL, FOLLOWED, OWN, EventKind, register
from participation.models import Event


def register_kinds() -> None:
    register(
        # By e-mail alone: it is there to warn of somebody else's hand, and is forgotten after
        # the close, so that no row tells when a person voted.
        EventKind(
            "ballot_cast",
            OWN,
            _("A ballot was cast in your name"),
            is_legal=True,
            channels=(EMAIL,),
        )
    )
    register(
        EventKind(
            "proposal_reviewed",
            FOLLOWED,
            _("The city has checked a proposal"),
            tells_area=False,
            contexts=_proposals,
        )
    )
    for code, category, label in (
        ("proposal_changed", FOLLOWED, _("A proposal was written anew")),
        ("proposal_shaped", FOLLOWED, _("A note says how a proposal changed")),
        ("proposal_ended", FOLLOWED, _("A proposal goes no further, or goes on in another one")),
        ("merge_undone", FOLLOWED, _("A merge of proposals was undone")),
        ("coauthor_invited", OWN, _("Somebody asks you to be named as an author")),
        ("merge_asked", OWN, _("Another author asks to merge proposals")),
        ("merge_refused", OWN, _("Your wish to merge proposals was declined")),
    ):
        register(EventKind(code, category, label, tells_area=False, contexts=_proposals))
    register(
        EventKind(
            "work_told",
            FOLLOWED,
            _("There is news of a winner's works"),
            tells_area=False,
            contexts=_diary_entries,
        )
    )
    for code, category, label in (
        ("review_assigned", OWN, _("Proposals were handed to you to check")),
        ("feasibility_question", OWN, _("The city asks about a proposal")),
        ("feasibility_answered", OWN, _("An author answered your question")),
        ("verdict_appealed", FOLLOWED, _("An author asks for a second look")),
        ("proposal_on_ballot", FOLLOWED, _("A proposal is on the ballot")),
    ):
        register(EventKind(code, category, label, tells_area=False))
    register(EventKind("results_published", FOLLOWED, _("The results of a vote are published")))


def _proposals(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The proposals as they stand when the messages are written."""
    rows = (
        Proposal.objects.filter(dossier__in=[event.dossier_id for event in events])
        .select_related("merged_into__dossier")
        .prefetch_related("merged_into__dossier__texts")
    )
    by_dossier: dict[int | None, Proposal] = {row.dossier_id: row for row in rows}
    verdicts: dict[int, Verdict] = {}
    found = Verdict.objects.filter(review__proposal__in=by_dossier.values())
    for verdict in found.select_related("review").order_by("review__look", "version"):
        verdicts[verdict.review.proposal_id] = verdict
    return {
        event.pk: {
            "proposal": (proposal := by_dossier.get(event.dossier_id)),
            "verdict": verdicts.get(proposal.pk) if proposal else None,
        }
        for event in events
    }


def _diary_entries(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The lines of diaries that the messages tell of."""
    rows = DiaryEntry.objects.filter(pk__in=[event.data["entry"] for event in events])
    entries = rows.select_related("milestone").in_bulk()
    return {event.pk: {"entry": entries.get(event.data["entry"])} for event in events}
