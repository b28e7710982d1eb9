"""This app's part of what is exported about a person, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from councils import personal_data_of_hearings, personal_data_of_meetings
from councils.models import InterestDeclaration, Mandate


def export(person: User) -> dict[str, Any]:
    mandates = Mandate.objects.filter(person=person).select_related("council")
    return {
        "mandates": [
            {
                "council": mandate.council.slug,
                "office": mandate.office,
                "since": mandate.since.isoformat(),
                "until": mandate.until.isoformat() if mandate.until else None,
                "interests": [
                    {
                        "organisation": declared.organisation,
                        "kind": declared.kind,
                        "note": declared.note,
                        "since": declared.since.isoformat(),
                    }
                    for declared in mandate.declarations.all()
                ],
            }
            for mandate in mandates.prefetch_related("declarations")
        ]
    }


def erase(person: User) -> None:
    """Who sat on a council, and with what interests, is public by law and stays; it leads to no
    account any more."""
    Mandate.objects.filter(person=person).update(person=None)
    InterestDeclaration.objects.filter(declared_by=person).update(declared_by=None)


def connect() -> None:
    personal_data.register("councils", export=export, erase=erase)
    personal_data_of_meetings.connect()
    personal_data_of_hearings.connect()
