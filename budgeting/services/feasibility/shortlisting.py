"""From feasible to the ballot: all at once, and what stays behind stays behind for a reason."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models import Cycle, Election, Proposal, Review, Verdict
from budgeting.readiness import OFFICIAL_LANGUAGES
from budgeting.services.feasibility import errors
from budgeting.services.frozen_ballots import BallotFrozen
from participation.models import Dossier
from participation.services import notify_followers, record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

REASONS = {
    "appealed": _("The author has appealed; the second look is not finished."),
    "agreeing": _("The author may still object to the changes."),
    "objected": _("The author does not agree to the changes."),
    "cost": _("It costs more than the whole envelope."),
    "languages": _("Its text is missing in Kazakh or in Russian."),
    "frozen": _("The ballot of its envelope is frozen."),
}


@dataclass(frozen=True)
class Left:
    """A feasible proposal that cannot go on the ballot now, and why."""

    proposal: Proposal
    code: str

    @property
    def reason(self) -> "LazyText":
        return REASONS[self.code]


@dataclass(frozen=True)
class Sorted:
    """All feasible proposals of a cycle: none of them is left out of both lists."""

    ready: list[Proposal]
    left: list[Left]


def sorted_out(cycle: Cycle, today: date) -> Sorted:
    """What the button would put on the ballot now, and what not."""
    feasible = cycle.proposals.filter(state=Proposal.State.FEASIBLE).for_display()
    rows = feasible.select_related("envelope__election", "appeal").prefetch_related(
        "reviews__verdicts__consent"
    )
    ready, left = [], []
    for proposal in rows.order_by("number"):
        if code := _reason(proposal, today):
            left.append(Left(proposal, code))
        else:
            ready.append(proposal)
    return Sorted(ready, left)


@transaction.atomic
def shortlist_feasible(*, by: User, cycle: Cycle) -> Sorted:
    """Put every feasible proposal that is ready on the ballot of its envelope.

    Raises BallotFrozen where all ballots are frozen, NothingToList where none is ready.
    """
    # Their rows, so that no verdict, objection or appeal comes between the look and the act.
    waiting = cycle.proposals.filter(state=Proposal.State.FEASIBLE).order_by("pk")
    list(waiting.select_for_update(no_key=True).values_list("pk", flat=True))
    elections = Election.objects.select_for_update().filter(envelope__cycle=cycle).order_by("pk")
    if all(election.state != Election.State.SETUP for election in elections):
        raise BallotFrozen
    found = sorted_out(cycle, timezone.localdate())
    if not found.ready:
        raise errors.NothingToList
    chosen = [proposal.pk for proposal in found.ready]
    Proposal.objects.filter(pk__in=chosen).update(state=Proposal.State.SHORTLISTED)
    dossiers = [proposal.dossier_id for proposal in found.ready]
    Dossier.objects.filter(pk__in=dossiers).update(state=Proposal.State.SHORTLISTED)
    for proposal in found.ready:
        notify_followers(kind="proposal_on_ballot", dossier=proposal.dossier, actor=by)
    record(
        kind="budgeting.ballot_filled",
        dossier=cycle.dossier,
        actor=by,
        proposals=[proposal.number for proposal in found.ready],
        left={str(row.proposal.number): row.code for row in found.left},
    )
    return found


def _reason(proposal: Proposal, today: date) -> str:
    election = getattr(proposal.envelope, "election", None)
    if election is None or election.state != Election.State.SETUP:
        return "frozen"
    reviews = list(proposal.reviews.all())
    if hasattr(proposal, "appeal") and not _has_second_verdict(reviews):
        return "appealed"
    if code := _about_changes(_last_verdict(reviews), today):
        return code
    if proposal.cost > proposal.envelope.amount:
        return "cost"
    languages = {text.language for text in proposal.dossier.texts.all()}
    return "" if languages >= OFFICIAL_LANGUAGES else "languages"


def _has_second_verdict(reviews: list[Review]) -> bool:
    return any(r.look == Review.Look.SECOND and r.verdicts.all() for r in reviews)


def _last_verdict(reviews: list[Review]) -> Verdict | None:
    verdicts = [verdict for review in reviews for verdict in review.verdicts.all()]
    looks = {review.pk: review.look for review in reviews}
    return max(verdicts, key=lambda v: (looks[v.review_id], v.version), default=None)


def _about_changes(verdict: Verdict | None, today: date) -> str:
    if verdict is None or verdict.consent_until is None:
        return ""
    consent = getattr(verdict, "consent", None)
    if consent is None:
        return "agreeing" if today <= verdict.consent_until else ""
    return "" if consent.agrees else "objected"
