"""What this app shows on a person's own page, and what became of what they contributed."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from edp.models import Idea
from participation import contributions


def proposed_by(person: User) -> QuerySet[Any, Any]:
    return Idea.objects.filter(proposer=person).values("dossier")


def connect() -> None:
    contributions.register(proposed_by)
