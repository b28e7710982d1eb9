"""Links between dossiers: the chain of evidence, from what was first to what came of it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.errors import Refused
from participation.models import Dossier, DossierLink
from participation.relations import relation_named
from participation.services.journal import record


class AlreadyLinked(Refused):
    message = _("These two are linked in this way already.")


class LinkedToItself(Refused):
    message = _("Nothing can be linked to itself.")
    way_out = _("Give the number of another thing.")


class CircleInChain(Refused):
    message = _("This would close a circle: what came later cannot lead back to what it came from.")
    way_out = _("Look at the whole chain of both, and at the direction of the link.")


class NotPublicYet(Refused):
    message = _("Only what is published can stand in the chain.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is kept in the public record.")


_REFUSALS: dict[str, type[Refused]] = {
    "dossier_link_once": AlreadyLinked,
    "dossier_link_not_to_itself": LinkedToItself,
    "dossier_link_no_circle": CircleInChain,
}


@transaction.atomic
def link_dossiers(
    *, by: User | None, source: Dossier, target: Dossier, relation: str
) -> DossierLink:
    """Say that `source` led to `target` by a registered relation (KeyError for any other).

    Raises NotPublicYet, AlreadyLinked, LinkedToItself and CircleInChain.
    """
    relation_named(relation)
    if source.published_at is None or target.published_at is None:
        raise NotPublicYet
    try:
        with transaction.atomic():
            link = DossierLink.objects.create(source=source, target=target, relation=relation)
    except IntegrityError as error:
        raise _refusal(error) from error
    record(
        kind="participation.dossiers_linked",
        dossier=source,
        actor=by,
        relation=relation,
        target=target.reference,
    )
    return link


def _refusal(error: IntegrityError) -> Refused:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = diagnosis.constraint_name if diagnosis else ""
    if name not in _REFUSALS:
        raise error
    return _REFUSALS[name]()


@transaction.atomic
def unlink_dossiers(*, by: User | None, link: DossierLink, reason: str) -> None:
    """Take a link out of the chain; what it was and why stays in the record. ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    record(
        kind="participation.dossiers_unlinked",
        dossier=link.source,
        actor=by,
        relation=link.relation,
        target=link.target.reference,
        reason=reason,
    )
    link.delete()
