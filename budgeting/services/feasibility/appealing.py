"""What an author says to a verdict: agrees to changes, objects, or asks for a second look."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from budgeting.models import Appeal, Consent, Proposal, Review, Verdict
from budgeting.services.feasibility import errors
from budgeting.services.feasibility.assigning import locked
from budgeting.services.feasibility.authors import authors_of
from budgeting.services.frozen_ballots import BallotFrozen, is_frozen
from participation.models import Role
from participation.services import change_state, notify_followers, record


def verdict_in_force(proposal: Proposal) -> Verdict | None:
    """The last version of the latest look."""
    verdicts = Verdict.objects.filter(review__proposal=proposal).select_related("review")
    return verdicts.order_by("-review__look", "-version").first()


@transaction.atomic
def answer_changes(
    *, by: User, proposal: Proposal, agrees: bool, note: str, language: str
) -> Consent:
    """An author agrees to the changes or objects to them, once, within the days of the rules.

    Raises NotAnAuthor, NothingToAppeal, AnsweredAlready, TooLate, BallotFrozen,
    ObjectionUnexplained.
    """
    proposal = locked(proposal)
    verdict = verdict_in_force(proposal)
    if by not in authors_of(proposal):
        raise errors.NotAnAuthor
    if verdict is None or verdict.consent_until is None:
        raise errors.NothingToAppeal
    if hasattr(verdict, "consent"):
        raise errors.AnsweredAlready
    if timezone.localdate() > verdict.consent_until:
        raise errors.TooLate
    if is_frozen(proposal):
        raise BallotFrozen
    if not agrees and not note.strip():
        raise errors.ObjectionUnexplained
    consent = Consent.objects.create(
        verdict=verdict, person=by, agrees=agrees, note=note.strip(), language=language
    )
    record(
        kind="budgeting.changes_answered",
        dossier=proposal.dossier,
        actor=by,
        agrees=agrees,
    )
    return consent


@transaction.atomic
def appeal_verdict(*, by: User, proposal: Proposal, grounds: str, language: str) -> Appeal:
    """An author asks that somebody else looks again, once, within the days of the rules; until
    then the proposal is not on the ballot.

    Raises NotAnAuthor, NothingToAppeal, AppealUnderWay, TooLate, BallotFrozen.
    """
    proposal = locked(proposal)
    verdict = verdict_in_force(proposal)
    if by not in authors_of(proposal):
        raise errors.NotAnAuthor
    if hasattr(proposal, "appeal"):
        raise errors.AppealUnderWay
    if verdict is None or verdict.review.look != Review.Look.FIRST or not verdict.appeal_until:
        raise errors.NothingToAppeal
    if timezone.localdate() > verdict.appeal_until:
        raise errors.TooLate
    if is_frozen(proposal):
        raise BallotFrozen
    appeal = Appeal.objects.create(
        proposal=proposal, verdict=verdict, by=by, grounds=grounds.strip(), language=language
    )
    if proposal.state == Proposal.State.SHORTLISTED:
        proposal.state = Proposal.State.FEASIBLE
        proposal.save(update_fields=["state"])
        change_state(dossier=proposal.dossier, state=proposal.state)
    notify_followers(
        kind="verdict_appealed",
        dossier=proposal.dossier,
        actor=by,
        roles=[Role.Kind.ORGANISER],
    )
    record(kind="budgeting.verdict_appealed", dossier=proposal.dossier, actor=by)
    return appeal
