"""What this app shows on a person's own page."""

from typing import Any

from django.db.models import QuerySet

from accounts import mandates, person_page
from accounts.models import User
from participation.models import Comment, Role


def roles_of(person: User) -> QuerySet[Role]:
    return (
        Role.objects.in_force()
        .filter(person=person)
        .select_related("territory", "dossier", "organisation")
    )


def holds_role(person: User) -> bool:
    return Role.objects.in_force().filter(person=person).exists()


NEWEST_COMMENTS = 20


def comments_of(person: User) -> dict[str, Any]:
    """What the person wrote, with the moderators' decisions; the queue, for whoever moderates."""
    written = Comment.objects.filter(author=person).order_by("-pk")
    found = {
        "comments": list(
            written.select_related("dossier").prefetch_related("dossier__texts")[:NEWEST_COMMENTS]
        ),
        "moderates": Role.objects.in_force()
        .filter(person=person, kind=Role.Kind.MODERATOR)
        .exists(),
    }
    return found if any(found.values()) else {}


def connect() -> None:
    mandates.register(holds_role)
    person_page.register("participation/person_roles.html", load=roles_of)
    person_page.register("participation/person_messages.html", load=lambda person: person)
    person_page.register("participation/person_comments.html", load=comments_of)
