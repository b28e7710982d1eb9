"""Reports, decisions with a published reason, appeals to somebody else."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.errors import Refused
from participation.models import Appeal, Comment, Decision, Discussion, ModerationReason, Report
from participation.services.comments import announce_comment
from participation.services.journal import record
from participation.services.outbox import notify

Outcome = Decision.Outcome


class NotReportable(Refused):
    message = _("This comment is not public any more.")


class OwnReport(Refused):
    message = _("You wrote this yourself.")
    way_out = _("You can edit it for half an hour, or add a reply.")


class OwnDecision(Refused):
    message = _("Nobody decides about their own comment, or on an appeal against themselves.")
    way_out = _("Another moderator of the region will decide.")


class DecidedMeanwhile(Refused):
    message = _("Another moderator has decided this meanwhile.")
    way_out = _("Read the decision, then decide again if need be.")


class ReasonMissing(Refused):
    message = _("Choose the reason from the published list.")


class NoAppeal(Refused):
    message = _("There is nothing to appeal against: one appeal against each hiding.")


@dataclass(frozen=True)
class Case:
    """What a moderator sees of one comment: its open reports, and an appeal not yet decided."""

    comment: Comment
    reports: list[Report]
    appeal: Appeal | None
    decisions: list[Decision]

    @property
    def last_decision(self) -> int:
        """The number by which a form shows what its moderator knew; 0 before any decision."""
        return self.decisions[0].pk if self.decisions else 0

    @property
    def outcomes(self) -> list[str]:
        """What may be decided now."""
        if self.comment.state == Comment.State.HIDDEN:
            return [Outcome.RESTORE, Outcome.HIDE] if self.appeal else [Outcome.RESTORE]
        return [Outcome.KEEP, Outcome.HIDE]

    def why_not(self, person: User) -> Refused | None:
        """What stands in the place of the form for this moderator."""
        if self.comment.author_id == person.pk:
            return OwnDecision()
        if self.appeal and self.appeal.against.decided_by_id == person.pk:
            return OwnDecision()
        return None


def case_of(comment: Comment) -> Case:
    return Case(
        comment=comment,
        reports=list(comment.reports.filter(resolved_by=None).order_by("reported_at")),
        appeal=open_appeals().filter(against__comment=comment).select_related("against").first(),
        decisions=list(comment.decisions.order_by("-pk").select_related("decided_by", "appeal")),
    )


def open_appeals() -> QuerySet[Appeal]:
    """Not decided, and their author has not erased the account."""
    return Appeal.objects.filter(decision=None, against__comment__author__isnull=False)


@transaction.atomic
def report_comment(*, by: User, comment: Comment, reason: str, note: str = "") -> None:
    """Put a comment before the moderators; a second report of the same person changes nothing.

    Raises NotReportable, OwnReport.
    """
    if not comment.is_public:
        raise NotReportable
    if comment.author_id == by.pk:
        raise OwnReport
    Report.objects.bulk_create(
        [Report(comment=comment, reporter=by, reason=reason, note=note)], ignore_conflicts=True
    )


@transaction.atomic
def decide_comment(
    *,
    by: User,
    comment: Comment,
    outcome: str,
    reason: str = "",
    explanation: str = "",
    last_decision: int | None = None,
) -> Decision:
    """Keep, hide or restore; end the open reports; tell the author; write it into the record.

    `last_decision` is the newest decision that the moderator has seen (Case.last_decision).
    Raises ReasonMissing, OwnDecision, DecidedMeanwhile.
    """
    # The discussion before its comments, as whoever replies takes them (docs/locking.md).
    Discussion.objects.select_for_update(no_key=True).get(dossier=comment.dossier_id)
    comment = (
        Comment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("dossier", "author")
        .get(pk=comment.pk)
    )
    case = case_of(comment)
    if refusal := case.why_not(by):
        raise refusal
    if outcome not in case.outcomes or last_decision not in (None, case.last_decision):
        raise DecidedMeanwhile
    if outcome == Outcome.HIDE and reason not in ModerationReason.values:
        raise ReasonMissing
    decision = Decision.objects.create(
        comment=comment,
        outcome=outcome,
        reason=reason if outcome == Outcome.HIDE else "",
        explanation=explanation,
        decided_by=by,
        appeal=case.appeal,
    )
    comment.reports.filter(resolved_by=None).update(resolved_by=decision)
    _carry_out(comment, decision)
    return decision


def _carry_out(comment: Comment, decision: Decision) -> None:
    was = comment.state
    is_hidden = decision.outcome == Outcome.HIDE
    comment.state = Comment.State.HIDDEN if is_hidden else Comment.State.PUBLIC
    comment.hidden_reason = decision.reason
    comment.save(update_fields=["state", "hidden_reason"])
    if was == Comment.State.WAITING and comment.is_public:
        announce_comment(comment)
    changed = was != comment.state
    if comment.author and (changed or decision.appeal):
        notify(
            kind="comment_moderated",
            recipients=[comment.author],
            dossier=comment.dossier,
            decision=decision.pk,
            path=f"comments/{comment.pk}/",
        )
    record(
        kind=f"participation.comment_{_PAST[decision.outcome]}",
        dossier=comment.dossier,
        actor=decision.decided_by,
        comment=comment.pk,
        on_appeal=decision.appeal is not None,
        **({"reason": decision.reason} if decision.reason else {}),
    )


_PAST: dict[str, str] = {Outcome.KEEP: "kept", Outcome.HIDE: "hidden", Outcome.RESTORE: "restored"}


def appealable(comment: Comment, person: User) -> Decision | None:
    """The decision that this person may appeal against now, if any."""
    if comment.state != Comment.State.HIDDEN or comment.author_id != person.pk:
        return None
    last = comment.decisions.order_by("-pk").select_related("appealed_in", "appeal").first()
    # A hiding that an appeal confirmed is final.
    if last is None or last.appeal_id is not None or hasattr(last, "appealed_in"):
        return None
    return last


@transaction.atomic
def appeal_decision(*, by: User, comment: Comment, text: str) -> Appeal:
    """Ask somebody other than the first moderator to look again. Raises NoAppeal."""
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    decision = appealable(comment, by)
    if decision is None:
        raise NoAppeal
    appeal = Appeal.objects.create(against=decision, text=text)
    record(kind="participation.moderation_appealed", dossier=comment.dossier, comment=comment.pk)
    return appeal


@dataclass(frozen=True)
class AuthorsView:
    """What the author of a comment is told about it: the last decision, and what can be done."""

    decision: Decision
    is_appealed: bool
    may_appeal: bool


def authors_view(comment: Comment, person: User) -> AuthorsView | None:
    """None for everybody else, and where nothing was decided."""
    if not person.is_authenticated or comment.author_id != person.pk:
        return None
    last = comment.decisions.order_by("-pk").select_related("appealed_in", "appeal").first()
    if last is None:
        return None
    return AuthorsView(last, hasattr(last, "appealed_in"), appealable(comment, person) is not None)
