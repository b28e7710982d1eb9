"""G0: what is written and dated before a process is announced."""

from edp import gates
from edp.models import DiscoveryProcess
from edp.phases import PHASE_KINDS

# Everything up to the adoption has a date; how long a strategy is carried out is its period.
DATED = frozenset(kind.code for kind in PHASE_KINDS[:-1])


def facts_of(process: DiscoveryProcess) -> gates.Announcement:
    return gates.Announcement(
        texts=frozenset(_texts_of(process)),
        stages_without_dates=len(DATED - {phase.kind for phase in process.dossier.phases.all()}),
        has_contact=bool(process.contact.strip()),
        has_ruleset=_are_usable(process.ruleset.data),
    )


def _texts_of(process: DiscoveryProcess) -> set[tuple[str, str]]:
    written = set()
    for text in process.dossier.texts.all():
        if text.title.strip():
            written.add(("title", text.language))
        if text.summary.strip():
            written.add(("scope", text.language))
    for language in gates.OFFICIAL_LANGUAGES:
        if getattr(process, f"what_can_change_{language}").strip():
            written.add(("what_can_change", language))
    return written


def _are_usable(data: dict[str, object]) -> bool:
    found = data.get("gates", {})
    if not isinstance(found, dict):
        return False
    try:
        gates.Thresholds.from_data(found)
    except ValueError:
        return False
    return True
