"""Setting up a process and changing it while it is a draft; freezing its rules; cloning it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from edp import errors, phases
from edp.facts.announcement import DATED
from edp.gates import Thresholds
from edp.models import (
    CriterionSet,
    DiscoveryProcess,
    ProcessOutput,
    ResourcePlan,
    Stage,
    StageLead,
)
from edp.presets import BASIS, PRESETS, RULES_KIND, Preset
from edp.services.evaluation.criteria import CriterionDraft, set_criteria
from edp.services.locks import lock
from participation.models import Dossier, Phase, Ruleset, Territory
from participation.services import Wording, create_dossier, record, write_text

Words = Mapping[str, str]
PLANNED = tuple(code for code in phases.ORDER if code in DATED)


@dataclass(frozen=True)
class PhaseDates:
    kind: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Outline:
    """What a process says of itself; `what_can_change` by language."""

    territory: Territory
    centre: Territory
    lead_body: Organisation
    period_start: int
    period_end: int
    wordings: Sequence[Wording]
    contact: str = ""
    subject_plan: str = ""
    what_can_change: Words = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        return {
            "centre": self.centre,
            "lead_body": self.lead_body,
            "period_start": self.period_start,
            "period_end": self.period_end,
            "contact": self.contact,
            "subject_plan": self.subject_plan,
            **{
                f"what_can_change_{language}": self.what_can_change.get(language, "")
                for language in ("kk", "ru", "en")
            },
        }


def ruleset_of(preset: Preset) -> Ruleset:
    """The newest version of the preset's rules; its first version where there is none yet."""
    versions = Ruleset.objects.filter(kind=RULES_KIND, key=preset.code)
    if newest := versions.order_by("-version").first():
        return newest
    return Ruleset.objects.get_or_create(
        kind=RULES_KIND,
        key=preset.code,
        version=1,
        defaults={"name": preset.rules_name, "data": preset.data, "legal_basis": BASIS},
    )[0]


def usual_dates(days: Mapping[str, int], starts_on: date) -> list[PhaseDates]:
    """One stage after the other from a day on, each as many calendar days as usual."""
    dates, opens_on = [], starts_on
    for stage in PLANNED:
        closes_on = opens_on + timedelta(days=days[stage])
        dates.append(PhaseDates(stage, _midnight(opens_on), _midnight(closes_on)))
        opens_on = closes_on
    return dates


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@transaction.atomic
def create_process(
    *,
    by: User | None,
    slug: str,
    preset: Preset,
    outline: Outline,
    starts_on: date,
    ruleset: Ruleset | None = None,
) -> DiscoveryProcess:
    """A draft with the preset's kind, rules and calendar. Raises PlanMissing, AddressTaken."""
    process = draft_process(
        slug=slug,
        kind=preset.kind,
        outline=outline,
        ruleset=ruleset or ruleset_of(preset),
        dates=usual_dates(preset.days, starts_on),
    )
    record(kind="edp.process_created", dossier=process.dossier, actor=by, process_kind=preset.kind)
    return process


def draft_process(
    *,
    slug: str,
    kind: str,
    outline: Outline,
    ruleset: Ruleset,
    dates: Sequence[PhaseDates],
    stage: str = Stage.DRAFT,
    **more: Any,
) -> DiscoveryProcess:
    """The row with its dossier and calendar, in the caller's transaction."""
    if kind == DiscoveryProcess.Kind.AROUND_PLAN and not outline.subject_plan.strip():
        raise errors.PlanMissing
    path = f"edp/{slug}/"
    if Dossier.objects.filter(path=path).exists():
        raise errors.AddressTaken
    dossier = create_dossier(
        kind=phases.PROCESS,
        territory=outline.territory,
        state=stage,
        path=path,
        wordings=outline.wordings,
    )
    process = DiscoveryProcess.objects.create(
        dossier=dossier,
        slug=slug,
        kind=kind,
        ruleset=ruleset,
        stage=stage,
        **outline.fields(),
        **more,
    )
    Phase.objects.bulk_create(
        Phase(dossier=dossier, kind=d.kind, opens_at=d.opens_at, closes_at=d.closes_at)
        for d in dates
    )
    return process


def _locked_draft(process: DiscoveryProcess) -> DiscoveryProcess:
    process = lock(process)
    if process.stage != Stage.DRAFT:
        raise errors.NoDraft
    return process


@transaction.atomic
def edit_process(*, by: User, process: DiscoveryProcess, outline: Outline) -> None:
    """Write anew what a draft says of itself; its place stays. Raises NoDraft, PlanMissing."""
    process = _locked_draft(process)
    is_around_plan = process.kind == DiscoveryProcess.Kind.AROUND_PLAN
    if is_around_plan and not outline.subject_plan.strip():
        raise errors.PlanMissing
    for name, value in outline.fields().items():
        setattr(process, name, value)
    process.save(update_fields=list(outline.fields()))
    for wording in outline.wordings:
        write_text(dossier=process.dossier, wording=wording)
    record(kind="edp.process_changed", dossier=process.dossier, actor=by)


@transaction.atomic
def change_dates(
    *, by: User | None, process: DiscoveryProcess, dates: Sequence[PhaseDates]
) -> None:
    """Move stages of the calendar that are not over yet. Raises StageIsOver."""
    process = lock(process)
    before = {phase.kind: phase for phase in process.dossier.phases.all()}
    for date_ in dates:
        old = before.get(date_.kind)
        if old and (old.opens_at, old.closes_at) == (date_.opens_at, date_.closes_at):
            continue
        if _is_over(process, date_.kind):
            raise errors.StageIsOver
        Phase.objects.update_or_create(
            dossier=process.dossier,
            kind=date_.kind,
            defaults={"opens_at": date_.opens_at, "closes_at": date_.closes_at},
        )
        record(
            kind="edp.dates_changed",
            dossier=process.dossier,
            actor=by,
            phase=date_.kind,
            opens_at=date_.opens_at.isoformat(),
            closes_at=date_.closes_at.isoformat(),
        )


def _is_over(process: DiscoveryProcess, kind: str) -> bool:
    if process.stage not in phases.ORDER:
        return False
    return phases.ORDER.index(Stage(kind)) < phases.ORDER.index(Stage(process.stage))


@transaction.atomic
def freeze_rules(*, by: User | None, process: DiscoveryProcess) -> None:
    """From here on the database refuses a change of the rules; a change is a new version.

    Raises WrongStage after the preparation, RulesUnusable.
    """
    process = lock(process)
    if process.stage not in (Stage.DRAFT, Stage.PREPARATION):
        raise errors.WrongStage
    try:
        Thresholds.from_data(process.ruleset.data.get("gates", {}))
    except ValueError as problem:
        raise errors.RulesUnusable(way_out=str(problem)) from problem
    if process.ruleset.frozen_at is None:
        process.ruleset.frozen_at = timezone.now()
        process.ruleset.save(update_fields=["frozen_at"])
    record(
        kind="edp.rules_frozen",
        dossier=process.dossier,
        actor=by,
        rules=str(process.ruleset),
        values=process.ruleset.data,
    )


@transaction.atomic
def plan_resources(
    *,
    by: User | None,
    process: DiscoveryProcess,
    people: int,
    person_days: int,
    money: int,
    gaps: Words,
) -> ResourcePlan:
    """People, person-days and whole tenge set aside, and what is lacking. Raises NotOurs."""
    process = lock(process)
    if not process.is_ours:
        raise errors.NotOurs
    plan, _created = ResourcePlan.objects.update_or_create(
        process=process,
        defaults={
            "people": people,
            "person_days": person_days,
            "money": money,
            **{f"gaps_{code}": gaps.get(code, "") for code in ("kk", "ru", "en")},
        },
    )
    record(
        kind="edp.resources_planned",
        dossier=process.dossier,
        actor=by,
        people=people,
        person_days=person_days,
        money=money,
    )
    return plan


@transaction.atomic
def write_output(
    *, by: User | None, process: DiscoveryProcess, code: str, words: Words
) -> ProcessOutput:
    """One of the four results of discovery. Raises WrongStage once the ideas are evaluated."""
    process = lock(process)
    if process.stage not in (Stage.MAPPING, Stage.DISCOVERY):
        raise errors.WrongStage
    output, _created = ProcessOutput.objects.update_or_create(
        process=process,
        code=code,
        defaults={f"text_{language}": words.get(language, "") for language in ("kk", "ru", "en")},
    )
    record(kind="edp.output_written", dossier=process.dossier, actor=by, output=code)
    return output


@transaction.atomic
def hand_stage_over(
    *, by: User | None, process: DiscoveryProcess, stage: str, organisation: Organisation
) -> None:
    """Another body leads this stage; handed to the lead body itself it is taken back."""
    process = lock(process)
    if _is_over(process, stage):
        raise errors.StageIsOver
    StageLead.objects.filter(process=process, stage=stage).delete()
    if organisation != process.lead_body:
        StageLead.objects.create(process=process, stage=stage, organisation=organisation)
    record(
        kind="edp.process_changed",
        dossier=process.dossier,
        actor=by,
        stage=stage,
        led_by=organisation.name_ru,
    )


@transaction.atomic
def clone_process(
    *, by: User, source: DiscoveryProcess, slug: str, outline: Outline, starts_on: date
) -> DiscoveryProcess:
    """A draft elsewhere with the kind, rules, criteria and lengths of the calendar of `source`.

    Never its people, ideas or results. Raises AddressTaken, PlanMissing.
    """
    process = draft_process(
        slug=slug,
        kind=source.kind,
        outline=outline,
        ruleset=source.ruleset,
        dates=usual_dates(_lengths(source), starts_on),
        cloned_from=source,
    )
    _copy_criteria(by, source, process)
    record(
        kind="edp.process_created",
        dossier=process.dossier,
        actor=by,
        process_kind=source.kind,
        cloned_from=source.dossier.reference,
    )
    return process


def _lengths(source: DiscoveryProcess) -> dict[str, int]:
    """Calendar days of each stage; those without dates get the preset's."""
    preset = next(p for p in PRESETS.values() if p.kind == source.kind)
    dated = {p.kind: (p.closes_at - p.opens_at).days for p in source.dossier.phases.all()}
    return {stage: max(dated.get(stage, preset.days[stage]), 1) for stage in PLANNED}


def _copy_criteria(by: User, source: DiscoveryProcess, process: DiscoveryProcess) -> None:
    judged_by = CriterionSet.objects.filter(process=source).first()
    if judged_by is None:
        return
    set_criteria(
        by=by,
        process=process,
        preset=judged_by.preset,
        criteria=[
            CriterionDraft(
                criterion.code,
                criterion.weight,
                criterion.evidence,
                {code: getattr(criterion, f"text_{code}") for code in ("kk", "ru", "en")},
                {code: getattr(criterion, f"anchor_{code}") for code in ("kk", "ru", "en")},
            )
            for criterion in judged_by.criteria.all()
        ],
    )
