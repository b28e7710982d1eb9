"""A meeting from its plan to its report; the same page before, during and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from edp import phases
from edp.models import DiscoveryProcess, Registration, Stage, Workshop
from edp.services.numbering import next_number
from edp.services.workshops import errors
from edp.services.workshops.places import move_up
from participation.models import Territory
from participation.rules import with_ancestors
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    notify,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)

AT_WORK = frozenset(
    {
        Stage.PREPARATION,
        Stage.MAPPING,
        Stage.DISCOVERY,
        Stage.EVALUATION,
        Stage.CONSULTATION,
        Stage.ADOPTION,
        Stage.IMPLEMENTATION,
        Stage.REVIEW,
    }
)
# What a calendar shows of a meeting: a change of these is told to whoever comes.
DATED = ("starts_at", "ends_at", "place", "mode")
State = Workshop.State


def is_outside(process: DiscoveryProcess, territory: Territory) -> bool:
    """Whether a meeting there is held outside the centre; the whole region is no such place."""
    return process.centre_id not in with_ancestors(territory) and territory.pk not in (
        with_ancestors(process.centre)
    )


def is_moderated_by_lead(workshop: Workshop) -> bool:
    """Whoever leads a process should not lead its discussions too (D9): a warning, no refusal."""
    return workshop.moderated_by_id == workshop.process.lead_body_id


@transaction.atomic
def plan_workshop(
    *,
    by: User | None,
    process: DiscoveryProcess,
    territory: Territory,
    wordings: Sequence[Wording],
    **fields: Any,
) -> Workshop:
    """A meeting that only its organisers see; `fields` are those of the row. Raises NotAtWork."""
    number = next_number(process, process.workshops)
    process.refresh_from_db(fields=["stage"])
    if process.stage not in AT_WORK:
        raise errors.NotAtWork
    dossier = create_dossier(
        kind=phases.WORKSHOP,
        territory=territory,
        state=State.PLANNED,
        path=f"edp/{process.slug}/workshops/{number}/",
        wordings=wordings,
    )
    workshop = Workshop.objects.create(
        dossier=dossier,
        process=process,
        number=number,
        is_outside_centre=is_outside(process, territory),
        **fields,
    )
    record(kind="edp.workshop_planned", actor=by, process=process.slug, number=number)
    return workshop


@transaction.atomic
def announce_workshop(*, by: User | None, workshop: Workshop) -> Workshop:
    """Make it public, open its registration, tell those who follow the process.

    Raises WrongTime unless it is planned, TextsMissing, NotAtWork.
    """
    workshop = _locked(workshop, State.PLANNED)
    process = workshop.process
    if process.stage not in AT_WORK or process.dossier.published_at is None:
        raise errors.NotAtWork
    written = workshop.dossier.texts.exclude(title="").exclude(summary="")
    if not {"kk", "ru"} <= set(written.values_list("language", flat=True)):
        raise errors.TextsMissing
    publish_dossier(dossier=workshop.dossier)
    _move(workshop, State.ANNOUNCED, by)
    notify_followers(
        kind="workshop_announced",
        dossier=process.dossier,
        actor=by,
        workshop=workshop.pk,
        path=workshop.dossier.path,
    )
    return workshop


@transaction.atomic
def change_workshop(
    *,
    by: User | None,
    workshop: Workshop,
    territory: Territory,
    wordings: Sequence[Wording],
    **fields: Any,
) -> Workshop:
    """Change what is planned; whoever has a place hears of another time or place.

    More places go to the waiting list at once. Raises WrongTime once it has begun, PlacesGiven.
    """
    workshop = _locked(workshop, State.PLANNED, State.ANNOUNCED)
    moved = [name for name in DATED if name in fields and getattr(workshop, name) != fields[name]]
    for name, value in fields.items():
        setattr(workshop, name, value)
    workshop.is_outside_centre = is_outside(workshop.process, territory)
    workshop.revision += 1
    if "starts_at" in moved:
        workshop.reminded_at = None
    try:
        with transaction.atomic():
            workshop.save()
    except IntegrityError as error:
        if "given more places" not in str(error):
            raise
        raise errors.PlacesGiven from error
    dossier = workshop.dossier
    if dossier.territory_id != territory.pk:
        dossier.territory = territory
        dossier.save(update_fields=["territory"])
    for wording in wordings:
        write_text(dossier=dossier, wording=wording)
    if workshop.state == State.ANNOUNCED:
        record(kind="edp.workshop_changed", dossier=dossier, actor=by, changed=sorted(moved))
        if moved:
            _tell_registered("workshop_changed", workshop, by)
        move_up(workshop)
    return workshop


@transaction.atomic
def cancel_workshop(*, by: User | None, workshop: Workshop, reasons: Mapping[str, str]) -> Workshop:
    """Call it off, with reasons in kk and ru. Raises WrongTime after the start, ReasonsMissing."""
    workshop = _locked(workshop, State.PLANNED, State.ANNOUNCED)
    if not (reasons.get("kk", "").strip() and reasons.get("ru", "").strip()):
        raise errors.ReasonsMissing
    workshop.cancelled_because_kk, workshop.cancelled_because_ru = reasons["kk"], reasons["ru"]
    was_public = workshop.state == State.ANNOUNCED
    workshop.revision += 1
    _move(workshop, State.CANCELLED, by, reasons=reasons["ru"])
    if was_public:
        _tell_registered("workshop_cancelled", workshop, by)
    return workshop


@transaction.atomic
def begin_workshop(*, by: User | None, workshop: Workshop, takes_phones: bool) -> Workshop:
    """Open the hall; with `takes_phones` it gets a code. Raises WrongTime unless announced."""
    workshop = _locked(workshop, State.ANNOUNCED)
    workshop.join_code = _free_code() if takes_phones else None
    _move(workshop, State.RUNNING, by)
    return workshop


@transaction.atomic
def end_workshop(*, by: User | None, workshop: Workshop) -> Workshop:
    """Close the hall and its code; dots that are open are counted. Raises WrongTime."""
    workshop = _locked(workshop, State.RUNNING)
    workshop.join_code = None
    if workshop.are_dots_open:
        workshop.dots_closed_at = timezone.now()
    _move(workshop, State.HELD, by)
    return workshop


@transaction.atomic
def publish_report(*, by: User | None, workshop: Workshop, report: Mapping[str, str]) -> Workshop:
    """Publish what came of it on the same page, and tell everybody who was there.

    Raises WrongTime before the end, ReportMissing.
    """
    workshop = _locked(workshop, State.HELD)
    if not (report.get("kk", "").strip() and report.get("ru", "").strip()):
        raise errors.ReportMissing
    workshop.report_kk, workshop.report_ru = report["kk"], report["ru"]
    workshop.report_en = report.get("en", "")
    _move(workshop, State.REPORTED, by)
    was_there = User.objects.filter(attendances__workshop=workshop).distinct()
    notify_followers(kind="workshop_reported", dossier=workshop.dossier, actor=by, also=was_there)
    return workshop


def _locked(workshop: Workshop, *states: str) -> Workshop:
    """The row as it is now, under a lock until the commit. Raises WrongTime in another state."""
    rows = Workshop.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("process__dossier", "process__centre", "dossier").get(
        pk=workshop.pk
    )
    if fresh.state not in states:
        raise errors.WrongTime
    return fresh


def _move(workshop: Workshop, state: str, by: User | None, **said: Any) -> None:
    workshop.state = state
    workshop.save()
    change_state(dossier=workshop.dossier, state=state)
    record(kind=f"edp.workshop_{state}", dossier=workshop.dossier, actor=by, **said)


def _tell_registered(kind: str, workshop: Workshop, by: User | None) -> None:
    wanted = workshop.registrations.exclude(state=Registration.State.CANCELLED)
    people = User.objects.filter(pk__in=wanted.values("person"))
    notify(kind=kind, recipients=people, dossier=workshop.dossier, actor=by)


def _free_code() -> str:
    """Digits: a letter costs a Kazakh or Russian keyboard a switch. Unique by the database too."""
    while True:
        code = get_random_string(6, "0123456789")
        if not Workshop.objects.filter(join_code=code).exists():
            return code
