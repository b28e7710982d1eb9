"""Processes that did not take place here: replays and training cases, written once as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Organisation, User
from edp import phases
from edp.models import (
    DiscoveryProcess,
    HeadCount,
    Priority,
    StageLead,
    WheelAssessment,
    WheelScore,
    Workshop,
)
from edp.presets import Preset
from edp.services.processes import Outline, PhaseDates, draft_process, ruleset_of
from participation.services import Draft, Wording, create_dossiers, publish_dossier, record

HOURS = timedelta(hours=3)


@dataclass(frozen=True)
class Meeting:
    """People by helix; nobody is counted in two meetings of a replay."""

    wordings: Sequence[Wording]
    starts_at: datetime
    people: Mapping[str, int]
    kind: str = Workshop.Kind.FORESIGHT


@dataclass(frozen=True)
class Named:
    """A priority with nothing but its name."""

    wordings: Sequence[Wording]
    category: str = Priority.Category.PROVEN
    transformation: str = Priority.Transformation.MODERNISE


@transaction.atomic
def write_archive(
    *,
    slug: str,
    preset: Preset,
    origin: str,
    outline: Outline,
    source_note: str,
    stage: str,
    dates: Sequence[PhaseDates] = (),
    leads: Mapping[str, Organisation] | None = None,
) -> DiscoveryProcess:
    """Public at once and without gates. Raises AddressTaken."""
    process = draft_process(
        slug=slug,
        kind=preset.kind,
        outline=outline,
        ruleset=ruleset_of(preset),
        dates=dates,
        origin=origin,
        stage=stage,
        source_note=source_note,
    )
    StageLead.objects.bulk_create(
        StageLead(process=process, stage=each, organisation=body)
        for each, body in (leads or {}).items()
    )
    publish_dossier(dossier=process.dossier)
    record(kind="edp.archive_written", dossier=process.dossier, origin=origin)
    return process


@transaction.atomic
def write_meetings(*, process: DiscoveryProcess, meetings: Sequence[Meeting]) -> None:
    """Held, counted by heads; a process of our own has its meetings planned instead."""
    _only_elsewhere(process)
    dossiers = create_dossiers(
        kind=phases.WORKSHOP,
        territory=process.dossier.territory,
        state=Workshop.State.HELD,
        drafts=[
            Draft(f"edp/{process.slug}/workshops/{number}/", list(meeting.wordings))
            for number, meeting in enumerate(meetings, start=1)
        ],
        publish=True,
    )
    rows = Workshop.objects.bulk_create(
        Workshop(
            dossier=dossier,
            process=process,
            number=number,
            kind=meeting.kind,
            state=Workshop.State.HELD,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + HOURS,
        )
        for number, (dossier, meeting) in enumerate(zip(dossiers, meetings, strict=True), start=1)
    )
    HeadCount.objects.bulk_create(
        HeadCount(workshop=workshop, helix=helix, count=number, newcomers=number)
        for workshop, meeting in zip(rows, meetings, strict=True)
        for helix, number in meeting.people.items()
    )


@transaction.atomic
def write_priorities(*, process: DiscoveryProcess, named: Sequence[Named]) -> None:
    """Selected elsewhere; what led to them is not documented."""
    _only_elsewhere(process)
    dossiers = create_dossiers(
        kind=phases.PRIORITY,
        territory=process.dossier.territory,
        state=Priority.State.SELECTED,
        drafts=[
            Draft(f"edp/{process.slug}/priorities/{number}/", list(each.wordings))
            for number, each in enumerate(named, start=1)
        ],
        publish=True,
    )
    Priority.objects.bulk_create(
        Priority(
            dossier=dossier,
            process=process,
            number=number,
            category=each.category,
            transformation=each.transformation,
            state=Priority.State.SELECTED,
        )
        for number, (dossier, each) in enumerate(zip(dossiers, named, strict=True), start=1)
    )


@transaction.atomic
def write_wheel(
    *, process: DiscoveryProcess, year: int, assessor: User, scores: Mapping[str, int]
) -> None:
    """How a peer from outside judges a process of elsewhere, by factor of the wheel."""
    _only_elsewhere(process)
    wheel = WheelAssessment.objects.create(
        process=process, year=year, assessor=assessor, is_external=True
    )
    WheelScore.objects.bulk_create(
        WheelScore(wheel=wheel, factor=factor, score=score) for factor, score in scores.items()
    )


def _only_elsewhere(process: DiscoveryProcess) -> None:
    if process.is_ours:
        raise ValueError(f"{process.slug} is a process of our own")
