"""Decisions: dated, with reasons in both official languages, public and never changed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from edp.errors import DecidedInFuture, NotAnnounced, NotOurs, ReasonsMissing
from edp.models import Decision, DiscoveryProcess
from participation.services import record


@transaction.atomic
def record_decision(
    *,
    by: User | None,
    process: DiscoveryProcess,
    kind: str,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    votes: tuple[int, int, int] | None = None,
    document_url: str = "",
) -> Decision:
    """Write down what `body` decided; `reasons` by language, `votes` for, against, abstained.

    Raises NotOurs, ReasonsMissing without Kazakh or Russian, DecidedInFuture.
    """
    if not process.is_ours:
        raise NotOurs
    if not all(reasons.get(language, "").strip() for language in ("kk", "ru")):
        raise ReasonsMissing
    if decided_on > timezone.localdate():
        raise DecidedInFuture
    votes_for, against, abstained = votes or (None, None, None)
    decision = Decision.objects.create(
        process=process,
        kind=kind,
        body=body,
        decided_on=decided_on,
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstained,
        reasons_kk=reasons["kk"],
        reasons_ru=reasons["ru"],
        reasons_en=reasons.get("en", ""),
        document_url=document_url,
        entered_by=by,
    )
    record(
        kind="edp.decision_recorded",
        dossier=process.dossier,
        actor=by,
        decision=kind,
        body=body,
        decided_on=decided_on.isoformat(),
        reasons={code: text for code, text in reasons.items() if text},
    )
    return decision


@transaction.atomic
def publish_decision(
    *,
    by: User,
    process: DiscoveryProcess,
    body: str,
    decided_on: date,
    reasons: dict[str, str],
    votes: tuple[int, int, int] | None = None,
    document_url: str = "",
) -> Decision:
    """What was decided on another matter than stages and gates, for everybody to read.

    Raises NotAnnounced and what record_decision raises.
    """
    if process.dossier.published_at is None:
        raise NotAnnounced
    return record_decision(
        by=by,
        process=process,
        kind=Decision.Kind.OTHER,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        votes=votes,
        document_url=document_url,
    )
