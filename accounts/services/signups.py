"""Sign-ups whose address was never shown to be theirs: forgotten after a week."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from accounts.models import User

KEPT = timedelta(days=7)
AT_ONCE = 500


def forget_unverified() -> int:
    """Delete people who never confirmed an address nor signed in. Returns how many.

    Somebody whom anything refers to stays: an officer may have entered them by hand.
    """
    strangers = User.objects.filter(
        joined_at__lt=timezone.now() - KEPT, last_login=None, is_staff=False, erased_at=None
    ).exclude(emailaddress__verified=True)
    return sum(_forget(person) for person in strangers.order_by("pk")[:AT_ONCE])


def _forget(person: User) -> bool:
    try:
        with transaction.atomic():
            # Locked and looked at again: they may be confirming their address this moment.
            still = User.objects.select_for_update().filter(pk=person.pk, last_login=None)
            if not still.exists() or _is_confirmed(person):
                return False
            person.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def _is_confirmed(person: User) -> bool:
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())
