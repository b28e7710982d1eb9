"""Messages on the site: the delivery row itself, so each is there exactly once."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from participation.models import Delivery


def messages_for(person: User) -> QuerySet[Delivery]:
    """Newest first, with all that is shown of them."""
    return (
        Delivery.objects.inbox()
        .filter(recipient=person)
        .select_related("event__dossier__territory", "event__territory")
        .prefetch_related("event__dossier__texts")
        .order_by("-pk")
    )


def number_unread(person: User) -> int:
    return Delivery.objects.unread().filter(recipient=person).count()


@transaction.atomic
def mark_read(*, person: User, message: Delivery) -> None:
    """Twice changes nothing."""
    Delivery.objects.unread().filter(recipient=person, pk=message.pk).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, person: User) -> None:
    Delivery.objects.unread().filter(recipient=person).update(read_at=timezone.now())
