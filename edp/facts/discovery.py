"""G3: who took part in how many meetings, and which ideas came of it."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Discovery:
    return gates.Discovery(
        workshops=0, participants={}, outside_centre=0, ideas=0, ideas_without_source=0
    )
