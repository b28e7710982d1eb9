"""Statements of a consultation: proposed, put to the vote or not, voted on until the close."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from accounts.services import helix_of
from edp.models import Consultation, Statement, StatementVote, VoteStatement
from edp.opinion_groups import priority
from edp.services.consultation.errors import (
    ConsultationClosed,
    DecidedAlready,
    ReasonMissing,
    StatementIncomplete,
    TooManyProposals,
    VotingOver,
)
from edp.services.consultation.rounds import locked
from participation.services import follow, notify, record

State = VoteStatement.State
WAITING_AT_ONCE = 3


def _next_number(consultation: Consultation) -> int:
    """Under the lock on the consultation."""
    last = consultation.statements.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def propose_statement(
    *, by: User, consultation: Consultation, text: str, language: str
) -> VoteStatement:
    """A participant's own, to be decided. Raises ConsultationClosed, TooManyProposals."""
    consultation = locked(consultation)
    if not consultation.takes_part_on(timezone.localdate()):
        raise ConsultationClosed
    waiting = consultation.statements.filter(proposed_by=by, state=State.PROPOSED)
    if waiting.count() >= WAITING_AT_ONCE:
        raise TooManyProposals
    statement = VoteStatement(
        consultation=consultation, number=_next_number(consultation), proposed_by=by
    )
    setattr(statement, f"text_{language}", text)
    statement.save()
    follow(person=by, dossier=consultation.dossier)
    return statement


@transaction.atomic
def add_statement(
    *,
    by: User | None,
    consultation: Consultation,
    texts: Mapping[str, str],
    source: Statement | None = None,
) -> VoteStatement:
    """The organiser's own, put to the vote. Raises ConsultationClosed, StatementIncomplete."""
    consultation = locked(consultation)
    if consultation.is_over:
        raise ConsultationClosed
    statement = VoteStatement(consultation=consultation, number=_next_number(consultation))
    _accept(by, statement, texts, source)
    return statement


@transaction.atomic
def accept_statement(
    *,
    by: User,
    statement: VoteStatement,
    texts: Mapping[str, str],
    source: Statement | None = None,
) -> None:
    """Put a proposal to the vote; its author is told.

    Raises DecidedAlready, ConsultationClosed, StatementIncomplete.
    """
    statement = _undecided(statement)
    if statement.consultation.is_over:
        raise ConsultationClosed
    _accept(by, statement, texts, source)
    _tell(by, statement)


def _accept(
    by: User | None, statement: VoteStatement, texts: Mapping[str, str], source: Statement | None
) -> None:
    for code, text in texts.items():
        setattr(statement, f"text_{code}", text.strip())
    if not statement.text_kk or not statement.text_ru:
        raise StatementIncomplete
    statement.source, statement.state = source, State.ACCEPTED
    statement.save()
    record(
        kind="edp.vote_statement_accepted",
        dossier=statement.consultation.dossier,
        actor=by,
        number=statement.number,
        text_kk=statement.text_kk,
        text_ru=statement.text_ru,
    )


def _undecided(statement: VoteStatement) -> VoteStatement:
    rows = VoteStatement.objects.select_for_update(of=("self",))
    statement = rows.select_related("consultation__dossier", "proposed_by").get(pk=statement.pk)
    if statement.state != State.PROPOSED:
        raise DecidedAlready
    return statement


@transaction.atomic
def decline_statement(*, by: User, statement: VoteStatement, reason: str) -> None:
    """Say publicly why it is not put to the vote. Raises DecidedAlready, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    statement = _undecided(statement)
    statement.state, statement.reason = State.DECLINED, reason.strip()
    statement.save()
    _tell(by, statement)
    record(
        kind="edp.vote_statement_declined",
        dossier=statement.consultation.dossier,
        actor=by,
        number=statement.number,
        reason=statement.reason,
    )


def _tell(by: User, statement: VoteStatement) -> None:
    if statement.proposed_by is None:
        return
    notify(
        kind="vote_statement_decided",
        recipients=[statement.proposed_by],
        dossier=statement.consultation.dossier,
        actor=by,
        statement=statement.pk,
        path=f"{statement.consultation.dossier.path}statements/",
    )


@transaction.atomic
def vote_on_statement(*, by: User, statement: VoteStatement, value: int) -> None:
    """Agree (1), disagree (-1) or pass (0); a later vote replaces the earlier. Raises VotingOver.

    The helix is that of the first vote: later changes of affiliation do not rewrite it.
    """
    consultation = statement.consultation
    if not consultation.takes_part_on(timezone.localdate()):
        raise VotingOver
    vote = StatementVote(
        statement=statement, person=by, value=value, helix=helix_of(by, timezone.localdate())
    )
    try:
        with transaction.atomic():
            StatementVote.objects.bulk_create(
                [vote],
                update_conflicts=True,
                unique_fields=["statement", "person"],
                update_fields=["value"],
            )
    except IntegrityError as error:
        raise VotingOver from error
    follow(person=by, dossier=consultation.dossier)


def in_order(consultation: Consultation) -> list[VoteStatement]:
    """Put to the vote, in the order in which they are shown: unsure and new ones first."""
    votes = {
        name: Count("votes", filter=Q(votes__value=value))
        for name, value in (("agreed", 1), ("passed", 0))
    }
    rows = consultation.statements.filter(state=State.ACCEPTED).annotate(
        seen=Count("votes"), **votes
    )
    return sorted(rows, key=_place)


def _place(row: Any) -> tuple[float, int]:
    chance = priority(agree=row.agreed, passed=row.passed, seen=row.seen, extremity=0)
    return -chance, row.number


def votes_by(person: User, consultation: Consultation) -> dict[int, int]:
    """The person's own: number of the statement → value."""
    if not person.is_authenticated:
        return {}
    own = StatementVote.objects.filter(person=person, statement__consultation=consultation)
    return dict(own.values_list("statement__number", "value"))
