"""G6: whether the plan is whole, and who has decided."""

from edp import gates
from edp.models import Decision, DiscoveryProcess
from edp.strategy_reading import gaps_of


def facts_of(process: DiscoveryProcess) -> gates.Adoption:
    """Of the newest version; without one the plan itself is what is missing."""
    strategy = process.strategies.for_display().order_by("-version").first()
    if strategy is None:
        return gates.Adoption(
            gaps=1,
            is_council_heard=False,
            is_council_answered=False,
            has_akimat_decided=False,
            has_maslikhat_decided=False,
        )
    decided = set(strategy.approvals.values_list("decision__kind", flat=True))
    is_heard = Decision.Kind.COUNCIL_OPINION in decided
    unanswered = strategy.recommendations.filter(answer_due__answered_on=None)
    return gates.Adoption(
        gaps=len(gaps_of(strategy)),
        is_council_heard=is_heard,
        is_council_answered=is_heard and not unanswered.exists(),
        has_akimat_decided=Decision.Kind.AKIMAT in decided,
        has_maslikhat_decided=Decision.Kind.MASLIKHAT in decided,
    )
