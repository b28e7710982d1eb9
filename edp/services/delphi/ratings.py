"""Ratings of a panel: nothing written here joins a person with what they said.

So there is no form key, no follow and no journal entry in this transaction: each of them names
the person and would lie beside the rating. The unique pseudonym makes a form that is sent twice
one rating.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from edp.models import DelphiRating, DelphiRound, DelphiStatement, DelphiStudy
from edp.panel_keys import slot_of
from edp.services.delphi.refusals import NoOpenRound, NotInvited, OffScale
from edp.services.delphi.studies import parameters_of


@dataclass(frozen=True)
class Answer:
    value: int
    reason: str = ""


def open_round_of(study: DelphiStudy) -> DelphiRound | None:
    """The one that takes ratings at this moment."""
    return study.rounds.filter(closed_at=None, closes_at__gt=timezone.now()).first()


def is_invited(person: User, study: DelphiStudy) -> bool:
    return study.invitations.filter(person=person).exists()


@transaction.atomic
def rate(*, by: User, study: DelphiStudy, answers: dict[DelphiStatement, Answer]) -> None:
    """Write or change one's ratings in the open round.

    Raises NotInvited, NoOpenRound, OffScale and PanelKeyMissing.
    """
    if not is_invited(by, study):
        raise NotInvited
    within = open_round_of(study)
    if within is None:
        raise NoOpenRound
    # Whoever closes the round waits for this, or this for the close.
    within = DelphiRound.objects.select_for_update(no_key=True).get(pk=within.pk)
    if within.closed_at is not None:
        raise NoOpenRound
    parameters = parameters_of(study)
    if any(not parameters.low <= a.value <= parameters.high for a in answers.values()):
        raise OffScale
    DelphiRating.objects.bulk_create(
        [
            DelphiRating(
                round=within,
                statement=statement,
                slot=slot_of(study, by),
                value=answer.value,
                reason=answer.reason,
            )
            for statement, answer in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["round", "statement", "slot"],
        update_fields=["value", "reason"],
    )


def own_ratings(person: User, study: DelphiStudy) -> dict[tuple[int, int], DelphiRating]:
    """One's own, by round number and statement; read with the key, for oneself only."""
    rows = DelphiRating.objects.filter(round__study=study, slot=slot_of(study, person))
    return {(row.round.number, row.statement_id): row for row in rows.select_related("round")}
