"""When the evidence of a process may be added to."""

from django.utils.translation import gettext_lazy as _

from edp.models import DiscoveryProcess, Stage
from participation.errors import Refused

CLOSED = (Stage.CLOSED, Stage.SUSPENDED, Stage.CANCELLED)


class EvidenceClosed(Refused):
    message = _("Evidence is not taken now: the process is closed or suspended.")


class ProcessNotPublic(Refused):
    message = _("The process is not public yet, and nothing in it can be published.")
    way_out = _("Announce the process first.")


def take_process(process: DiscoveryProcess) -> DiscoveryProcess:
    """The process as it stands, held until the commit. Raises EvidenceClosed."""
    held = (
        DiscoveryProcess.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dossier__territory", "ruleset")
        .get(pk=process.pk)
    )
    if held.stage in CLOSED:
        raise EvidenceClosed
    return held


def take_public_process(process: DiscoveryProcess) -> DiscoveryProcess:
    """Raises EvidenceClosed and ProcessNotPublic."""
    held = take_process(process)
    if held.dossier.published_at is None:
        raise ProcessNotPublic
    return held
