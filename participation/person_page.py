"""What this app shows on a person's own page."""

from django.db.models import QuerySet

from accounts import mandates, person_page
from accounts.models import User
from participation.models import Role


def roles_of(person: User) -> QuerySet[Role]:
    return (
        Role.objects.in_force()
        .filter(person=person)
        .select_related("territory", "dossier", "organisation")
    )


def holds_role(person: User) -> bool:
    return Role.objects.in_force().filter(person=person).exists()


def connect() -> None:
    mandates.register(holds_role)
    person_page.register("participation/person_roles.html", load=roles_of)
