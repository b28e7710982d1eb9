"""G3: who took part in how many meetings, and which ideas came of it."""

from edp import gates
from edp.facts.idea_counts import idea_counts
from edp.models import DiscoveryProcess, ProcessOutput
from edp.participants import meetings_outside_centre, participants_of


def facts_of(process: DiscoveryProcess) -> gates.Discovery:
    written = ProcessOutput.objects.filter(process=process)
    ideas = idea_counts(process)
    return gates.Discovery(
        workshops=process.workshops.held().count(),
        participants=participants_of(process),
        outside_centre=meetings_outside_centre(process),
        outputs=frozenset(written.values_list("code", flat=True)),
        ideas=ideas.admitted,
        ideas_without_source=ideas.without_source,
    )
