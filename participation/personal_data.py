"""This app's part of what is exported about a person, and erased."""

from typing import Any

from django.db.models.functions import Now

from accounts import personal_data
from accounts.models import User
from participation.models import Delivery, Residence, Role


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
    }


def erase(person: User) -> None:
    Role.objects.in_force().filter(person=person).update(valid_to=Now())
    Residence.objects.filter(person=person).delete()
    Delivery.objects.filter(recipient=person).delete()


def connect() -> None:
    personal_data.register("participation", export=export, erase=erase)
