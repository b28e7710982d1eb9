"""This app's part of what is exported about a person, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from edp import (
    personal_data_of_consultations,
    personal_data_of_ideas,
    personal_data_of_panels,
    personal_data_of_strategies,
    personal_data_of_workshops,
)
from edp.models import DatasetDraft, DatasetVersion, Decision, GateCheck, GroupMembership


def export(person: User) -> dict[str, Any]:
    seats = GroupMembership.objects.filter(person=person).select_related("process")
    return {
        "seats": [
            {"process": seat.process.slug, "group": seat.group, "interests": seat.interests}
            for seat in seats
        ],
        "datasets": [
            {"dataset": version.dataset.name, "version": version.number, "file": version.file_name}
            for version in DatasetVersion.objects.filter(uploaded_by=person).select_related(
                "dataset"
            )
        ],
        "decisions_entered": [
            {
                "process": decision.process.slug,
                "kind": decision.kind,
                "at": decision.entered_at.isoformat(),
            }
            for decision in Decision.objects.filter(entered_by=person).select_related("process")
        ],
        "gates_passed": [
            {"process": check.process.slug, "gate": check.gate, "at": check.at.isoformat()}
            for check in GateCheck.objects.filter(by=person).select_related("process")
        ],
    }


def erase(person: User) -> None:
    """A seat stays with the helix that it had in the count, without a name.

    A version of a dataset never changes: it names the tombstone. Files not kept yet go.
    """
    DatasetDraft.objects.filter(uploaded_by=person).delete()
    GroupMembership.objects.filter(person=person).update(name="", interests="")


def connect() -> None:
    personal_data.register("edp", export=export, erase=erase)
    personal_data_of_workshops.connect()
    personal_data_of_consultations.connect()
    personal_data_of_ideas.connect()
    personal_data_of_strategies.connect()
    personal_data_of_panels.connect()
