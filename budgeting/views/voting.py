"""The voting booth: choose, review, cast, receipt. Works as plain forms; scripts only help."""

import hashlib
import random
from dataclasses import dataclass, replace
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from budgeting import errors
from budgeting.ballots import Choices
from budgeting.forms.booth import PREFIXES, read_choices, read_request
from budgeting.grade_names import GRADE_OPTIONS, name_of_grade
from budgeting.models import Election, ShortlistEntry
from budgeting.services import voting
from budgeting.services.conditions import rivals_by_proposal
from budgeting.services.eligibility import check_eligible
from budgeting.views.loading import election as load_election
from budgeting.voting_rules import CUMULATIVE, GRADED, KNAPSACK, RANKED, VotingRules
from participation.errors import Refused
from participation.guards import requires


@dataclass(frozen=True)
class Pick:
    """One project on the ballot, chosen or not; `points` may be a grade or a place."""

    entry: ShortlistEntry
    points: int
    is_chosen: bool
    prefix: str = ""
    excludes: tuple[str, ...] = ()

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


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, load_election)
@sensitive_variables()  # of this function and of all that it calls
def ballot_cast(request: HttpRequest, election: Election) -> HttpResponse:
    if election.state == Election.State.SETUP:
        return render(request, "budgeting/ballot_not_open.html", _about(election), status=404)
    if not election.key_fingerprint:
        # Another city's vote: it was never cast here.
        return redirect("budgeting:results-detail", election.envelope.cycle.slug)
    obstacle = _obstacle(request, election)
    if request.method == "POST":
        return _answer(request, election, obstacle)
    return _booth(request, election, _choices_so_far(request, election, obstacle), obstacle)


def _answer(request: HttpRequest, election: Election, obstacle: Refused | None) -> HttpResponse:
    """What the pressed button asks for; a refusal shows the booth again, nothing lost."""
    entries = _entries(election)
    rules = VotingRules.from_data(election.rules)
    choices = read_choices(request.POST, rules, [entry.project_id for entry in entries])
    step = request.POST.get("step")
    # The form that cast the final ballot may arrive twice: the second leads to its receipt too.
    if obstacle is not None and not (step == "cast" and isinstance(obstacle, errors.BallotFinal)):
        if isinstance(obstacle, errors.VotingClosed):
            obstacle.way_out = _("What you had chosen is shown below; it was not counted.")
        return _booth(request, election, choices, obstacle, status=403)
    try:
        if step == "cast":
            return _cast(request, election, choices)
        if step == "review":
            return _review(request, election, entries, rules, choices)
    except Refused as refusal:
        return _booth(request, election, choices, refusal, status=422)
    return _booth(request, election, choices, None)


def _cast(request: HttpRequest, election: Election, choices: Choices) -> HttpResponse:
    voting.cast_ballot(
        voter=request.user,  # type: ignore[arg-type]
        election=election,
        choices=choices,
        request=read_request(request.POST),
    )
    return redirect(
        "budgeting:ballot-receipt", election.envelope.cycle.slug, election.envelope.number
    )


def _review(
    request: HttpRequest,
    election: Election,
    entries: list[ShortlistEntry],
    rules: VotingRules,
    choices: Choices,
) -> HttpResponse:
    costs = {entry.project_id: entry.cost for entry in entries}
    checked = rules.checked(choices, costs=costs, amount=election.envelope.amount)
    picks = _chosen(entries, checked, rules)
    context = _about(election) | {
        "picks": picks,
        "spent": sum(pick.entry.cost for pick in picks),
        "form_key": read_request(request.POST) or uuid4(),
    }
    return render(request, "budgeting/ballot_review.html", context)


@never_cache
@require_safe
@requires("budgeting.cast_ballot", load_election)
@sensitive_variables()
def ballot_receipt(request: HttpRequest, election: Election) -> HttpResponse:
    """Computed from the voter's own sealed ballot while the vote is open; stored nowhere."""
    ballot = voting.own_ballot(voter=request.user, election=election)  # type: ignore[arg-type]
    receipt = voting.own_receipt(voter=request.user, election=election)  # type: ignore[arg-type]
    if ballot is None or receipt is None:
        return render(
            request, "budgeting/ballot_receipt_missing.html", _about(election), status=404
        )
    rules = VotingRules.from_data(election.rules)
    picks = _chosen(_entries(election), ballot.choices, rules)
    context = _about(election) | {
        "receipt": receipt,
        "picks": picks,
        "spent": sum(pick.entry.cost for pick in picks),
    }
    return render(request, "budgeting/ballot_receipt.html", context)


def _obstacle(request: HttpRequest, election: Election) -> Refused | None:
    """Why this visitor cannot cast a ballot now; None if they can."""
    now = timezone.now()
    if election.state != Election.State.FROZEN or not (
        election.opens_at <= now < election.closes_at
    ):
        return errors.VotingClosed()
    if not request.user.is_authenticated:
        return errors.NotSignedIn()
    try:
        check_eligible(voter=request.user, election=election)
    except errors.NotEligible as refusal:
        return refusal
    is_final = not VotingRules.from_data(election.rules).revocable
    if is_final and voting.has_voted(voter=request.user, election=election):
        return errors.BallotFinal()
    return None


def _choices_so_far(request: HttpRequest, election: Election, obstacle: Refused | None) -> Choices:
    if obstacle is None or isinstance(obstacle, errors.BallotFinal):
        ballot = voting.own_ballot(voter=request.user, election=election)  # type: ignore[arg-type]
        if ballot is not None:
            return ballot.choices
    return []


def _booth(
    request: HttpRequest,
    election: Election,
    choices: Choices,
    refusal: Refused | None,
    *,
    status: int = 200,
) -> HttpResponse:
    entries = _entries(election)
    _shuffle(entries, _visitor(request))
    excluded = _excluded(election, entries)
    picks = [
        replace(pick, excludes=excluded.get(pick.entry.proposal_id, ()))
        for pick in _picks(entries, choices, VotingRules.from_data(election.rules))
    ]
    spent = sum(pick.entry.cost for pick in picks if pick.is_chosen)
    context = _about(election) | {
        "picks": picks,
        "spent": spent,
        "left": election.envelope.amount - spent,
        "points_given": sum(pick.points for pick in picks),
        "refusal": refusal,
        "may_cast": not isinstance(
            refusal, errors.NotSignedIn | errors.NotEligible | errors.VotingClosed
        ),
        "has_voted": request.method != "POST" and bool(choices),
        "form_key": read_request(request.POST) or uuid4(),
    }
    return render(request, "budgeting/ballot_cast.html", context, status=status)


def _about(election: Election) -> dict[str, object]:
    rules = VotingRules.from_data(election.rules) if election.key_fingerprint else None
    return {
        "election": election,
        "envelope": election.envelope,
        "cycle": election.envelope.cycle,
        "amount": election.envelope.amount,
        "rules": rules,
        "is_knapsack": rules is not None and rules.ballot == KNAPSACK,
        "is_cumulative": rules is not None and rules.ballot == CUMULATIVE,
        "is_graded": rules is not None and rules.ballot == GRADED,
        "is_ranked": rules is not None and rules.ballot == RANKED,
        "grades": GRADE_OPTIONS,
    }


def _entries(election: Election) -> list[ShortlistEntry]:
    return list(
        election.shortlist.select_related(
            "proposal__dossier", "proposal__category"
        ).prefetch_related("proposal__dossier__texts")
    )


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
    return [
        Pick(entry, points.get(entry.project_id, 0), entry.project_id in points, prefix)
        for entry in entries
    ]


def _chosen(entries: list[ShortlistEntry], choices: Choices, rules: VotingRules) -> list[Pick]:
    """What is on the ballot, the best first where it says what is better."""
    picks = [pick for pick in _picks(entries, choices, rules) if pick.is_chosen]
    if rules.ballot == RANKED:
        return sorted(picks, key=lambda pick: pick.points)
    return sorted(picks, key=lambda pick: -pick.points) if rules.ballot == GRADED else picks


def _visitor(request: HttpRequest) -> str:
    return str(request.user.pk or request.META.get("REMOTE_ADDR", ""))


def _shuffle(entries: list[ShortlistEntry], visitor: str) -> None:
    """An order of one's own that stays: no project gains from standing first for everybody."""
    if entries:
        seed = hashlib.sha256(f"{entries[0].election_id} {visitor}".encode()).digest()
        random.Random(seed).shuffle(entries)  # noqa: S311 - an order, not a secret
