"""An electronic identity as proof: what its provider said at the last sign-in, without number."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.electorate.identity_claims import (
    ClaimNames,
    Identity,
    IncompleteIdentity,
    read_identity,
)
from budgeting.models import Cycle
from budgeting.services.proofs.lines import confirm_by_line, enter_line, register_of
from participation.errors import Refused
from participation.models import Residence, Territory


class NoIdentity(Refused):
    message = _("Your electronic identity does not say who you are and where you live.")
    way_out = _("Sign in with it once more, or choose another way.")


def claim_names() -> ClaimNames | None:
    """None where no claim is named that carries the number."""
    names: dict[str, str] = settings.OIDC_CLAIMS
    return ClaimNames(**names) if names.get("iin") else None


def has_identity(person: User) -> bool:
    return claim_names() is not None and SocialAccount.objects.filter(user=person).exists()


@transaction.atomic
def prove_by_identity(*, person: User, cycle: Cycle) -> Residence:
    """Tie the person to the line of their number. Raises NoIdentity and what `tie` raises."""
    identity = _identity_of(person)
    territory = Territory.objects.filter(kato=identity.territory, valid_to=None).first()
    if territory is None:
        raise NoIdentity
    line = enter_line(
        register=register_of(cycle=cycle),
        iin_hash=identity.iin_hash,
        born_on=identity.born_on,
        territory=territory,
        lives_since=identity.lives_since,
        sex=identity.sex,
    )
    return confirm_by_line(line=line, person=person, method=Residence.Method.IDENTITY_PROVIDER)


def _identity_of(person: User) -> Identity:
    names = claim_names()
    if names is None:
        raise NoIdentity
    said: list[dict[str, Any]] = list(
        SocialAccount.objects.filter(user=person)
        .order_by("-pk")
        .values_list("extra_data", flat=True)
    )
    for claims in said:
        try:
            return read_identity(claims, names)
        except IncompleteIdentity:
            continue
    raise NoIdentity
