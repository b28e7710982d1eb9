"""The booth as pages draw it, and what its buttons ask for: in a vote, and in a trial of one."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from budgeting import errors
from budgeting.ballots import Choices
from budgeting.forms.booth import PREFIXES, read_choices, read_request
from budgeting.grade_names import GRADE_OPTIONS, name_of_grade
from budgeting.models import Election, ShortlistEntry
from budgeting.services.conditions import rivals_by_proposal
from budgeting.voting_rules import CUMULATIVE, GRADED, KNAPSACK, RANKED, VotingRules
from participation.errors import Refused


@dataclass(frozen=True)
class Booth:
    """One ballot's projects and rules; `address` is where its forms go."""

    election: Election
    entries: list[ShortlistEntry]
    address: str
    is_trial: bool = False

    @property
    def rules(self) -> VotingRules:
        return VotingRules.from_data(self.election.rules)


@dataclass(frozen=True)
class Pick:
    """One project on the ballot, chosen or not; `points` may be a grade or a place.

    `shares_place`: another project was given the same place.
    """

    entry: ShortlistEntry
    points: int
    is_chosen: bool
    prefix: str = ""
    excludes: tuple[str, ...] = ()
    shares_place: bool = False

    @property
    def field(self) -> str:
        """The name of the project's field in the booth's form."""
        return f"{self.prefix}-{self.entry.project_id}" if self.prefix else "project"

    @property
    def value(self) -> str | int:
        return self.points if self.prefix else self.entry.project_id

    @property
    def grade_name(self) -> str:
        return name_of_grade(self.points)


def answer(
    request: HttpRequest,
    booth: Booth,
    cast: Callable[[Choices, str], HttpResponse],
    obstacle: Refused | None = None,
) -> HttpResponse:
    """What the pressed button asks for; a refusal shows the booth again, nothing lost."""
    choices = read_choices(request.POST, booth.rules, [entry.project_id for entry in booth.entries])
    step = request.POST.get("step")
    # The form that cast the final ballot may arrive twice: the second leads to its receipt too.
    if obstacle is not None and not (step == "cast" and isinstance(obstacle, errors.BallotFinal)):
        if isinstance(obstacle, errors.VotingClosed):
            obstacle.way_out = _("What you had chosen is shown below; it was not counted.")
        return show(request, booth, choices, obstacle, status=403)
    try:
        if step == "cast":
            return cast(choices, read_request(request.POST))
        if step == "review":
            return _review(request, booth, choices)
    except Refused as refusal:
        return show(request, booth, choices, refusal, status=422)
    return show(request, booth, choices, None)


def _review(request: HttpRequest, booth: Booth, choices: Choices) -> HttpResponse:
    costs = {entry.project_id: entry.cost for entry in booth.entries}
    checked = booth.rules.checked(choices, costs=costs, amount=booth.election.envelope.amount)
    context = content(booth, checked) | {"form_key": read_request(request.POST) or uuid4()}
    return render(request, "budgeting/ballot_review.html", context)


def show(
    request: HttpRequest,
    booth: Booth,
    choices: Choices,
    refusal: Refused | None,
    *,
    status: int = 200,
) -> HttpResponse:
    entries = _shuffled(booth.entries, _visitor(request))
    excluded = _excluded(booth.election, entries)
    picks = [
        replace(pick, excludes=excluded.get(pick.entry.proposal_id, ()))
        for pick in _picks(entries, choices, booth.rules)
    ]
    spent = sum(pick.entry.cost for pick in picks if pick.is_chosen)
    context = about(booth) | {
        "picks": picks,
        "spent": spent,
        "left": booth.election.envelope.amount - spent,
        "points_given": sum(pick.points for pick in picks),
        "refusal": refusal,
        "may_cast": not isinstance(
            refusal, errors.NotSignedIn | errors.NotEligible | errors.VotingClosed
        ),
        "has_voted": request.method != "POST" and bool(choices),
        "form_key": read_request(request.POST) or uuid4(),
    }
    return render(request, "budgeting/ballot_cast.html", context, status=status)


def content(booth: Booth, choices: Choices) -> dict[str, object]:
    """What a page says of one ballot, the best first where it says what is better."""
    picks = [pick for pick in _picks(booth.entries, choices, booth.rules) if pick.is_chosen]
    if booth.rules.ballot == RANKED:
        picks.sort(key=lambda pick: pick.points)
    elif booth.rules.ballot == GRADED:
        picks.sort(key=lambda pick: -pick.points)
    return about(booth) | {"picks": picks, "spent": sum(pick.entry.cost for pick in picks)}


def about(booth: Booth) -> dict[str, object]:
    rules = booth.rules
    return about_election(booth.election) | {
        "booth": booth,
        "rules": rules,
        "is_knapsack": rules.ballot == KNAPSACK,
        "is_cumulative": rules.ballot == CUMULATIVE,
        "is_graded": rules.ballot == GRADED,
        "is_ranked": rules.ballot == RANKED,
        "grades": GRADE_OPTIONS,
    }


def about_election(election: Election) -> dict[str, object]:
    return {
        "election": election,
        "envelope": election.envelope,
        "cycle": election.envelope.cycle,
        "amount": election.envelope.amount,
    }


def _excluded(election: Election, entries: list[ShortlistEntry]) -> dict[int, tuple[str, ...]]:
    """For every project with rivals the titles of those that it excludes."""
    titles = {entry.proposal_id: entry.proposal.dossier.title for entry in entries}
    return {
        proposal: tuple(titles[rival] for rival in rivals if rival in titles)
        for proposal, rivals in rivals_by_proposal(election.envelope).items()
    }


def _picks(entries: list[ShortlistEntry], choices: Choices, rules: VotingRules) -> list[Pick]:
    if isinstance(choices, dict):
        points = choices
    else:
        points = {project: place for place, project in enumerate(choices, start=1)}
    prefix = PREFIXES.get(rules.ballot, "")
    taken = Counter(points.values()) if rules.ballot == RANKED else Counter[int]()
    return [
        Pick(
            entry,
            points.get(entry.project_id, 0),
            entry.project_id in points,
            prefix,
            shares_place=taken[points.get(entry.project_id, 0)] > 1,
        )
        for entry in entries
    ]


def _visitor(request: HttpRequest) -> str:
    return str(request.user.pk or request.META.get("REMOTE_ADDR", ""))


def _shuffled(entries: list[ShortlistEntry], visitor: str) -> list[ShortlistEntry]:
    """An order of one's own that stays: no project gains from standing first for everybody."""
    if not entries:
        return []
    seed = hashlib.sha256(f"{entries[0].election_id} {visitor}".encode()).digest()
    return random.Random(seed).sample(entries, len(entries))  # noqa: S311 - an order, no secret
