"""What the sheets come to, and its publication: a snapshot that never changes."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from edp import gates, scoring
from edp.evaluation import Criteria, Sheets, canonical, evaluate
from edp.models import Assignment, DiscoveryProcess, EvaluationReport, Idea, Score
from edp.services.evaluation.panel import labels_of
from edp.services.evaluation.refusals import (
    CriteriaMissing,
    NothingNew,
    NothingToPublish,
    require_evaluation,
)
from edp.services.ideas import move_idea
from participation.services import notify_followers, record


def rules_of(process: DiscoveryProcess) -> scoring.Rules:
    """What makes a score fit to be published; the gate asks for the same unless told otherwise."""
    data = process.ruleset.data
    gate = gates.Thresholds.from_data(data.get("gates", {}))
    given = data.get("scoring", {})
    return scoring.Rules(
        min_coverage=Fraction(str(given.get("min_coverage", gate.min_coverage))),
        min_assessors=int(given.get("min_assessors", gate.min_assessors)),
    )


def criteria_of(process: DiscoveryProcess) -> Criteria:
    """Raises CriteriaMissing."""
    chosen = getattr(process, "criterion_set", None)
    rows = list(chosen.criteria.all()) if chosen is not None else []
    if not rows:
        raise CriteriaMissing
    return Criteria([row.code for row in rows], [Fraction(row.weight) for row in rows])


def sheets_of(process: DiscoveryProcess) -> Sheets:
    """Locked sheets of the ideas that nobody has still to judge; six queries however many."""
    labels = labels_of(process)
    rows = list(
        Assignment.objects.filter(idea__process=process)
        .exclude(idea__state__in=[Idea.State.MERGED, Idea.State.SCREENED_OUT])
        .select_related("idea__dossier", "seat")
        .order_by("idea", "seat")
    )
    waiting = {row.idea_id for row in rows if row.state in Assignment.UNDER_WAY}
    closed = [row for row in rows if row.idea_id not in waiting]
    given = _scores_of([row.pk for row in closed if row.state == Assignment.State.LOCKED])
    codes = criteria_of(process).codes
    scores: dict[str, dict[str, list[int | None]]] = {
        row.idea.dossier.reference: {} for row in closed
    }
    for row in closed:
        if row.state == Assignment.State.LOCKED:
            sheet = [given[row.pk].get(code) for code in codes]
            scores[row.idea.dossier.reference][labels[row.seat_id]] = sheet
    return Sheets(
        scores=scores,
        recused=frozenset(
            (row.idea.dossier.reference, labels[row.seat_id])
            for row in closed
            if row.state == Assignment.State.RECUSED
        ),
        helices={labels[row.seat_id]: row.seat.helix for row in closed},
    )


def _scores_of(assignments: list[int]) -> dict[int, dict[str, int | None]]:
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    rows = Score.objects.live().filter(assignment__in=assignments)
    for pk, code, value in rows.values_list("assignment", "criterion__code", "value"):
        found[pk][code] = value
    return found


def results_of(process: DiscoveryProcess) -> dict[str, Any]:
    """`input`, `helices` and `results` as a report would hold them. Raises CriteriaMissing."""
    return evaluate(criteria_of(process), sheets_of(process), rules_of(process))


@transaction.atomic
def publish_report(*, by: User | None, process: DiscoveryProcess) -> EvaluationReport:
    """Publish the results of every idea whose sheets are all in; ideas admitted become evaluated.

    Raises NotEvaluating, CriteriaMissing, NothingToPublish, NothingNew.
    """
    require_evaluation(process)
    DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    # No sheet is locked, voided or reopened between the reading and the commit.
    list(Assignment.objects.select_for_update().filter(idea__process=process).order_by("pk"))
    found = results_of(process)
    if not found["results"]:
        raise NothingToPublish
    body, sha256 = canonical(found)
    if EvaluationReport.objects.filter(process=process, sha256=sha256).exists():
        raise NothingNew
    last = process.evaluations.aggregate(last=Max("version"))["last"] or 0
    report = EvaluationReport.objects.create(
        process=process, version=last + 1, body=body, sha256=sha256, published_by=by
    )
    judged = process.ideas.filter(
        state=Idea.State.ADMITTED, dossier__reference__in=found["input"]["scores"]
    )
    for idea in judged.select_related("dossier"):
        move_idea(idea=idea, state=Idea.State.SCORED)
    notify_followers(
        kind="evaluation_published", dossier=process.dossier, actor=by, version=report.version
    )
    record(
        kind="edp.evaluation_published",
        dossier=process.dossier,
        actor=by,
        version=report.version,
        sha256=sha256,
    )
    return report
