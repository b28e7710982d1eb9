"""This app's part of what is exported about a person, and erased."""

from typing import Any

from django.db.models.functions import Now

from accounts import personal_data
from accounts.models import User
from participation import personal_data_of_answers
from participation.models import (
    Delivery,
    Event,
    Follow,
    Newsletter,
    Preference,
    Reach,
    Residence,
    Role,
    Suppression,
)


def export(person: User) -> dict[str, Any]:
    return {
        "roles": [
            {
                "role": role.kind,
                "territory": str(role.territory) if role.territory else None,
                "dossier": role.dossier.reference if role.dossier else None,
                "from": role.valid_from.isoformat(),
                "to": role.valid_to.isoformat() if role.valid_to else None,
            }
            for role in Role.objects.filter(person=person).select_related("territory", "dossier")
        ],
        "residences": [
            {
                "territory": str(residence.territory),
                "shown_by": residence.method,
                "born_on": residence.born_on.isoformat(),
                "confirmed_at": residence.confirmed_at.isoformat(),
            }
            for residence in Residence.objects.filter(person=person).select_related("territory")
        ],
        "messages": [
            {"kind": delivery.event.kind, "channel": delivery.channel, "state": delivery.state}
            for delivery in Delivery.objects.filter(recipient=person).select_related("event")
        ],
        "follows": [
            str(follow.dossier or follow.territory or follow.organisation)
            for follow in Follow.objects.filter(person=person)
            .select_related("dossier", "territory", "organisation")
            .prefetch_related("dossier__texts")
        ],
        "preferences": list(
            Preference.objects.filter(person=person).values("category", "channel", "pace")
        ),
        "reach": list(
            Reach.objects.filter(person=person).values("time_zone", "telegram_chat", "phone")
        ),
        "addresses_that_refused_mail": list(
            Suppression.objects.filter(address__iexact=person.email).values("address", "reason")
        ),
    }


def erase(person: User) -> None:
    Role.objects.in_force().filter(person=person).update(valid_to=Now())
    Residence.objects.filter(person=person).delete()
    for model in (Follow, Preference, Reach):
        model.objects.filter(person=person).delete()
    Suppression.objects.filter(address__iexact=person.email).delete()
    _erase_messages(person)


def _erase_messages(person: User) -> None:
    own = Delivery.objects.filter(recipient=person)
    own.exclude(digest=None).delete()  # what travelled in a digest points at the digest
    own.delete()
    Event.objects.filter(actor=person).update(actor=None)
    Newsletter.objects.filter(author=person).update(author=None)


def connect() -> None:
    personal_data.register("participation", export=export, erase=erase)
    personal_data_of_answers.connect()
