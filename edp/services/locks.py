"""The lock under which a process moves."""

from edp.models import DiscoveryProcess


def lock(process: DiscoveryProcess) -> DiscoveryProcess:
    """The row as it is now, held until the commit; foreign keys to it do not wait."""
    return (
        DiscoveryProcess.objects.select_for_update(no_key=True, of=("self",))
        .select_related("dossier__territory", "ruleset", "lead_body", "centre")
        .get(pk=process.pk)
    )
