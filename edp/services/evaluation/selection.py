"""From results to candidates: a decision with its reasons, and a reason for every idea left."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.models import User
from edp import gates, phases
from edp.evaluation import departs
from edp.models import (
    Decision,
    DiscoveryProcess,
    EvaluationException,
    EvaluationReport,
    Idea,
    Priority,
    Selection,
)
from edp.services.decisions import record_decision
from edp.services.evaluation.refusals import (
    AlreadyExcused,
    DepartureUnexplained,
    NoCandidates,
    NoReport,
    NotEveryIdea,
    ReasonMissing,
    TextsMissing,
    TooManyPriorities,
    require_evaluation,
)
from edp.services.ideas import move_idea
from edp.services.numbering import next_number
from participation.services import (
    Wording,
    create_dossier,
    notify_followers,
    publish_dossier,
    record,
)
from participation.services.links import link_dossiers


@dataclass(frozen=True)
class Act:
    """What was decided where and when; reasons by language, votes for, against, abstained."""

    body: str
    decided_on: date
    reasons: dict[str, str]
    votes: tuple[int, int, int] | None = None
    document_url: str = ""


@dataclass(frozen=True)
class Candidate:
    """A priority to be, from one idea or several."""

    ideas: list[Idea]
    category: str
    transformation: str
    wordings: list[Wording]


@dataclass(frozen=True)
class Choice:
    """The whole of a selection. `parked` gives each idea left its reason; `departure` is by
    language, obligatory where the choice departs from the ranking."""

    candidates: list[Candidate]
    parked: dict[Idea, str]
    departure: dict[str, str] = field(default_factory=dict)


def ideas_to_decide(process: DiscoveryProcess) -> list[Idea]:
    """Those that wait for an outcome, in the order of their numbers."""
    waiting = process.ideas.filter(state__in=[Idea.State.ADMITTED, Idea.State.SCORED])
    return list(waiting.for_display())


def max_priorities(process: DiscoveryProcess) -> int:
    return gates.Thresholds.from_data(process.ruleset.data.get("gates", {})).max_priorities


def departs_from_ranking(report: EvaluationReport, candidates: list[Candidate]) -> bool:
    chosen = frozenset(idea.dossier.reference for each in candidates for idea in each.ideas)
    return departs(report.data["results"].get("ranking", []), chosen)


@transaction.atomic
def select_priorities(
    *, by: User | None, process: DiscoveryProcess, act: Act, choice: Choice
) -> list[Priority]:
    """Make candidates of the ideas chosen and park the others, all by one decision.

    Raises NotEvaluating, NoReport, NoCandidates, NotEveryIdea, ReasonMissing, TextsMissing,
    TooManyPriorities, DepartureUnexplained, and what record_decision raises.
    """
    require_evaluation(process)
    DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    report = process.evaluations.first()
    if report is None:
        raise NoReport
    _check(process, choice)
    is_departure = departs_from_ranking(report, choice.candidates)
    if is_departure and not all(choice.departure.get(c, "").strip() for c in ("kk", "ru")):
        raise DepartureUnexplained
    decision = _decide(Decision.Kind.SELECT, by, process, act)
    Selection.objects.create(
        decision=decision,
        report=report,
        departs=is_departure,
        departure_kk=choice.departure.get("kk", "") if is_departure else "",
        departure_ru=choice.departure.get("ru", "") if is_departure else "",
        departure_en=choice.departure.get("en", "") if is_departure else "",
    )
    made = [_make(by, process, decision, candidate) for candidate in choice.candidates]
    for idea, reason in choice.parked.items():
        _move(idea, Idea.State.PARKED, by, reason)
    record(
        kind="edp.priorities_selected",
        dossier=process.dossier,
        actor=by,
        report=report.version,
        departs=is_departure,
        candidates=[priority.dossier.reference for priority in made],
        parked={idea.dossier.reference: reason for idea, reason in choice.parked.items()},
    )
    return made


def _check(process: DiscoveryProcess, choice: Choice) -> None:
    if not choice.candidates:
        raise NoCandidates
    chosen = [idea.pk for candidate in choice.candidates for idea in candidate.ideas]
    told = sorted([*chosen, *(idea.pk for idea in choice.parked)])
    waiting = process.ideas.filter(state__in=[Idea.State.ADMITTED, Idea.State.SCORED])
    if told != sorted(waiting.select_for_update(of=("self",)).values_list("pk", flat=True)):
        raise NotEveryIdea
    if not all(reason.strip() for reason in choice.parked.values()):
        raise ReasonMissing
    for candidate in choice.candidates:
        titles = {wording.language for wording in candidate.wordings if wording.title.strip()}
        if not candidate.ideas or not {"kk", "ru"} <= titles:
            raise TextsMissing
    there = process.priorities.exclude(state=Priority.State.NOT_SELECTED).count()
    if there + len(choice.candidates) > max_priorities(process):
        raise TooManyPriorities


def _decide(kind: str, by: User | None, process: DiscoveryProcess, act: Act) -> Decision:
    return record_decision(
        by=by,
        process=process,
        kind=kind,
        body=act.body,
        decided_on=act.decided_on,
        reasons=act.reasons,
        votes=act.votes,
        document_url=act.document_url,
    )


def _make(
    by: User | None, process: DiscoveryProcess, decision: Decision, candidate: Candidate
) -> Priority:
    number = next_number(process, process.priorities)
    dossier = create_dossier(
        kind=phases.PRIORITY,
        territory=process.dossier.territory,
        state=Priority.State.CANDIDATE,
        path=f"edp/{process.slug}/priorities/{number}/",
        wordings=candidate.wordings,
    )
    publish_dossier(dossier=dossier)
    priority = Priority.objects.create(
        dossier=dossier,
        process=process,
        number=number,
        category=candidate.category,
        transformation=candidate.transformation,
        decision=decision,
    )
    priority.ideas.set(candidate.ideas)
    for idea in candidate.ideas:
        link_dossiers(by=by, source=idea.dossier, target=dossier, relation="led_to")
        _move(idea, Idea.State.CANDIDATE, by)
    return priority


def _move(idea: Idea, state: str, by: User | None, reason: str = "") -> None:
    move_idea(idea=idea, state=state, reason=reason)
    behind = [idea, *idea.merged.select_related("proposer")]
    people = [each.proposer for each in behind if each.proposer and each.proposer.is_active]
    notify_followers(
        kind="idea_decided",
        dossier=idea.dossier,
        actor=by,
        also=people,
        state=state,
        reason=reason,
    )


@transaction.atomic
def excuse_idea(
    *, by: User | None, process: DiscoveryProcess, idea: Idea, act: Act
) -> EvaluationException:
    """Let an idea pass the gate with too few assessors, by a decision that names it.

    Raises AlreadyExcused, NotEvaluating and what record_decision raises.
    """
    require_evaluation(process)
    # One organiser at a time: of two decisions on an idea the second is told so.
    DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    if EvaluationException.objects.filter(idea=idea).exists():
        raise AlreadyExcused
    decision = _decide(Decision.Kind.EXCEPTION, by, process, act)
    record(
        kind="edp.idea_excused",
        dossier=idea.dossier,
        actor=by,
        reasons={code: text for code, text in act.reasons.items() if text},
    )
    return EvaluationException.objects.create(idea=idea, decision=decision)
