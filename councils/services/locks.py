"""The lock under which the seats of a council change hands."""

from councils.models import Council


def lock(council: Council) -> Council:
    """The row as it is now, held until the commit; foreign keys to it do not wait."""
    return (
        Council.objects.select_for_update(no_key=True, of=("self",))
        .select_related("dossier__territory", "ruleset", "supervised_body")
        .get(pk=council.pk)
    )
