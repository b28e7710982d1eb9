"""G1: the steering group, its interests, the means."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Preparation:
    return gates.Preparation(
        steering={}, undeclared=0, has_resource_plan=False, is_ruleset_frozen=False
    )
