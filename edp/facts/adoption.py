"""G6: whether the plan is whole, and who has decided."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Adoption:
    return gates.Adoption(
        gaps=1,
        is_council_heard=False,
        is_council_answered=False,
        has_akimat_decided=False,
        has_maslikhat_decided=False,
    )
