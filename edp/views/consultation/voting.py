"""Agree, disagree, pass: one statement a page, then what everybody voted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edp.forms.consultation import ProposalForm, VoteForm
from edp.models import Consultation, OpinionSnapshot, StatementVote, VoteStatement
from edp.opinion_pages import counted, opinion_map, results
from edp.services import consultation as services
from edp.services.consultation.errors import ConsultationClosed, VotingOver
from edp.views.consultation.loading import public_round, statement_on_vote
from participation.errors import Refused
from participation.guards import requires
from participation.views.comments_loading import person_of
from participation.views.form_pages import act_once, form_page

writes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires("edp.take_part", public_round)
def vote_next(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """To the statement that the person has not voted on and of which most is still to be learnt."""
    own = services.votes_by(person_of(request), consultation)
    for statement in services.in_order(consultation):
        if statement.number not in own:
            return redirect("edp:vote-cast", *_of(consultation), statement.number)
    return redirect("edp:vote-list", *_of(consultation))


def _of(consultation: Consultation) -> tuple[str, int]:
    return consultation.process.slug, consultation.number


def votable(slug: str, number: int, statement: int) -> VoteStatement:
    return statement_on_vote(public_round(slug, number), statement)


@writes
@requires("edp.take_part", votable)
def vote_cast(request: HttpRequest, statement: VoteStatement) -> HttpResponse:
    consultation = statement.consultation
    form = VoteForm(request.POST or None)
    refusal = None if consultation.takes_part_on(timezone.localdate()) else VotingOver()
    if form.is_bound and form.is_valid():
        try:
            services.vote_on_statement(
                by=person_of(request), statement=statement, value=form.cleaned_data["value"]
            )
        except VotingOver as over:
            refusal = over
        else:
            return redirect("edp:vote-next", *_of(consultation))
    own = services.votes_by(person_of(request), consultation)
    context = {
        "statement": statement,
        "consultation": consultation,
        "process": consultation.process,
        "own": own.get(statement.number),
        "choices": StatementVote.Value.choices,
        "voted": len(own),
        "statements": consultation.statements.filter(state="accepted").count(),
        "refusal": refusal,
    }
    return form_page(request, "edp/vote_cast.html", form, **context)


@require_safe
@requires(None, public_round)
def vote_list(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """All statements, those declined with the reason; the reader's own votes; the results."""
    person = person_of(request)
    own = services.votes_by(person, consultation)
    shown = None if consultation.is_over else own.keys()
    found = counted(consultation) if shown is None or shown else None
    rows = list(consultation.statements.select_related("source"))
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "takes_part": consultation.takes_part_on(timezone.localdate()),
        "own": own,
        "accepted": [row for row in rows if row.state == VoteStatement.State.ACCEPTED],
        "declined": [row for row in rows if row.state == VoteStatement.State.DECLINED and row.text],
        "waiting": [row for row in rows if row.state == VoteStatement.State.PROPOSED],
        "left": sum(
            row.state == VoteStatement.State.ACCEPTED and row.number not in own for row in rows
        ),
        **_shown(consultation, found, shown),
    }
    return render(request, "edp/vote_list.html", context)


def _shown(consultation: Consultation, found: Any, shown: Any) -> dict[str, Any]:
    if found is None:
        return {}
    is_all = shown is None or len(shown) == len(found["statements"])
    return {
        "found": found,
        "results": results(consultation, found, shown),
        "map": opinion_map(consultation, found) if is_all else None,
        "is_all": is_all,
        "snapshot": OpinionSnapshot.objects.filter(consultation=consultation).first(),
    }


@require_safe
@requires(None, public_round)
def vote_csv(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """One vote a line, without people and times, as `manage.py consensus` reads it."""
    snapshot = _snapshot(consultation)
    response = HttpResponse(snapshot.votes_csv, content_type="text/csv; charset=utf-8")
    name = f"{consultation.dossier.reference}-votes.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@requires(None, public_round)
def vote_json(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return HttpResponse(_snapshot(consultation).body, content_type="application/json")


def _snapshot(consultation: Consultation) -> OpinionSnapshot:
    """Votes are counted for good at the close; before it there is no file."""
    found = OpinionSnapshot.objects.filter(consultation=consultation).first()
    if found is None:
        raise Http404
    return found


@writes
@requires("edp.take_part", public_round)
def vote_propose(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = ProposalForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.propose_statement(
                by=person_of(request),
                consultation=consultation,
                text=form.cleaned_data["text"],
                language=(get_language() or "kk")[:2],
            )
            return reverse("edp:vote-list", args=_of(consultation))

        done = _("Thank you. You will be told what was decided.")
        if response := act_once(request, form, act, done):
            return response
    refusal: Refused | None = None
    if not form.is_bound and not consultation.takes_part_on(timezone.localdate()):
        refusal = ConsultationClosed()
    return form_page(
        request,
        "edp/round_form.html",
        form,
        consultation=consultation,
        process=consultation.process,
        refusal=refusal,
        heading=_("Propose a statement"),
        button=_("Send it"),
    )
