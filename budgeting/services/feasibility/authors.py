"""Whose proposal it is."""

from django.db.models import Q

from accounts.models import User
from budgeting.models import CoAuthor, Proposal
from budgeting.services.feasibility.errors import OwnProposal


def authors_of(proposal: Proposal) -> list[User]:
    """The author and those who accepted to be named: they are asked, may object and may appeal."""
    accepted = Q(coauthored__proposal=proposal, coauthored__state=CoAuthor.State.ACCEPTED)
    return list(User.objects.filter(Q(pk=proposal.author_id) | accepted).distinct().order_by("pk"))


def refuse_reviewer(person: User, proposal: Proposal) -> None:
    """Whoever checks a proposal does not become its author. Raises OwnProposal."""
    checks = Q(reviewer=person) | Q(verdicts__given_by=person)
    if proposal.reviews.filter(checks).exists():
        raise OwnProposal
