"""G7: what was measured, who judged the process, what is to change."""

from edp import gates
from edp.models import DiscoveryProcess


def facts_of(process: DiscoveryProcess) -> gates.Review:
    return gates.Review(
        measurements_missing=0,
        wheel_assessors=0,
        external_assessors=0,
        is_revision_decided=False,
    )
