"""The lock under which a recommendation moves, and its state after what it depends on changed."""

from councils.models import Recommendation
from councils.recommendation_state import state_after_delivery
from participation.models import AnswerDue
from participation.services import change_state, notify_followers, record

PASSED_ON = "redirected"


def locked(recommendation: Recommendation) -> Recommendation:
    """Looked at again under a lock: what happened meanwhile counts."""
    return (
        Recommendation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dossier__territory", "council__ruleset", "council__dossier")
        .get(pk=recommendation.pk)
    )


def move(recommendation: Recommendation, state: str, *fields: str) -> None:
    """Write the state into the row and its dossier; `fields` are those that move with it."""
    recommendation.state = state
    recommendation.save(update_fields=["state", *fields])
    change_state(dossier=recommendation.dossier, state=state)


def restate(recommendation: Recommendation) -> None:
    """Compute the state anew, under the lock, after an answer, a promise, news or an act."""
    state = computed_state(recommendation)
    if state == recommendation.state:
        return
    move(recommendation, state)
    record(kind="councils.recommendation_moved", dossier=recommendation.dossier, state=state)
    notify_followers(
        kind="recommendation_moved",
        dossier=recommendation.dossier,
        recommendation=recommendation.pk,
    )


def computed_state(recommendation: Recommendation) -> str:
    dues = recommendation.dossier.answers_due.filter(comment=None).prefetch_related("answers")
    promised = list(recommendation.commitments.prefetch_related("updates"))
    return state_after_delivery(
        [due.answer.disposition if due.answer else None for due in dues],
        has_act=recommendation.acts.exists(),
        has_commitment=bool(promised) or recommendation.updates.exists(),
        is_all_done=bool(promised)
        and all(any(news.kind == "done" for news in one.updates.all()) for one in promised),
        is_closed=recommendation.closed_on is not None,
    )


def on_answers(due: AnswerDue) -> None:
    """What participation calls when a body is asked, or its answer is published or corrected."""
    if due.comment_id is not None:
        return
    recommendation = locked(Recommendation.objects.get(dossier=due.dossier_id))
    if recommendation.delivered_on is not None:
        restate(recommendation)
