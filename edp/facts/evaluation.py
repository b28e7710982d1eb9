"""G4: how many judged each idea, and why the others were not selected."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Evaluation:
    return gates.Evaluation(
        ideas=[],
        scores_after_recusal=0,
        are_weights_frozen=False,
        is_agreement_reported=False,
        candidates=0,
        unselected_without_reason=0,
    )
