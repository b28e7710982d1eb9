"""The city's verdict on a proposal: given once, replaced only by a new one with its reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from budgeting.models import Proposal, Review, Verdict
from budgeting.services.feasibility import errors
from budgeting.services.feasibility.assigning import locked
from budgeting.services.feasibility.checking import estimated, review_in_hand
from budgeting.services.feasibility.desk import in_working_days, rules_of
from participation.models import Disposition
from participation.services import change_state, notify_followers, record
from participation.services.answers import Words, correct_answer, publish_answer

DISPOSITIONS = {
    Verdict.Decision.FEASIBLE: Disposition.ACCEPTED,
    Verdict.Decision.WITH_CHANGES: Disposition.IN_PART,
    Verdict.Decision.NOT_FEASIBLE: Disposition.REJECTED,
}
LONGEST_CHANGE = 300


@dataclass(frozen=True)
class Ruling:
    """What a verdict says and who signs. `cost` counts only where there is no estimate; without
    either the author's guess stands."""

    decision: str
    reasons_kk: str
    reasons_ru: str
    signed_name: str
    signed_post: str
    reasons_en: str = ""
    changes_kk: str = ""
    changes_ru: str = ""
    cost: int | None = None
    running_cost: int | None = None


@transaction.atomic
def give_verdict(
    *,
    by: User | None,
    proposal: Proposal,
    ruling: Ruling,
    superseding_reason: str = "",
    on: date | None = None,
) -> Verdict:
    """Publish the verdict with its check list and estimate; the proposal's state follows.

    It also is the department's answer, in time or late. Raises ReasonsMissing, ChangesMissing,
    SignatureMissing, ChecksMissing, CostBeyondEnvelope, SupersedingReasonMissing, and what
    review_in_hand and publish_answer raise.
    """
    review = review_in_hand(by=by, proposal=proposal)
    proposal = locked(proposal)
    last = review.verdicts.order_by("-version").first()
    if last is not None and not superseding_reason.strip():
        raise errors.SupersedingReasonMissing
    _check_words(ruling)
    checks = _checks(review)
    cost = estimated(review) or ruling.cost or proposal.cost
    is_refused = ruling.decision == Verdict.Decision.NOT_FEASIBLE
    if not is_refused and cost > proposal.envelope.amount:
        raise errors.CostBeyondEnvelope
    running_cost = ruling.running_cost if ruling.running_cost is not None else review.running_cost
    verdict = Verdict.objects.create(
        review=review,
        version=last.version + 1 if last else 1,
        superseding_reason=superseding_reason.strip() if last else "",
        decision=ruling.decision,
        reasons_kk=ruling.reasons_kk.strip(),
        reasons_ru=ruling.reasons_ru.strip(),
        reasons_en=ruling.reasons_en.strip(),
        changes_kk=ruling.changes_kk.strip(),
        changes_ru=ruling.changes_ru.strip(),
        guess=_guess(proposal),
        cost=cost,
        running_cost=running_cost,
        cost_source=review.cost_source,
        checks=checks,
        estimate=_estimate(review),
        signed_name=ruling.signed_name.strip(),
        signed_post=ruling.signed_post.strip(),
        given_by=by,
        **_terms(proposal, review, ruling),
    )
    _follow(proposal, verdict, by)
    _answer(review, verdict, by, on)
    _record(proposal, verdict, by)
    return verdict


def _record(proposal: Proposal, verdict: Verdict, by: User | None) -> None:
    record(
        kind="budgeting.proposal_reviewed",
        dossier=proposal.dossier,
        actor=by,
        state=proposal.state,
        look=verdict.review.look,
        version=verdict.version,
        decision=verdict.decision,
        reasons_kk=verdict.reasons_kk,
        reasons_ru=verdict.reasons_ru,
        superseding_reason=verdict.superseding_reason,
        cost=verdict.cost,
    )


def review_proposal(
    *,
    by: User | None,
    proposal: Proposal,
    state: str,
    reasons: str,
    reasons_ru: str = "",
    cost: int | None = None,
    running_cost: int | None = None,
) -> Proposal:
    """The whole check in one step, where a city has no desk: verdict and place on the ballot.

    `state` is one of Proposal.State; `reasons` stand for both official languages unless the
    Russian ones are given too. Raises what give_verdict raises.
    """
    is_refused = state == Proposal.State.NOT_FEASIBLE
    decision = Verdict.Decision.NOT_FEASIBLE if is_refused else Verdict.Decision.FEASIBLE
    with transaction.atomic():
        had_one = Verdict.objects.filter(review__proposal=proposal).exists()
        give_verdict(
            by=by,
            proposal=proposal,
            ruling=Ruling(
                decision=decision,
                reasons_kk=reasons,
                reasons_ru=reasons_ru or reasons,
                signed_name=by.display_name if by else _("Organiser of the budget"),
                signed_post=_("Organiser of the budget"),
                cost=cost,
                running_cost=running_cost,
            ),
            superseding_reason=reasons if had_one else "",
        )
        proposal = locked(proposal)
        if state == Proposal.State.SHORTLISTED:
            proposal.state = state
            proposal.save(update_fields=["state"])
            change_state(dossier=proposal.dossier, state=state)
    return proposal


def _check_words(ruling: Ruling) -> None:
    if not ruling.reasons_kk.strip() or not ruling.reasons_ru.strip():
        raise errors.ReasonsMissing
    if not ruling.signed_name.strip() or not ruling.signed_post.strip():
        raise errors.SignatureMissing
    has_changes = bool(ruling.changes_kk.strip() and ruling.changes_ru.strip())
    if ruling.decision == Verdict.Decision.WITH_CHANGES and not has_changes:
        raise errors.ChangesMissing


def _checks(review: Review) -> list[dict[str, Any]]:
    """The check list as it is published. Raises ChecksMissing while a line has no answer."""
    answers = list(review.check_answers.select_related("item"))
    desk = getattr(review.proposal.cycle, "desk", None)
    if desk is not None and desk.items.count() > len(answers):
        raise errors.ChecksMissing
    return [
        {
            "code": answer.item.code,
            "kk": answer.item.text_kk,
            "ru": answer.item.text_ru,
            "en": answer.item.text_en,
            "finding": answer.finding,
            "note": answer.note,
        }
        for answer in answers
    ]


def _guess(proposal: Proposal) -> int:
    """What the author thought it costs: the proposal's cost until a verdict corrects it."""
    first = Verdict.objects.filter(review__proposal=proposal).order_by("pk").first()
    return first.guess if first else proposal.cost


def _estimate(review: Review) -> list[dict[str, Any]]:
    return [
        {
            "what": line.what,
            "quantity": line.quantity,
            "unit": line.unit,
            "unit_price": line.unit_price,
            "amount": line.amount,
        }
        for line in review.cost_lines.all()
    ]


def _terms(proposal: Proposal, review: Review, ruling: Ruling) -> dict[str, Any]:
    """Until when an author may object, and appeal: never against a second look."""
    rules = rules_of(proposal.cycle)
    is_changed = ruling.decision == Verdict.Decision.WITH_CHANGES
    if rules is None:
        if is_changed:
            raise errors.DeskNotOpen
        return {}
    may_appeal = review.look == Review.Look.FIRST and ruling.decision != Verdict.Decision.FEASIBLE
    return {
        "consent_until": in_working_days(rules.consent_days) if is_changed else None,
        "appeal_until": in_working_days(rules.appeal_days) if may_appeal else None,
    }


def _follow(proposal: Proposal, verdict: Verdict, by: User | None) -> None:
    is_refused = verdict.decision == Verdict.Decision.NOT_FEASIBLE
    proposal.state = Proposal.State.NOT_FEASIBLE if is_refused else Proposal.State.FEASIBLE
    proposal.cost, proposal.running_cost = verdict.cost, verdict.running_cost
    proposal.save(update_fields=["state", "cost", "running_cost"])
    change_state(dossier=proposal.dossier, state=proposal.state)
    notify_followers(kind="proposal_reviewed", dossier=proposal.dossier, actor=by)


def _answer(review: Review, verdict: Verdict, by: User | None, on: date | None) -> None:
    """The verdict in the words of the department's answer."""
    due = review.answer_due
    if due is None:
        return
    words = Words(
        disposition=DISPOSITIONS[Verdict.Decision(verdict.decision)],
        reasoning_kk=verdict.reasons_kk,
        reasoning_ru=verdict.reasons_ru,
        reasoning_en=verdict.reasons_en,
        change_reference=verdict.changes_ru[:LONGEST_CHANGE],
        signed_name=verdict.signed_name,
        signed_post=verdict.signed_post,
    )
    if due.is_answered:
        reason = verdict.superseding_reason or _("The proposal is checked after all.")
        correct_answer(by=by, answer_due=due, words=words, reason=reason, on=on)
    else:
        publish_answer(by=by, answer_due=due, words=words, on=on)
