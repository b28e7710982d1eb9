"""A panel, its sheets and the worked example of four ideas, for tests of evaluation."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from edp.models import Assignment, Criterion, DiscoveryProcess, GroupMembership, Idea, Interest
from edp.services.evaluation.criteria import preset_drafts, set_criteria
from edp.services.evaluation.panel import assign, declare_interest, rule_interest
from edp.services.evaluation.sheets import Given, save_sheet
from tests.conftest import make_person
from tests.edp.examples import EXAMPLES
from tests.edp.making_ideas import make_idea

MCDA = EXAMPLES["mcda"]
NAMES = ("A1", "A2", "A3", "A4")
HELICES = ("business", "academia", "government", "civil_society")
PANEL = GroupMembership.Group.PANEL
TOMORROW = timezone.localdate() + timedelta(days=30)


def seat(
    process: DiscoveryProcess,
    person: User,
    helix: str = "academia",
    organisation: Organisation | None = None,
    **fields: Any,
) -> GroupMembership:
    return GroupMembership.objects.create(
        process=process,
        group=PANEL,
        person=person,
        helix=helix,
        organisation=organisation,
        since=timezone.localdate(),
        **fields,
    )


def make_panel(process: DiscoveryProcess) -> dict[str, GroupMembership]:
    """A1 to A4, one of each helix; A1 is in the chair."""
    return {
        name: seat(
            process,
            make_person(f"{name.lower()}@example.org", f"Assessor {name}", language="en"),
            helix,
            is_chair=name == "A1",
        )
        for name, helix in zip(NAMES, HELICES, strict=True)
    }


def use_edp_6(process: DiscoveryProcess) -> list[Criterion]:
    chosen = set_criteria(by=None, process=process, preset="edp-6", criteria=preset_drafts("edp-6"))
    return list(chosen.criteria.all())


def given(row: list[int | None], criteria: list[Criterion]) -> dict[Criterion, Given]:
    return {
        criterion: Given(value, "Because." if value in (0, 1, 5) else "")
        for criterion, value in zip(criteria, row, strict=True)
    }


def person_of(task: Assignment) -> User:
    assert task.seat.person is not None
    return task.seat.person


def recuse(task: Assignment, by: User, nature: str = "employment") -> None:
    declare_interest(
        by=person_of(task), assignment=task, nature=nature, public_summary="Works for the plant."
    )
    rule_interest(by=by, assignment=task, ruling=Interest.Ruling.RECUSE)


def fill(task: Assignment, row: list[int | None], criteria: list[Criterion]) -> None:
    """Declare none, score, lock."""
    person = person_of(task)
    declare_interest(by=person, assignment=task, nature=Interest.Nature.NONE)
    save_sheet(by=person, assignment=task, scores=given(row, criteria), lock=True)


def worked_example(
    process: DiscoveryProcess, organiser: User
) -> tuple[dict[str, Idea], dict[tuple[str, str], Assignment]]:
    """The table of domain/edp.md 5.8: P1 to P4 by A1 to A4 with their recusals, all locked."""
    criteria = use_edp_6(process)
    seats = make_panel(process)
    ideas = {
        name: make_idea(process, state=Idea.State.ADMITTED, title=f"Idea {name}")
        for name in MCDA["input"]
    }
    assign(
        by=organiser, process=process, seats=seats.values(), ideas=ideas.values(), due_on=TOMORROW
    )
    tasks = {}
    for name, sheet in MCDA["input"].items():
        for assessor in NAMES:
            task = Assignment.objects.get(idea=ideas[name], seat=seats[assessor])
            tasks[name, assessor] = task
            row = sheet.get(assessor, "COI")
            if row == "COI":
                recuse(task, organiser)
            else:
                fill(task, row, criteria)
    return ideas, tasks


def _run(statement: str, values: list[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused_by_database(statement: str, values: list[Any]) -> str:
    """The database's answer to raw SQL, which has to be a refusal."""
    with pytest.raises(DatabaseError) as refusal:
        _run(statement, values)
    return str(refusal.value)
