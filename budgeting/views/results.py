"""Results with their reasons, and everything needed to count again."""

import csv
import itertools
import json

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgeting.explanations import explained_results
from budgeting.grade_names import GRADE_OPTIONS
from budgeting.models import BallotFile, Cycle, Election, Envelope, OpenedBallot, Tally
from budgeting.presentation import stages_of
from budgeting.results_map import results_map
from budgeting.views.loading import election as load_election
from budgeting.views.loading import public_cycle, published_election
from participation.guards import requires

# Fewer ballots than this are counted but not listed: single people could be recognised.
FEWEST_PUBLISHED_BALLOTS = 20
ENVELOPES_A_PAGE = 5


@require_safe
@requires(None, public_cycle)
def results_detail(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    published = Election.objects.filter(envelope__cycle=cycle, state=Election.State.PUBLISHED)
    elections = list(published.select_related("envelope").order_by("envelope__number"))
    page = Paginator(elections, ENVELOPES_A_PAGE).get_page(request.GET.get("page"))
    results = explained_results(published.filter(pk__in=[election.pk for election in page]))
    return render(
        request,
        "budgeting/results_detail.html",
        {
            "cycle": cycle,
            "results": results,
            "page": page,
            "pages": _pages_of(page.paginator),
            "map": results_map(cycle) if results and page.number == 1 else None,
            "stages": stages_of(cycle, timezone.now()),
            "fewest": FEWEST_PUBLISHED_BALLOTS,
            "grades": GRADE_OPTIONS,
        },
        status=200 if results else 404,
    )


def _pages_of(paginator: "Paginator[Election]") -> list[tuple[int, Envelope]]:
    """Each envelope with the number of the page on which its result stands."""
    return [(page.number, election.envelope) for page in paginator for election in page]


def _attachment(content: str, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _listed(slug: str, envelope: int) -> Election:
    """A published election with enough ballots to list them, or 404."""
    election = published_election(slug, envelope)
    if election.ballot_file.number_of_ballots < FEWEST_PUBLISHED_BALLOTS:
        raise Http404
    return election


@require_safe
@requires(None, _listed)
def ballots_pb(request: HttpRequest, election: Election) -> HttpResponse:
    """Exactly the bytes that were counted."""
    file = election.ballot_file
    return _attachment(file.text, file.name, "text/plain; charset=utf-8")


@require_safe
@requires(None, published_election)
def tally_json(request: HttpRequest, election: Election) -> JsonResponse:
    tallies = election.tallies.order_by("-is_official", "rule")
    return JsonResponse(
        {
            "election": election.pk,
            "cycle": election.envelope.cycle.slug,
            "input_sha256": election.ballot_file.sha256,
            "ballots": election.ballot_file.number_of_ballots,
            "official": _public_tally(tallies[0]),
            "other_rules": [_public_tally(tally) for tally in tallies[1:]],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _public_tally(tally: Tally) -> dict[str, object]:
    return {"rule": tally.rule, "engine": tally.engine_version, **tally.result}


@require_safe
@requires(None, published_election)
def tally_csv(request: HttpRequest, election: Election) -> HttpResponse:
    response = _attachment("", f"{election.envelope.cycle.slug}.csv", "text/csv; charset=utf-8")
    response.write("\ufeff")  # so that spreadsheets read Kazakh letters
    writer = csv.writer(response)
    (result,) = explained_results(Election.objects.filter(pk=election.pk))
    graded = ["grade"] if result.grades else []
    writer.writerow(["project_id", "title", "cost", "votes", "won", "position", "reason", *graded])
    for row in [*result.winners, *result.losers]:
        writer.writerow(
            [
                row.entry.project_id,
                _plain_cell(row.entry.proposal.dossier.title),
                row.entry.cost,
                row.votes,
                int(row.position is not None),
                row.position or "",
                row.reason,
                *([row.grade] if graded else []),
            ]
        )
    return response


def _plain_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@require_safe
@requires(None, load_election)
def log_detail(request: HttpRequest, election: Election) -> HttpResponse:
    return render(
        request,
        "budgeting/log_detail.html",
        {
            "election": election,
            "cycle": election.envelope.cycle,
            "epochs": election.epochs.all(),
            "is_listed": BallotFile.objects.filter(
                election__state=Election.State.PUBLISHED,
                election=election,
                number_of_ballots__gte=FEWEST_PUBLISHED_BALLOTS,
            ).exists(),
        },
    )


class _Echo:
    def write(self, value: str) -> str:
        return value


@require_safe
@requires(None, load_election)
def log_csv(request: HttpRequest, election: Election) -> StreamingHttpResponse:
    """The public log: every commitment with its epoch, in the order that is hashed."""
    writer = csv.writer(_Echo())
    leaves = election.leaves.order_by("epoch__number", "commitment").values_list(
        "epoch__number", "commitment", "supersedes"
    )
    header = writer.writerow(["epoch", "commitment", "supersedes"])
    rows = (
        writer.writerow([number, commitment, supersedes or ""])
        for number, commitment, supersedes in leaves.iterator(chunk_size=5000)
    )
    response = StreamingHttpResponse(itertools.chain([header], rows), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="log.csv"'
    return response


@require_safe
@requires(None, _listed)
def openings_jsonl(request: HttpRequest, election: Election) -> StreamingHttpResponse:
    """Nonce and choices of every final ballot: they must give the commitments of the log."""
    openings = (
        OpenedBallot.objects.filter(leaf__election=election)
        .order_by("leaf__commitment")
        .values_list("leaf__commitment", "nonce", "choices")
    )
    header = json.dumps({"election": election.pk}) + "\n"
    rows = (
        json.dumps(
            {"commitment": commitment, "nonce": nonce, "choices": choices}, ensure_ascii=False
        )
        + "\n"
        for commitment, nonce, choices in openings.iterator(chunk_size=5000)
    )
    response = StreamingHttpResponse(
        itertools.chain([header], rows), content_type="application/jsonl"
    )
    response["Content-Disposition"] = 'attachment; filename="openings.jsonl"'
    return response
