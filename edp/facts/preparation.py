"""G1: the steering group, its interests, the means."""

from collections import Counter

from edp import gates
from edp.models import DiscoveryProcess, GroupMembership, ResourcePlan


def facts_of(process: DiscoveryProcess) -> gates.Preparation:
    seats = process.memberships.filter(group=GroupMembership.Group.STEERING, until=None)
    found = list(seats.values_list("helix", "declared_on"))
    return gates.Preparation(
        steering=Counter(helix for helix, _declared_on in found),
        undeclared=sum(declared_on is None for _helix, declared_on in found),
        has_resource_plan=ResourcePlan.objects.filter(process=process).exists(),
        is_ruleset_frozen=process.ruleset.frozen_at is not None,
    )
