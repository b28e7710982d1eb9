"""What evaluation and Delphi hold of a person: exported, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from edp.models import DelphiRating, Interest, PanelInvitation, Score
from edp.panel_keys import PanelKeyMissing, slot_of


def export(person: User) -> dict[str, Any]:
    interests = Interest.objects.filter(assignment__seat__person=person)
    scores = Score.objects.filter(assignment__seat__person=person)
    invitations = PanelInvitation.objects.filter(person=person).select_related("study__process")
    return {
        "interests": [
            {
                "idea": row.assignment.idea.dossier.reference,
                "nature": row.nature,
                "public_summary": row.public_summary,
                "ruling": row.ruling,
            }
            for row in interests.select_related("assignment__idea__dossier")
        ],
        "scores": [
            {
                "idea": row.assignment.idea.dossier.reference,
                "criterion": row.criterion.code,
                "value": row.value,
                "justification": row.justification,
                "voided": row.voided_because,
            }
            for row in scores.select_related("assignment__idea__dossier", "criterion")
        ],
        "delphi": [
            {
                "study": str(row.study),
                "helix": row.helix,
                "ratings": list(_ratings(row).values("round__number", "value", "reason")),
            }
            for row in invitations
        ],
    }


def _ratings(invitation: PanelInvitation) -> Any:
    """One's own, found with the key; none where the key is gone."""
    try:
        slot = slot_of(invitation.study, invitation.person)
    except PanelKeyMissing:
        return DelphiRating.objects.none()
    return DelphiRating.objects.filter(round__study=invitation.study, slot=slot)


def erase(person: User) -> None:
    """Numbers stay, for results hold; what tells of the person, and their words to a panel, go."""
    Interest.objects.filter(assignment__seat__person=person).exclude(public_summary="").update(
        public_summary=""
    )
    for invitation in PanelInvitation.objects.filter(person=person).select_related("study"):
        _ratings(invitation).exclude(reason="").update(reason="")


def connect() -> None:
    personal_data.register("panels", export=export, erase=erase)
