from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from participation.models import SentForm


@transaction.atomic
def once(*, key: UUID, person: User | None, act: Callable[[], str]) -> str:
    """Run `act` unless this form was sent before; the address to which it led, either time.

    A second request that arrives while the first is at work waits for it: the key is unique.
    """
    _, is_first = SentForm.objects.get_or_create(key=key, defaults={"person": person})
    if not is_first:
        return SentForm.objects.get(key=key).led_to
    led_to = act()
    SentForm.objects.filter(key=key).update(led_to=led_to)
    return led_to
