"""Correcting how a member's name is written; how it stood before stays to be read."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import errors
from councils.models import Mandate, NameCorrection
from councils.services.locks import lock
from participation.services import record


@transaction.atomic
def correct_name(*, by: User | None, mandate: Mandate, name: str, reason: str) -> Mandate:
    """Another person takes a seat by a mandate of their own, never by this.

    Raises NameMissing, NameUnchanged, ReasonMissing.
    """
    council = lock(mandate.council)
    mandate = Mandate.objects.get(pk=mandate.pk)
    name, reason = name.strip(), reason.strip()
    if not name:
        raise errors.NameMissing
    if name == mandate.name:
        raise errors.NameUnchanged
    if not reason:
        raise errors.ReasonMissing
    correction = NameCorrection.objects.create(
        mandate=mandate,
        before=mandate.name,
        after=name,
        reason=reason,
        corrected_on=timezone.localdate(),
    )
    record(
        kind="councils.name_corrected",
        dossier=council.dossier,
        actor=by,
        mandate=mandate.pk,
        correction=correction.pk,  # names stay out of the record's chain
    )
    mandate.name = name
    mandate.save(update_fields=["name"])
    return mandate
