"""A proposal in the other official language: before a vote both are needed."""

from django.db import transaction

from accounts.models import User
from budgeting.models import Proposal
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from participation.services import Wording, record, write_text


@transaction.atomic
def translate_proposal(*, by: User, proposal: Proposal, wording: Wording) -> None:
    """Add or replace a translation: both official languages are needed before a vote.

    Raises BallotFrozen for a text that stands on a frozen ballot; a missing one may still come.
    """
    is_there = proposal.dossier.texts.filter(language=wording.language).exists()
    if is_there and is_frozen(proposal):
        raise BallotFrozen
    write_text(dossier=proposal.dossier, wording=wording)
    record(
        kind="budgeting.proposal_translated",
        dossier=proposal.dossier,
        actor=by,
        language=wording.language,
    )
