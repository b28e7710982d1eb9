from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.errors import Refused
from participation.models import Dossier, Residence, Territory
from participation.services.journal import record


class ConfirmsOneself(Refused):
    message = _("Nobody confirms their own residence.")


@transaction.atomic
def confirm_residence(
    *,
    by: User | None,
    person: User,
    territory: Territory,
    born_on: date,
    method: str = Residence.Method.DESK,
    dossier: Dossier | None = None,
    lives_since: date | None = None,
) -> Residence:
    """Replace the person's confirmed residence. The journal counts it and names nobody."""
    if by is not None and by.pk == person.pk:
        raise ConfirmsOneself
    Residence.objects.filter(person=person, valid_to=None).update(valid_to=timezone.localdate())
    residence = Residence.objects.create(
        person=person,
        territory=territory,
        born_on=born_on,
        lives_since=lives_since,
        method=method,
        confirmed_by=by,
    )
    if by is not None:
        record(
            kind="participation.residence_confirmed",
            dossier=dossier,
            actor=by,
            territory=territory.slug,
            method=method,
        )
    return residence
