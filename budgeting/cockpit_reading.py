"""What an organiser is shown of a cycle now, read once, in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from budgeting import phases
from budgeting.feasibility_account import Account
from budgeting.feasibility_reading import account_of_cycle, waiting_appeals
from budgeting.models import Cycle, Election, Envelope, LetterBatch, Register, Review, Work
from budgeting.presentation import Turnout, turnout_of
from budgeting.similar import alike_ids
from budgeting.voting_rules import VotingRules
from budgeting.works_reading import WorksTotal, total_of, works_of
from participation.models import Phase, Residence, Support

SILENT_AFTER = timedelta(days=90)
SOON = timedelta(days=7)
_UP_TO_A_COUNTRY = ["territory" + "__parent" * steps for steps in range(6)]


@dataclass(frozen=True)
class Works:
    """`silent`: unfinished and without news for 90 days."""

    total: WorksTotal
    silent: int
    without_builder: int
    without_plan: int


@dataclass(frozen=True)
class Today:
    """A cycle at one moment. `elections` counts them by state; `over` those whose time has passed
    and which no worker has closed."""

    cycle: Cycle
    now: datetime
    account: Account
    new: int
    supports: int
    new_supports: int
    reviews_soon: int
    appeals: int
    alike: int
    has_desk: bool
    needs_register: bool
    has_register: bool
    voters: int
    letters: int
    turnout: Turnout | None
    elections: Mapping[str, int]
    over: int
    works: Works

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def phase(self, kind: str) -> Phase | None:
        return next((p for p in self.cycle.dossier.phases.all() if p.kind == kind), None)

    def has_begun(self, kind: str) -> bool:
        phase = self.phase(kind)
        return phase is not None and phase.opens_at <= self.now

    def is_before_the_end_of(self, kind: str) -> bool:
        phase = self.phase(kind)
        return phase is None or self.now < phase.closes_at


def read_today(cycle: Cycle, envelopes: list[Envelope], now: datetime) -> Today:
    """`cycle` as it comes for display with its desk, `envelopes` with their elections."""
    today = timezone.localdate(now)
    elections = [envelope.election for envelope in envelopes]
    register = Register.objects.filter(cycle=cycle)
    letters = LetterBatch.objects.filter(register__cycle=cycle, state=LetterBatch.State.READY)
    supports, new_supports = _supports(cycle, today)
    return Today(
        cycle=cycle,
        now=now,
        account=account_of_cycle(cycle, today),
        new=cycle.proposals.public().filter(dossier__published_at__date=today).count(),
        supports=supports,
        new_supports=new_supports,
        reviews_soon=_reviews_due_soon(cycle, today),
        appeals=waiting_appeals(cycle).count(),
        alike=len(alike_ids(cycle)),
        has_desk=hasattr(cycle, "desk"),
        needs_register=_needs_register(cycle),
        has_register=register.filter(lines__isnull=False).exists(),
        voters=_voters(cycle),
        letters=letters.count(),
        turnout=turnout_of(envelopes),
        elections=Counter(election.state for election in elections),
        over=sum(_is_over(election, now) for election in elections),
        works=_works(cycle, now),
    )


def _supports(cycle: Cycle, today: date) -> tuple[int, int]:
    given = Support.objects.filter(dossier__proposal__cycle=cycle, comment=None)
    counts = given.aggregate(all=Count("pk"), new=Count("pk", filter=Q(given_at__date=today)))
    return counts["all"], counts["new"]


def _reviews_due_soon(cycle: Cycle, today: date) -> int:
    reviews = Review.objects.open().filter(proposal__cycle=cycle, answer_due__answered_on=None)
    return reviews.filter(answer_due__due_on__range=(today, today + SOON)).count()


def _needs_register(cycle: Cycle) -> bool:
    try:
        return VotingRules.from_data(cycle.ruleset.data).voter_rules.needs_line
    except (TypeError, ValueError):
        return False


def _voters(cycle: Cycle) -> int:
    """Whoever has shown that they live in the cycle's place, or in a part of it."""
    place = cycle.dossier.territory_id
    within = Q()
    for path in _UP_TO_A_COUNTRY:
        within |= Q(**{path: place})
    return Residence.objects.filter(within, valid_to=None).count()


def _is_over(election: Election, now: datetime) -> bool:
    if election.state == Election.State.CLOSED:
        return True
    return election.state == Election.State.FROZEN and election.closes_at <= now


def _works(cycle: Cycle, now: datetime) -> Works:
    rows = works_of(cycle)
    if not rows:
        return Works(total_of(rows), 0, 0, 0)
    told = Work.objects.filter(award__proposal__cycle=cycle).annotate(last=Max("diary__on"))
    last_news = dict(told.values_list("pk", "last"))
    won_on = min(
        (p.opens_at for p in cycle.dossier.phases.all() if p.kind == phases.RESULTS), default=now
    )
    fresh_from = timezone.localdate(now - SILENT_AFTER)
    going = [row.work for row in rows if row.work.state != Work.State.DONE]
    return Works(
        total=total_of(rows),
        silent=sum(
            (last_news[work.pk] or timezone.localdate(won_on)) < fresh_from for work in going
        ),
        without_builder=sum(work.body_id is None for work in going),
        without_plan=sum(not work.milestones_planned for work in going),
    )
