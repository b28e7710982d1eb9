"""Papers of a batch: keyed one after the other, differences decided, the batch closed.

No page shows what was keyed: neither to the second who keys it nor to the third who decides.
"""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from budgeting.errors import BallotInvalid
from budgeting.forms.paper import DecisionForm, PaperForm, PapersForm
from budgeting.models import PaperBatch, ShortlistEntry
from budgeting.paper_reading import next_paper, state_of
from budgeting.services.paper import errors
from budgeting.services.paper.batches import close_batch, correct_batch, decide_paper, key_paper
from budgeting.views.loading import paper_batch
from budgeting.voting_rules import VotingRules
from participation.guards import requires
from participation.views.form_pages import form_page, press, send, signed_in

at_batch = requires("budgeting.key_papers", paper_batch)
# Whatever the rules of the vote refuse stands beside the numbers.
FAULTS: dict[Any, str] = dict.fromkeys(BallotInvalid.__subclasses__(), "chosen")


def _address(name: str, batch: PaperBatch, *more: int) -> str:
    args = [batch.station.cycle.slug, batch.station.number, batch.number, *more]
    return reverse(f"budgeting:{name}", args=args)


def _context(batch: PaperBatch) -> dict[str, Any]:
    return {"cycle": batch.station.cycle, "station": batch.station, "batch": batch}


@require_http_methods(["GET", "HEAD", "POST"])
@at_batch
def batch_detail(request: HttpRequest, batch: PaperBatch) -> HttpResponse:
    """How far the batch is; its number of papers is corrected here."""
    form = PapersForm(request.POST or None, initial={"papers": batch.papers})

    def act() -> str:
        correct_batch(by=signed_in(request), batch=batch, papers=form.cleaned_data["papers"])
        return _address("batch-detail", batch)

    beside = {errors.MorePapersThanGiven: "papers", errors.PapersKeyedBeyond: "papers"}
    answer = send(request, form, act, _("The number is corrected and recorded."), beside)
    context = _context(batch) | {
        "state": state_of(batch),
        "next_paper": next_paper(batch, signed_in(request)),
        "form_key": uuid4(),
    }
    return answer or form_page(request, "budgeting/batch_detail.html", form, **context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_batch
@sensitive_variables()
def paper_key(request: HttpRequest, batch: PaperBatch) -> HttpResponse:
    """One paper a page: numbers, Enter, next."""
    number = next_paper(batch, signed_in(request))
    if request.method != "POST" and (number is None or batch.is_closed):
        return redirect(_address("batch-detail", batch))
    form = _form(PaperForm, request, batch, initial={"number": number})

    def act() -> str:
        key_paper(
            by=signed_in(request),
            batch=batch,
            number=form.cleaned_data["number"],
            reading=form.reading(),
        )
        return _address("paper-key", batch)

    answer = send(request, form, act, _("Keyed. Next paper."), FAULTS)
    shown = form.cleaned_data.get("number", number) if form.is_bound else number
    context = _context(batch) | {"number": shown or number}
    return answer or form_page(request, "budgeting/paper_key.html", form, **context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def paper_decide(
    request: HttpRequest, slug: str, station: int, batch: int, number: int
) -> HttpResponse:
    @at_batch
    @sensitive_variables()
    def guarded(request: HttpRequest, batch: PaperBatch) -> HttpResponse:
        return _decide(request, batch, number)

    return guarded(request, slug=slug, station=station, batch=batch)  # type: ignore[return-value]


@sensitive_variables()
def _decide(request: HttpRequest, batch: PaperBatch, number: int) -> HttpResponse:
    if not 1 <= number <= batch.papers:
        raise Http404
    form = _form(DecisionForm, request, batch, initial={"number": number})

    def act() -> str:
        decide_paper(
            by=signed_in(request),
            batch=batch,
            number=number,
            reading=form.reading(),
            reason=form.cleaned_data["reason"],
            is_joint=form.cleaned_data["is_joint"],
        )
        return _address("batch-detail", batch)

    beside = FAULTS | {errors.DecidedByAnother: "is_joint"}
    answer = send(request, form, act, _("Decided and recorded."), beside)
    context = _context(batch) | {"number": number}
    return answer or form_page(request, "budgeting/paper_decide.html", form, **context)


def _form(kind: type[PaperForm], request: HttpRequest, batch: PaperBatch, **more: Any) -> PaperForm:
    entries: list[ShortlistEntry] = list(
        batch.election.shortlist.select_related("proposal__dossier").prefetch_related(
            "proposal__dossier__texts"
        )
    )
    rules = VotingRules.from_data(batch.election.rules)
    return kind(request.POST or None, rules=rules, entries=entries, **more)


@require_POST
@at_batch
def batch_close(request: HttpRequest, batch: PaperBatch) -> HttpResponse:
    return press(
        request,
        _address("batch-detail", batch),
        lambda: close_batch(by=signed_in(request), batch=batch),
        _("The batch is closed: its valid papers are among the sealed ballots."),
    )
