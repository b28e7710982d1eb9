"""Links into the chain of evidence that come of themselves."""

from contextlib import suppress

from accounts.models import User
from participation.models import Dossier
from participation.services.links import AlreadyLinked, CircleInChain, link_dossiers


def lead_to(*, by: User | None, source: Dossier | None, target: Dossier) -> None:
    """Say that a public thing led to another, unless the chain says so or otherwise already."""
    if source is None or source.published_at is None:
        return
    with suppress(AlreadyLinked, CircleInChain):
        link_dossiers(by=by, source=source, target=target, relation="led_to")
