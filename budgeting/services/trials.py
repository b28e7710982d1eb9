"""A trial of a vote before its freeze: the booth as it will be, with ballots that never count.

Knows nothing of rolls, ballots and counts of real votes (tests/budgeting/test_trials.py).
"""

import hashlib
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from budgeting import errors
from budgeting.allocation import ENGINE_VERSION, count, parse_pabulib
from budgeting.ballots import Choices
from budgeting.models import (
    MOST_TRIAL_BALLOTS,
    Election,
    ShortlistEntry,
    Trial,
    TrialBallot,
)
from budgeting.pabulib_files import write_ballots
from budgeting.readiness import issues_before_opening
from budgeting.services.frozen_ballots import planned_shortlist, take_rules_of_cycle
from budgeting.trial_ballots import random_ballots
from budgeting.voting_rules import VotingRules
from participation.services import record

NEEDED = {"rules", "voting_dates", "shortlist", "costs"}
"""What of the list before the freeze a booth cannot do without."""


@transaction.atomic
def open_trial(*, by: User, election: Election) -> Trial:
    """Let staff try the booth; the trial that is open, if one is.

    Raises NotReady with what a ballot still lacks, WrongState once the vote is frozen.
    """
    election = _locked(election)
    for issue in issues_before_opening(election):
        if issue.code in NEEDED and not issue.is_done:
            raise errors.NotReady(issue.text)
    trial, is_new = Trial.objects.get_or_create(election=election)
    if is_new:
        _tell(by, election, "budgeting.trial_opened")
    return trial


@transaction.atomic
def end_trial(*, by: User, election: Election) -> None:
    """Delete the trial with its ballots. Raises WrongState once the vote is frozen."""
    discard_trial(by=by, election=_locked(election))


def discard_trial(*, by: User, election: Election) -> None:
    """Delete the trial of an election that is locked; nothing where there is none."""
    trial = Trial.objects.filter(election=election).first()
    if trial is None:
        return
    number = trial.ballots.count()
    trial.delete()
    _tell(by, election, "budgeting.trial_ended", ballots=number)


@transaction.atomic
def change_link(*, by: User, trial: Trial, secret: str) -> None:
    """From now on only a link with this secret lets people in; none does where it is empty.

    Kept is its SHA-256. Raises WrongState once the vote is frozen.
    """
    election = _locked(trial.election)
    kept = hash_of(secret) if secret else ""
    if not Trial.objects.filter(pk=trial.pk).update(link_hash=kept):
        raise errors.WrongState
    _tell(by, election, "budgeting.trial_link_changed", is_open=bool(secret))


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def cast_trial_ballot(*, trial: Trial, choices: Choices, request: str) -> TrialBallot:
    """Store a ballot on trial, of nobody. The same form sent twice is one ballot.

    Raises BallotInvalid as a real cast does, TrialFull, WrongState once the vote is frozen.
    """
    election = _locked(trial.election)
    costs = _costs(planned_shortlist(election))
    rules = VotingRules.from_data(election.rules)
    checked = rules.checked(choices, costs=costs, amount=election.envelope.amount)
    key = uuid5(UUID(int=trial.pk), request)
    existing = TrialBallot.objects.filter(pk=key).first()
    if existing:
        return existing
    (number,) = _numbers(trial, 1)
    return TrialBallot.objects.create(pk=key, trial=trial, number=number, choices=checked)


@transaction.atomic
def fill_trial(*, by: User, trial: Trial, number: int, seed: int) -> None:
    """Add so many random ballots, which follow from the seed. Raises TrialFull, BallotInvalid."""
    election = _locked(trial.election)
    costs = _costs(planned_shortlist(election))
    ballots = random_ballots(
        VotingRules.from_data(election.rules),
        costs,
        election.envelope.amount,
        number=number,
        seed=seed,
    )
    numbers = _numbers(trial, number)
    TrialBallot.objects.bulk_create(
        TrialBallot(
            pk=uuid5(UUID(int=trial.pk), f"random {place}"),
            trial=trial,
            number=place,
            seed=seed,
            choices=choices,
        )
        for place, choices in zip(numbers, ballots, strict=True)
    )
    _tell(by, election, "budgeting.trial_filled", ballots=number, seed=seed)


@dataclass(frozen=True)
class TrialCount:
    """What the counting engine makes of a trial; `unfit` ballots no longer follow the rules."""

    rule: str
    engine_version: str
    input_sha256: str
    result: dict[str, Any]
    entries: list[ShortlistEntry]
    ballots: int
    unfit: int
    seconds: float


def count_trial(*, trial: Trial) -> TrialCount:
    """Count the trial by the rule and on the projects of now; nothing of it is stored.

    `seconds` is the time of the count alone, from the document to the winners. Raises
    NothingToCount where no project is left on the ballot.
    """
    election = trial.election
    take_rules_of_cycle(election)
    entries = planned_shortlist(election)
    if not entries:
        raise errors.NothingToCount
    ballots, unfit = _fit(trial, entries)
    text = write_ballots(election, entries, ballots)
    started = time.perf_counter()
    rule = VotingRules.from_data(election.rules).counting_rule()
    result = count(parse_pabulib(text, name="trial.pb"), rule).to_dict()
    return TrialCount(
        rule=str(rule),
        engine_version=ENGINE_VERSION,
        input_sha256=hash_of(text),
        result=result,
        entries=entries,
        ballots=len(ballots),
        unfit=unfit,
        seconds=time.perf_counter() - started,
    )


def _fit(trial: Trial, entries: list[ShortlistEntry]) -> tuple[list[tuple[str, Choices]], int]:
    rules, costs = VotingRules.from_data(trial.election.rules), _costs(entries)
    amount = trial.election.envelope.amount
    ballots, unfit = [], 0
    for number, choices in trial.ballots.values_list("number", "choices"):
        try:
            ballots.append((str(number), rules.checked(choices, costs=costs, amount=amount)))
        except errors.BallotInvalid:
            unfit += 1
    return ballots, unfit


def _locked(election: Election) -> Election:
    """With the rules of its cycle, held so that trial ballots get their numbers one by one."""
    locked = (
        Election.objects.select_for_update(of=("self",), no_key=True)
        .select_related("envelope__cycle__dossier", "envelope__cycle__ruleset")
        .get(pk=election.pk)
    )
    if locked.state != Election.State.SETUP:
        raise errors.WrongState
    take_rules_of_cycle(locked)
    return locked


def _costs(entries: list[ShortlistEntry]) -> dict[str, int]:
    return {entry.project_id: entry.cost for entry in entries}


def _numbers(trial: Trial, wanted: int) -> range:
    """The next numbers, under the lock on the election. Raises TrialFull, WrongState."""
    if not Trial.objects.filter(pk=trial.pk).exists():
        raise errors.WrongState
    taken = trial.ballots.count()
    if taken + wanted > MOST_TRIAL_BALLOTS:
        raise errors.TrialFull
    return range(taken + 1, taken + wanted + 1)


def _tell(by: User, election: Election, kind: str, **facts: Any) -> None:
    cycle = election.envelope.cycle
    record(kind=kind, dossier=cycle.dossier, actor=by, election=election.pk, **facts)
