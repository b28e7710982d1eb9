"""This app's part of what is exported about a person, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from councils.models import Mandate


def export(person: User) -> dict[str, Any]:
    mandates = Mandate.objects.filter(person=person).select_related("council")
    return {
        "mandates": [
            {
                "council": mandate.council.slug,
                "office": mandate.office,
                "since": mandate.since.isoformat(),
                "until": mandate.until.isoformat() if mandate.until else None,
            }
            for mandate in mandates
        ]
    }


def erase(person: User) -> None:
    """Who sat on a council is public by law and stays; it leads to no account any more."""
    Mandate.objects.filter(person=person).update(person=None)


def connect() -> None:
    personal_data.register("councils", export=export, erase=erase)
