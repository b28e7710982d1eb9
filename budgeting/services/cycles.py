"""Setting up a cycle: its place, rules, money and dates."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from budgeting import errors, phases
from budgeting.models import Cycle, Election, Envelope
from budgeting.proposal_rules import ProposalRules
from budgeting.services.elections import prepare_election
from budgeting.voting_rules import VotingRules
from participation.models import Phase, Ruleset, Territory
from participation.services import Wording, create_dossier, publish_dossier, record


@dataclass(frozen=True)
class EnvelopeDraft:
    territory: Territory
    amount: int
    name_kk: str
    name_ru: str
    name_en: str = ""


@dataclass(frozen=True)
class PhaseDates:
    kind: str
    opens_at: datetime
    closes_at: datetime


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
) -> Cycle:
    """A cycle in preparation, with an election for each envelope. ValueError: unusable rules."""
    VotingRules.from_data(ruleset.data).counting_rule()
    ProposalRules.from_data(ruleset.data)
    dossier = create_dossier(
        kind=phases.CYCLE,
        territory=territory,
        state="running",
        path=f"budgeting/{slug}/",
        wordings=wordings,
    )
    cycle = Cycle.objects.create(dossier=dossier, slug=slug, year=year, ruleset=ruleset)
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
    record(kind="budgeting.cycle_created", dossier=dossier, actor=by, year=year)
    return cycle


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


def usual_dates(year: int) -> list[PhaseDates]:
    """A year's calendar to start from: everything is decided in the year before the works."""
    zone = timezone.get_default_timezone()

    def day(month: int, number: int, *, of: int = year - 1) -> datetime:
        return datetime(of, month, number, tzinfo=zone)

    return [
        PhaseDates(phases.PROPOSALS, day(2, 1), day(4, 1)),
        PhaseDates(phases.FEASIBILITY, day(4, 1), day(9, 1)),
        PhaseDates(phases.VOTING, day(9, 10), day(10, 1)),
        PhaseDates(phases.RESULTS, day(10, 5), day(1, 1, of=year)),
        PhaseDates(phases.WORKS, day(1, 1, of=year), day(1, 1, of=year + 1)),
    ]
