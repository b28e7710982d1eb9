"""G4: how many judged each idea, and why the others were not selected."""

from fractions import Fraction

from edp import gates
from edp.evaluation import Criteria
from edp.models import (
    Assignment,
    CriterionSet,
    DiscoveryProcess,
    EvaluationException,
    Idea,
    Priority,
    Score,
)
from edp.scoring import idea_score
from edp.services.evaluation.refusals import CriteriaMissing
from edp.services.evaluation.results import criteria_of, sheets_of


def facts_of(process: DiscoveryProcess) -> gates.Evaluation:
    frozen = CriterionSet.objects.filter(process=process, frozen_at__isnull=False)
    ideas = process.ideas.admitted()
    undecided = ideas.filter(state__in=[Idea.State.ADMITTED, Idea.State.SCORED])
    silent = ideas.filter(state=Idea.State.PARKED, reason="")
    return gates.Evaluation(
        ideas=_evaluated(process),
        scores_after_recusal=Score.objects.live()
        .filter(assignment__idea__process=process, assignment__state=Assignment.State.RECUSED)
        .count(),
        are_weights_frozen=frozen.exists(),
        is_agreement_reported=process.evaluations.exists(),
        candidates=process.priorities.exclude(state=Priority.State.NOT_SELECTED).count(),
        unselected_without_reason=undecided.count() + silent.count(),
    )


def _evaluated(process: DiscoveryProcess) -> list[gates.EvaluatedIdea]:
    excused = set(
        EvaluationException.objects.filter(idea__process=process).values_list("idea", flat=True)
    )
    try:
        criteria = criteria_of(process)
    except CriteriaMissing:
        criteria = Criteria([], [])
    scores = sheets_of(process).scores if criteria.codes else {}
    found = []
    for idea in process.ideas.admitted().select_related("dossier"):
        sheet = scores.get(idea.dossier.reference, {})
        score = idea_score(criteria.weights, sheet) if sheet else None
        found.append(
            gates.EvaluatedIdea(
                assessors=score.assessors if score else 0,
                coverage=score.coverage if score else Fraction(0),
                is_excused=idea.pk in excused,
            )
        )
    return found
