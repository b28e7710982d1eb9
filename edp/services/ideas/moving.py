"""One way for every change of an idea's state: the row and its dossier together."""

from django.db import transaction

from edp.models import Idea
from participation.services import change_state


def locked(idea: Idea) -> Idea:
    """The idea as it stands now, held until the commit."""
    return (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dossier", "process__dossier__territory")
        .get(pk=idea.pk)
    )


@transaction.atomic
def move_idea(*, idea: Idea, state: str, reason: str = "", merged_into: Idea | None = None) -> Idea:
    """Write state and reason of an idea; who may, and what is told of it, is the caller's.

    IntegrityError for a step that the way of an idea does not have (a trigger).
    """
    idea.state, idea.reason, idea.merged_into = state, reason, merged_into
    idea.save(update_fields=["state", "reason", "merged_into"])
    change_state(dossier=idea.dossier, state=state)
    return idea
