"""Counting a consultation's votes, now or for good at the close."""

import csv
import hashlib
import hmac
import io
from typing import Any

from edp.consultation_rules import ConsultationRules
from edp.models import Consultation, OpinionSnapshot, StatementVote, VoteStatement
from edp.opinion_results import Rules, Vote, canonical, count, public_rows


def _votes_of(consultation: Consultation) -> list[Vote]:
    """Voters under a mark that only this consultation's secret makes."""
    rows = StatementVote.objects.filter(statement__consultation=consultation)
    salt = consultation.vote_salt.encode()
    return [
        Vote(hmac.new(salt, str(person).encode(), hashlib.sha256).hexdigest(), number, helix, value)
        for person, number, helix, value in rows.order_by("pk").values_list(
            "person", "statement__number", "helix", "value"
        )
    ]


def _rules(consultation: Consultation) -> Rules:
    return ConsultationRules.from_data(consultation.process.ruleset.data).results


def _statements(consultation: Consultation) -> list[int]:
    accepted = consultation.statements.filter(state=VoteStatement.State.ACCEPTED)
    return list(accepted.order_by("number").values_list("number", flat=True))


def count_votes(consultation: Consultation) -> dict[str, Any]:
    """As they stand now; edp.opinion_results says what the count holds."""
    return count(_votes_of(consultation), _statements(consultation), _rules(consultation))


def take_snapshot(consultation: Consultation) -> OpinionSnapshot:
    """The count for good; nobody can vote any more when this is called."""
    votes, rules = _votes_of(consultation), _rules(consultation)
    body, digest = canonical(count(votes, _statements(consultation), rules))
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(public_rows(votes, rules))
    return OpinionSnapshot.objects.create(
        consultation=consultation, body=body, votes_csv=table.getvalue(), sha256=digest
    )
