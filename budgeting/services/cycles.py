"""Setting up a cycle: its place, rules, money and dates."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from budgeting import errors, phases
from budgeting.models import Cycle, Election, Envelope
from budgeting.phase_dates import PhaseDates
from budgeting.proposal_rules import ProposalRules
from budgeting.services.elections import prepare_election
from budgeting.voting_rules import VotingRules
from participation.models import Phase, Ruleset, Territory
from participation.services import Wording, create_dossier, publish_dossier, record

__all__ = [
    "EnvelopeDraft",
    "PhaseDates",
    "change_dates",
    "create_cycle",
    "publish_cycle",
]


@dataclass(frozen=True)
class EnvelopeDraft:
    territory: Territory
    amount: int
    name_kk: str
    name_ru: str
    name_en: str = ""


@transaction.atomic
def create_cycle(
    *,
    by: User | None,
    territory: Territory,
    slug: str,
    year: int,
    ruleset: Ruleset,
    wordings: list[Wording],
    envelopes: list[EnvelopeDraft],
    dates: list[PhaseDates],
    like: Cycle | None = None,
) -> Cycle:
    """A cycle in preparation, with an election for each envelope; `like` is the one after which it
    was made. ValueError: unusable rules. Raises BudgetExists."""
    VotingRules.from_data(ruleset.data).counting_rule()
    ProposalRules.from_data(ruleset.data)
    cycle = _create_rows(territory, slug, year, ruleset, wordings)
    dossier = cycle.dossier
    Phase.objects.bulk_create(
        [
            Phase(dossier=dossier, kind=date.kind, opens_at=date.opens_at, closes_at=date.closes_at)
            for date in dates
        ]
    )
    for number, draft in enumerate(envelopes, start=1):
        envelope = Envelope.objects.create(
            cycle=cycle,
            number=number,
            territory=draft.territory,
            amount=draft.amount,
            name_kk=draft.name_kk,
            name_ru=draft.name_ru,
            name_en=draft.name_en,
        )
        prepare_election(envelope=envelope)
    origin = {"like": like.dossier.reference} if like else {}
    record(kind="budgeting.cycle_created", dossier=dossier, actor=by, year=year, **origin)
    return cycle


def _create_rows(
    territory: Territory, slug: str, year: int, ruleset: Ruleset, wordings: list[Wording]
) -> Cycle:
    try:
        with transaction.atomic():
            dossier = create_dossier(
                kind=phases.CYCLE,
                territory=territory,
                state="running",
                path=f"budgeting/{slug}/",
                wordings=wordings,
            )
            return Cycle.objects.create(dossier=dossier, slug=slug, year=year, ruleset=ruleset)
    except IntegrityError as error:
        # Somebody may have taken the address since anybody looked.
        if not Cycle.objects.filter(slug=slug).exists():
            raise
        raise errors.BudgetExists from error


@transaction.atomic
def publish_cycle(*, by: User | None, cycle: Cycle) -> None:
    publish_dossier(dossier=cycle.dossier)
    record(kind="budgeting.cycle_published", dossier=cycle.dossier, actor=by)


@transaction.atomic
def change_dates(*, by: User, cycle: Cycle, dates: list[PhaseDates]) -> None:
    """Move phases; those of a frozen vote stay. Raises WrongState for an attempt on them."""
    # Locked, so that no freeze comes between the look and the change.
    elections = Election.objects.select_for_update().filter(envelope__cycle=cycle)
    frozen = any(election.state != Election.State.SETUP for election in elections)
    before = {phase.kind: phase for phase in cycle.dossier.phases.select_for_update()}
    for date in dates:
        old = before.get(date.kind)
        is_same = old and (old.opens_at, old.closes_at) == (date.opens_at, date.closes_at)
        if is_same:
            continue
        if frozen and date.kind == phases.VOTING:
            raise errors.WrongState
        if date.kind == phases.VOTING:
            elections.update(opens_at=date.opens_at, closes_at=date.closes_at)
        Phase.objects.update_or_create(
            dossier=cycle.dossier,
            kind=date.kind,
            defaults={"opens_at": date.opens_at, "closes_at": date.closes_at},
        )
        record(
            kind="budgeting.dates_changed",
            dossier=cycle.dossier,
            actor=by,
            phase=date.kind,
            opens_at=date.opens_at.isoformat(),
            closes_at=date.closes_at.isoformat(),
        )
