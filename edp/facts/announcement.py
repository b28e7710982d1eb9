"""G0: what is written and dated before a process is announced."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Announcement:
    return gates.Announcement(
        texts=frozenset(), stages_without_dates=0, has_contact=False, has_ruleset=False
    )
