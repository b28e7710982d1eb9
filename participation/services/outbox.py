from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation.models import Delivery, Dossier, Event


@transaction.atomic
def notify(
    *,
    kind: str,
    recipients: Iterable[User],
    dossier: Dossier | None = None,
    channels: Iterable[str] = (Delivery.Channel.EMAIL,),
    **data: Any,
) -> Event:
    """Write one event and a delivery for each recipient and channel; a worker sends them.

    Call it in the transaction of the act. Nothing is sent here and no broker is touched, so
    the act cannot be lost or delayed with them.
    """
    event = Event.objects.create(kind=kind, dossier=dossier, data=data)
    now = timezone.now()
    Delivery.objects.bulk_create(
        [
            Delivery(event=event, recipient=person, channel=channel, next_attempt_at=now)
            for person in recipients
            for channel in channels
        ],
        ignore_conflicts=True,
    )
    return event
