"""What selections and draws hold of a person: exported, and erased so that results hold."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from councils.models import Candidacy, GroupMember, PoolEntry, SelectionProcess

Stands = Candidacy.State


def export(person: User) -> dict[str, Any]:
    candidacies = Candidacy.objects.filter(person=person).select_related("selection__dossier")
    entries = PoolEntry.objects.filter(person=person).select_related("draw__dossier")
    groups = GroupMember.objects.filter(person=person).select_related("selection__dossier")
    acts = SelectionProcess.objects.filter(act_registered_by=person).select_related("dossier")
    return {
        "candidacies": [
            {
                "selection": row.selection.dossier.reference,
                "name": row.name,
                "statement": row.statement,
                "contact": row.contact,
                "state": row.state,
                "submitted_at": row.submitted_at.isoformat(),
            }
            for row in candidacies
        ],
        "draws": [
            {
                "draw": row.draw.dossier.reference,
                "token": row.token,
                "attributes": row.attributes,
                "consented_at": row.consented_at.isoformat(),
            }
            for row in entries
        ],
        "working_groups": [row.selection.dossier.reference for row in groups],
        "acts_registered": [row.dossier.reference for row in acts],
    }


def erase(person: User) -> None:
    """Contacts go. Names go but of whoever was elected, who sits on a council by a public act; a
    token of a frozen pool stays and leads to nobody."""
    candidacies = Candidacy.objects.filter(person=person)
    candidacies.filter(
        state=Stands.SUBMITTED, selection__state=SelectionProcess.State.CALL_OPEN
    ).update(state=Stands.WITHDRAWN)
    candidacies.exclude(state=Stands.ELECTED).update(name="", statement="")
    candidacies.update(contact="", person=None)
    entries = PoolEntry.objects.filter(person=person)
    entries.filter(draw__state="draft").delete()
    entries.update(person=None, name="", contact="")


def connect() -> None:
    personal_data.register("selections", export=export, erase=erase)
