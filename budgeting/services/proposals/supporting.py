"""Support of proposals: as long as they are taken, and what happens to those with too little."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from budgeting import phases
from budgeting.models import Cycle, Proposal
from budgeting.proposal_rules import ProposalRules
from budgeting.services.proposals.authorship import authors_of, end_proposal
from budgeting.services.proposals.errors import ProposalEnded, SupportClosed
from participation.models import Dossier, JournalEntry
from participation.services import notify_followers, record


def check_support(dossier: Dossier) -> None:
    """Asked whenever somebody backs a proposal. Raises SupportClosed, ProposalEnded."""
    proposal = Proposal.objects.select_related("cycle__dossier").get(dossier=dossier)
    if refusal := why_not_support(proposal):
        raise refusal


def why_not_support(proposal: Proposal) -> SupportClosed | ProposalEnded | None:
    if not proposal.is_living:
        return ProposalEnded()
    open_now = proposal.cycle.dossier.phases.open_at(timezone.now())
    is_open = open_now.filter(kind=phases.PROPOSALS).exists()
    return None if is_open else SupportClosed()


def due_thresholds() -> QuerySet[Cycle]:
    """Cycles whose proposals are in and whose support has not been counted yet."""
    counted = JournalEntry.objects.filter(kind="budgeting.threshold_applied").values("dossier")
    return Cycle.objects.filter(
        dossier__phases__kind=phases.PROPOSALS,
        dossier__phases__closes_at__lte=timezone.now(),
        dossier__published_at__isnull=False,
        source_note="",
        ruleset__data__proposals__support_threshold__gt=0,
    ).exclude(dossier__in=counted)


@transaction.atomic
def apply_threshold(*, cycle: Cycle) -> int:
    """Count once, after the phase: what too few people back goes no further, and says so.

    Returns how many. Nobody decides here: the ruleset has.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if not due_thresholds().filter(pk=cycle.pk).exists():
        return 0
    threshold = ProposalRules.from_data(cycle.ruleset.data).support_threshold
    weak = (
        cycle.proposals.filter(
            state=Proposal.State.SUBMITTED, dossier__discussion__backers__lt=threshold
        )
        .select_related("dossier__discussion", "author")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    number = 0
    for proposal in weak:
        reason = _reason(proposal.dossier.discussion.backers, threshold)
        end_proposal(proposal, Proposal.State.BELOW_THRESHOLD, reason)
        notify_followers(kind="proposal_ended", dossier=proposal.dossier, also=authors_of(proposal))
        record(kind="budgeting.proposal_unsupported", dossier=proposal.dossier, reason=reason)
        number += 1
    record(
        kind="budgeting.threshold_applied",
        dossier=cycle.dossier,
        threshold=threshold,
        ended=number,
    )
    return number


def _reason(backers: int, threshold: int) -> str:
    """In both official languages: it is kept as text."""
    told = []
    for language in ("kk", "ru"):
        with override(language):
            told.append(
                _("Backed by %(backers)s; the rules of this budget ask for %(threshold)s.")
                % {"backers": backers, "threshold": threshold}
            )
    return "\n\n".join(dict.fromkeys(told))
