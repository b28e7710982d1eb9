"""Two proposals that want the same become one, by the organiser or with both authors' consent."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from budgeting.models import CarriedSupport, CoAuthor, Proposal, ProposalMerge
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from budgeting.services.proposals.authorship import authors_of, end_proposal
from budgeting.services.proposals.errors import (
    MergeAsked,
    MergeDecided,
    NotMergeable,
    ReasonMissing,
)
from budgeting.services.proposals.submitting import locked
from participation.models import DossierLink, Follow, Support
from participation.services import change_state, notify, notify_followers, record
from participation.services.links import link_dossiers, unlink_dossiers

MergeState = ProposalMerge.State


@transaction.atomic
def merge_proposals(*, by: User, proposal: Proposal, into: Proposal, reason: str) -> ProposalMerge:
    """The organiser's decision: `proposal` goes on in `into` with supporters and authors.

    Raises NotMergeable, BallotFrozen, MergeAsked, ReasonMissing.
    """
    proposal, into = _both(proposal, into, reason)
    merge = ProposalMerge(
        source=proposal, into=into, state=MergeState.MADE, reason=reason.strip(), asked_by=by
    )
    return _make(by, merge)


@transaction.atomic
def ask_merge(*, by: User, proposal: Proposal, into: Proposal, reason: str) -> ProposalMerge:
    """An author asks the author of the other one; made at once where both are the same person.

    Raises as `merge_proposals`.
    """
    proposal, into = _both(proposal, into, reason)
    merge = ProposalMerge(
        source=proposal, into=into, state=MergeState.ASKED, reason=reason.strip(), asked_by=by
    )
    if by in authors_of(into):
        merge.state = MergeState.MADE
        return _make(by, merge)
    if into.author is None:
        raise NotMergeable
    merge.save()
    notify(kind="merge_asked", recipients=[into.author], dossier=into.dossier, actor=by)
    record(kind="budgeting.merge_asked", dossier=proposal.dossier, into=into.dossier.reference)
    return merge


@transaction.atomic
def answer_merge(*, by: User, merge: ProposalMerge, is_accepted: bool) -> ProposalMerge:
    """Raises MergeDecided, and NotMergeable or BallotFrozen where it is too late by now."""
    proposal, into = _both(merge.source, merge.into, merge.reason, asked=merge)
    merge = ProposalMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.state != MergeState.ASKED:
        raise MergeDecided
    merge.source, merge.into = proposal, into
    if is_accepted:
        merge.state = MergeState.MADE
        return _make(by, merge)
    merge.state, merge.decided_by, merge.decided_at = MergeState.REFUSED, by, timezone.now()
    merge.save()
    if merge.asked_by:
        notify(
            kind="merge_refused", recipients=[merge.asked_by], dossier=proposal.dossier, actor=by
        )
    record(kind="budgeting.merge_refused", dossier=proposal.dossier, into=into.dossier.reference)
    return merge


def _both(
    proposal: Proposal, into: Proposal, reason: str, asked: ProposalMerge | None = None
) -> tuple[Proposal, Proposal]:
    """Both held, if the one may go on in the other."""
    if not reason.strip():
        raise ReasonMissing
    # In the order of their keys: two who merge crosswise do not wait for each other.
    held = {each.pk: locked(each) for each in sorted((proposal, into), key=lambda each: each.pk)}
    proposal, into = held[proposal.pk], held[into.pk]
    if is_frozen(proposal):
        raise BallotFrozen
    is_other = proposal.pk != into.pk and proposal.envelope_id == into.envelope_id
    if not (is_other and proposal.is_living and into.is_living):
        raise NotMergeable
    if asked is None and proposal.merges.filter(state=MergeState.ASKED).exists():
        raise MergeAsked
    return proposal, into


def _make(by: User, merge: ProposalMerge) -> ProposalMerge:
    proposal, into = merge.source, merge.into
    merge.state_before, merge.decided_by, merge.decided_at = proposal.state, by, timezone.now()
    merge.save()
    _carry_supporters(merge)
    _carry_authors(proposal, into)
    end_proposal(proposal, Proposal.State.MERGED, merge.reason, merged_into=into)
    link_dossiers(by=by, source=proposal.dossier, target=into.dossier, relation="merged_into")
    notify_followers(
        kind="proposal_ended", dossier=proposal.dossier, actor=by, also=authors_of(into)
    )
    record(
        kind="budgeting.proposal_merged",
        dossier=proposal.dossier,
        into=into.dossier.reference,
        reason=merge.reason,
    )
    return merge


def _carry_supporters(merge: ProposalMerge) -> None:
    """Whoever backed it or follows it; a support of a comment stays with the comment."""
    there = Support.objects.filter(dossier=merge.into.dossier, comment=None).values("person")
    new = Support.objects.filter(dossier=merge.source.dossier, comment=None).exclude(
        person__in=there
    )
    people = list(new.order_by("person").values_list("person", flat=True))
    CarriedSupport.objects.bulk_create(
        CarriedSupport(merge=merge, person_id=person) for person in people
    )
    Support.objects.bulk_create(
        (Support(person_id=person, dossier=merge.into.dossier) for person in people),
        ignore_conflicts=True,
    )
    followers = Follow.objects.filter(dossier=merge.source.dossier).order_by("person")
    Follow.objects.bulk_create(
        (Follow(person_id=follow.person_id, dossier=merge.into.dossier) for follow in followers),
        ignore_conflicts=True,
    )


def _carry_authors(proposal: Proposal, into: Proposal) -> None:
    now = timezone.now()
    CoAuthor.objects.bulk_create(
        (
            CoAuthor(
                proposal=into,
                person=person,
                state=CoAuthor.State.ACCEPTED,
                came_with=proposal,
                answered_at=now,
            )
            for person in authors_of(proposal)
            if person != into.author
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def undo_merge(*, by: User, proposal: Proposal, reason: str) -> Proposal:
    """A new decision: the proposal goes on by itself, with the supporters it had.

    Who came to the other one with it leaves it again. Raises MergeDecided, BallotFrozen,
    ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    proposal = locked(proposal)
    merge = proposal.merges.filter(state=MergeState.MADE).select_related("into__dossier").first()
    if merge is None:
        raise MergeDecided
    if is_frozen(proposal):
        raise BallotFrozen
    end_proposal(proposal, merge.state_before, "")
    carried = merge.carried.values("person")
    Support.objects.filter(dossier=merge.into.dossier, comment=None, person__in=carried).delete()
    merge.into.coauthors.filter(came_with=proposal).delete()
    link = DossierLink.objects.filter(
        source=proposal.dossier, target=merge.into.dossier, relation="merged_into"
    ).first()
    if link is not None:
        unlink_dossiers(by=by, link=link, reason=reason)
    merge.state, merge.undo_reason = MergeState.UNDONE, reason.strip()
    merge.decided_by, merge.decided_at = by, timezone.now()
    merge.save()
    change_state(dossier=proposal.dossier, state=proposal.state)
    notify_followers(
        kind="merge_undone", dossier=proposal.dossier, actor=by, also=authors_of(merge.into)
    )
    record(
        kind="budgeting.merge_undone",
        dossier=proposal.dossier,
        actor=by,
        into=merge.into.dossier.reference,
        reason=reason.strip(),
    )
    return proposal
