"""The desk of those who run a consultation: its text, its states, letters, statements."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp.consultation_pages import passages_with_counts, report_figures
from edp.facts.consultation import facts_of
from edp.forms.consultation import (
    ActForm,
    DecideForm,
    ExtendForm,
    HeardForm,
    PassageForm,
    RoundForm,
    StatementForm,
)
from edp.models import Consultation, DiscoveryProcess, Passage, TextVersion, VoteStatement
from edp.services import consultation as services
from edp.views.consultation.loading import any_round, public_round, published_version
from edp.views.loading import any_process
from participation.errors import Refused
from participation.guards import requires
from participation.services.once import once
from participation.views.comments_loading import person_of
from participation.views.form_pages import act_once, form_page

writes = require_http_methods(["GET", "HEAD", "POST"])
organised = requires("edp.organise_consultation", any_round)
FORM = "edp/round_form.html"


def _of(consultation: Consultation) -> tuple[str, int]:
    return consultation.process.slug, consultation.number


def _desk(consultation: Consultation) -> str:
    return reverse("edp:round-organise", args=_of(consultation))


def _page(
    request: HttpRequest, form: Any, consultation: Consultation, heading: str, button: str
) -> HttpResponse:
    return form_page(
        request,
        FORM,
        form,
        consultation=consultation,
        process=consultation.process,
        heading=heading,
        button=button,
        back=_desk(consultation),
    )


@require_safe
@requires("edp.organise_process", any_process)
def consultation_organise(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    rounds = process.consultations.select_related("dossier").prefetch_related("dossier__texts")
    context = {"process": process, "rounds": rounds, "facts": facts_of(process)}
    return render(request, "edp/consultation_organise.html", context)


@writes
@requires("edp.organise_process", any_process)
def consultation_create(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = RoundForm(request.POST or None, initial={"decider": process.lead_body_id})
    if form.is_bound and form.is_valid():

        def act() -> str:
            consultation = services.create_consultation(
                by=person_of(request),
                process=process,
                wordings=form.wordings(),
                terms=form.terms(),
            )
            return _desk(consultation)

        if response := act_once(request, form, act, _("Prepared. Add the passages of its text.")):
            return response
    return form_page(
        request,
        FORM,
        form,
        process=process,
        heading=_("Prepare a consultation"),
        button=_("Prepare it"),
        back=reverse("edp:consultation-organise", args=[process.slug]),
    )


@require_safe
@organised
def round_organise(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    draft = consultation.versions.filter(published_at=None).first()
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "draft": draft,
        "passages": passages_with_counts(consultation, draft) if draft else [],
        "versions": list(consultation.versions.filter(published_at__isnull=False)),
        "working_days": services.working_days_of(consultation.opens_on, consultation.closes_on),
        "is_over": timezone.localdate() > consultation.closes_on,
        "figures": report_figures(consultation, timezone.localdate()),
        "unanswered": services.unanswered_in(consultation),
        "statements": list(consultation.statements.all()),
        "extend_form": ExtendForm(),
        "form_key": uuid4(),
    }
    return render(request, "edp/round_organise.html", context)


def _preparing(consultation: Consultation) -> TextVersion:
    return get_object_or_404(consultation.versions, published_at=None)


ACTS: dict[str, Callable[..., Any]] = {
    "open": services.open_consultation,
    "close": services.close_consultation,
    "report": services.publish_report,
    "start": services.start_version,
}


@require_POST
@organised
def round_act(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """One of the desk's buttons; a refusal stands on the desk."""
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            once(
                key=form.cleaned_data["form_key"],
                person=person_of(request),
                act=lambda: _done(request, consultation, form.cleaned_data["act"]),
            )
        except Refused as refusal:
            messages.error(request, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, _("Done, and written into the public record."))
    return redirect(_desk(consultation))


def _done(request: HttpRequest, consultation: Consultation, act: str) -> str:
    if act == "publish":
        services.publish_version(by=person_of(request), version=_preparing(consultation))
    else:
        ACTS[act](by=person_of(request), consultation=consultation)
    return _desk(consultation)


@writes
@organised
def round_change(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = RoundForm(request.POST or None, initial=RoundForm.initial_of(consultation))
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.change_consultation(
                by=person_of(request),
                consultation=consultation,
                wordings=form.wordings(),
                terms=form.terms(),
            )
            return _desk(consultation)

        if response := act_once(request, form, act, _("Changed.")):
            return response
    return _page(request, form, consultation, _("Change the consultation"), _("Change it"))


@writes
@organised
def round_extend(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = ExtendForm(request.POST or None, initial={"closes_on": consultation.closes_on})
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.extend_consultation(
                by=person_of(request),
                consultation=consultation,
                closes_on=form.cleaned_data["closes_on"],
            )
            return _desk(consultation)

        if response := act_once(request, form, act, _("Extended, and written into the record.")):
            return response
    return _page(request, form, consultation, _("Extend the consultation"), _("Extend it"))


# --- The version in preparation -----------------------------------------------------------------


def draft_passage(slug: str, number: int, key: int) -> Passage:
    passages = Passage.objects.select_related("version__consultation__process__dossier")
    return get_object_or_404(
        passages,
        version__consultation__process__slug=slug,
        version__consultation__number=number,
        version__published_at=None,
        key=key,
    )


@writes
@organised
def passage_add(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    version = _preparing(consultation)
    form = PassageForm(request.POST or None, consultation=consultation)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.add_passage(version=version, words=form.words())
            return _desk(consultation)

        if response := act_once(request, form, act, _("The passage is added.")):
            return response
    return _page(request, form, consultation, _("Add a passage"), _("Add it"))


@writes
@requires("edp.change_passage", draft_passage)
def passage_change(request: HttpRequest, passage: Passage) -> HttpResponse:
    consultation = passage.version.consultation
    form = PassageForm(
        request.POST or None, consultation=consultation, initial=PassageForm.initial_of(passage)
    )
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.change_passage(passage=passage, words=form.words())
            return _desk(consultation)

        if response := act_once(request, form, act, _("The passage is changed.")):
            return response
    return _page(request, form, consultation, _("Change the passage"), _("Keep it"))


@require_POST
@requires("edp.change_passage", draft_passage)
def passage_remove(request: HttpRequest, passage: Passage) -> HttpResponse:
    try:
        services.remove_passage(passage=passage)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    return redirect(_desk(passage.version.consultation))


# --- Letters and hearings -----------------------------------------------------------------------


@writes
@requires("edp.enter_comment", public_round)
def comment_enter(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """One after the other: channel, day and place of the last one stand in the next form."""
    passages = list(published_version(consultation).passages.all())
    kept = {
        name: request.GET[name]
        for name in ("channel", "received_on", "helix")
        if request.GET.get(name)
    }
    form = HeardForm(request.POST or None, passages=passages, initial=kept)
    if form.is_bound and form.is_valid():

        def act() -> str:
            heard = form.heard()
            services.enter_heard(by=person_of(request), consultation=consultation, heard=heard)
            again = request.GET.copy()
            again["channel"], again["helix"] = heard.channel, heard.helix
            again["received_on"] = heard.received_on.isoformat()
            return f"{request.path}?{again.urlencode()}"

        if response := act_once(request, form, act, _("Entered. Its answer is due. The next one?")):
            return response
    return form_page(
        request,
        FORM,
        form,
        consultation=consultation,
        process=consultation.process,
        heading=_("Enter a comment for somebody"),
        button=_("Enter it"),
    )


# --- Statements to vote on ----------------------------------------------------------------------


@writes
@organised
def vote_add(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = StatementForm(request.POST or None, consultation=consultation)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.add_statement(
                by=person_of(request),
                consultation=consultation,
                texts=form.texts(),
                source=form.cleaned_data["source"],
            )
            return _desk(consultation)

        if response := act_once(request, form, act, _("The statement is put to the vote.")):
            return response
    return _page(request, form, consultation, _("Add a statement"), _("Put it to the vote"))


def proposed(slug: str, number: int, statement: int) -> VoteStatement:
    rows = VoteStatement.objects.select_related("consultation__process__dossier__territory")
    return get_object_or_404(
        rows,
        consultation__process__slug=slug,
        consultation__number=number,
        number=statement,
        state=VoteStatement.State.PROPOSED,
    )


@writes
@requires("edp.decide_statement", proposed)
def vote_decide(request: HttpRequest, statement: VoteStatement) -> HttpResponse:
    consultation = statement.consultation
    initial = {f"text_{code}": text for code, text in statement.texts.items()}
    form = DecideForm(request.POST or None, initial=initial, consultation=consultation)
    if form.is_bound and form.is_valid():

        def act() -> str:
            if form.is_accepted:
                services.accept_statement(
                    by=person_of(request),
                    statement=statement,
                    texts=form.texts(),
                    source=form.cleaned_data["source"],
                )
            else:
                services.decline_statement(
                    by=person_of(request),
                    statement=statement,
                    reason=form.cleaned_data["reason"],
                )
            return _desk(consultation)

        if response := act_once(request, form, act, _("Decided. Who proposed it is told.")):
            return response
    return _page(request, form, consultation, _("Decide on a statement"), _("Decide"))
