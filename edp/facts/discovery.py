"""G3: who took part in how many meetings, and which ideas came of it."""

from edp import gates
from edp.models import DiscoveryProcess, Workshop
from edp.participants import meetings_outside_centre, participants_of


def facts_of(process: DiscoveryProcess) -> gates.Discovery:
    return gates.Discovery(
        workshops=process.workshops.held().count(),
        participants=participants_of(process),
        outside_centre=meetings_outside_centre(process),
        outputs=_outputs_of(process),
        ideas=0,
        ideas_without_source=0,
    )


def _outputs_of(process: DiscoveryProcess) -> frozenset[str]:
    """What the published reports of its meetings give, all together."""
    reported = process.workshops.filter(state=Workshop.State.REPORTED)
    return frozenset(
        name for covers in reported.values_list("covers", flat=True) for name in covers
    )
