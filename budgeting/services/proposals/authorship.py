"""Who stands behind a proposal: co-authors by invitation, withdrawal, notes of co-construction."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from budgeting.models import CoAuthor, Proposal, ShapingNote
from budgeting.proposal_rules import ProposalRules
from budgeting.services.feasibility import end_check, refuse_reviewer
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from budgeting.services.proposals.errors import (
    InvitationAnswered,
    ProposalEnded,
    ReasonMissing,
    TooManyCoAuthors,
)
from budgeting.services.proposals.submitting import locked
from participation.services import change_state, follow, notify, notify_followers, record


def authors_of(proposal: Proposal) -> list[User]:
    """The author and those who agreed to be named, each once."""
    named = proposal.coauthors.filter(state=CoAuthor.State.ACCEPTED, person__isnull=False)
    people = [proposal.author, *(row.person for row in named.select_related("person"))]
    return list(dict.fromkeys(person for person in people if person is not None))


@transaction.atomic
def invite_coauthor(*, by: User, proposal: Proposal, email: str) -> None:
    """Ask whoever has the account of this address; nobody learns whether anybody has.

    The same address again changes nothing. Raises TooManyCoAuthors, ProposalEnded.
    """
    proposal = locked(proposal)
    if not proposal.is_living:
        raise ProposalEnded
    digest = salted_hmac("budgeting.coauthor", email.strip().casefold()).hexdigest()
    if proposal.coauthors.filter(address_digest=digest).exists():
        return
    most = ProposalRules.from_data(proposal.cycle.ruleset.data).most_coauthors
    if proposal.coauthors.filter(came_with=None).count() >= most:
        raise TooManyCoAuthors
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person == proposal.author or proposal.coauthors.filter(person=person).exists():
        person = None
    CoAuthor.objects.create(proposal=proposal, person=person, address_digest=digest)
    if person is not None:
        notify(kind="coauthor_invited", recipients=[person], dossier=proposal.dossier, actor=by)


@transaction.atomic
def answer_invitation(*, by: User, proposal: Proposal, is_accepted: bool) -> None:
    """Raises InvitationAnswered also where nobody was asked, OwnProposal for its reviewer."""
    proposal = locked(proposal)
    row = proposal.coauthors.filter(person=by, state=CoAuthor.State.INVITED).first()
    if row is None:
        raise InvitationAnswered
    if is_accepted:
        refuse_reviewer(by, proposal)
    row.state = CoAuthor.State.ACCEPTED if is_accepted else CoAuthor.State.DECLINED
    row.answered_at = timezone.now()
    row.save(update_fields=["state", "answered_at"])
    if is_accepted:
        follow(person=by, dossier=proposal.dossier)
        record(kind="budgeting.coauthor_joined", dossier=proposal.dossier)


@transaction.atomic
def withdraw_proposal(*, by: User, proposal: Proposal, reason: str) -> Proposal:
    """It stays to be read, with its reason. Raises ProposalEnded, BallotFrozen, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    proposal = locked(proposal)
    if is_frozen(proposal):
        raise BallotFrozen
    if not proposal.is_living:
        raise ProposalEnded
    end_proposal(proposal, Proposal.State.WITHDRAWN, reason)
    notify_followers(kind="proposal_ended", dossier=proposal.dossier, actor=by)
    record(
        kind="budgeting.proposal_withdrawn", dossier=proposal.dossier, reason=proposal.end_reason
    )
    return proposal


def end_proposal(
    proposal: Proposal, state: str, reason: str, *, merged_into: Proposal | None = None
) -> None:
    """Write the state in which a proposal goes no further; telling of it is the caller's."""
    proposal.state, proposal.end_reason, proposal.merged_into = state, reason.strip(), merged_into
    proposal.save(update_fields=["state", "end_reason", "merged_into"])
    change_state(dossier=proposal.dossier, state=state)
    end_check(by=None, proposal=proposal)


@transaction.atomic
def write_note(
    *,
    by: User,
    proposal: Proposal,
    happened_on: date,
    text: str,
    language: str,
    by_organiser: bool = False,
) -> ShapingNote:
    """Say in public what changed at a workshop or a talk. Raises ProposalEnded."""
    proposal = locked(proposal)
    if not proposal.is_living:
        raise ProposalEnded
    note = ShapingNote.objects.create(
        proposal=proposal,
        happened_on=happened_on,
        text=text.strip(),
        language=language,
        written_by=by,
        by_organiser=by_organiser,
    )
    follow(person=by, dossier=proposal.dossier)
    notify_followers(kind="proposal_shaped", dossier=proposal.dossier, actor=by, note=note.pk)
    record(
        kind="budgeting.proposal_shaped",
        dossier=proposal.dossier,
        happened_on=happened_on.isoformat(),
    )
    return note
