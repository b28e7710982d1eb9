"""What members declare of their interests."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import errors
from councils.models import InterestDeclaration, Mandate
from councils.services.locks import lock
from participation.services import record


@transaction.atomic
def declare_interest(
    *,
    by: User | None,
    mandate: Mandate,
    organisation: str,
    kind: str,
    note: str = "",
    since: date,
    until: date | None = None,
) -> InterestDeclaration:
    """Publish a tie of a member to an organisation. Raises DatesTurned, InterestUnnamed."""
    if not organisation.strip():
        raise errors.InterestUnnamed
    if until is not None and until <= since:
        raise errors.DatesTurned
    declaration = InterestDeclaration.objects.create(
        mandate=mandate,
        organisation=organisation.strip(),
        kind=kind,
        note=note.strip(),
        since=since,
        until=until,
        declared_on=timezone.localdate(),
        declared_by=by,
    )
    record(
        kind="councils.interest_declared",
        dossier=mandate.council.dossier,
        actor=by,
        mandate=mandate.pk,
        declaration=declaration.pk,
        interest=str(kind),
        since=since.isoformat(),
    )
    return declaration


@transaction.atomic
def end_interest(
    *, by: User | None, declaration: InterestDeclaration, on: date
) -> InterestDeclaration:
    """The tie is no more from `on`; that it was stays. Raises DatesTurned, InterestOver."""
    lock(declaration.mandate.council)
    declaration.refresh_from_db(fields=["until"])
    if declaration.until is not None:
        raise errors.InterestOver
    if on <= declaration.since:
        raise errors.DatesTurned
    declaration.until = on
    declaration.save(update_fields=["until"])
    record(
        kind="councils.interest_ended",
        dossier=declaration.mandate.council.dossier,
        actor=by,
        declaration=declaration.pk,
        until=on.isoformat(),
    )
    return declaration
