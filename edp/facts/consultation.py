"""G5: how long everybody had, and whether every comment has its answer."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Consultation:
    return gates.Consultation(
        working_days=0,
        hearings=0,
        unanswered=0,
        is_list_of_changes_published=False,
        is_share_in_time_published=False,
    )
