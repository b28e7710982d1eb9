"""The desk of admission: what waits, and the decision on one idea."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edp.activity_sentence import written
from edp.forms.ideas import AgainForm, DecisionForm, IdeaTranslationForm
from edp.ideas.similar import similar_ideas
from edp.ideas.trace import trace_of
from edp.models import DiscoveryProcess, Idea, Stage
from edp.services.ideas import (
    NotMergeable,
    admit_idea,
    merge_ideas,
    return_idea,
    screen_out_idea,
    take_up_again,
    translate_idea,
)
from edp.views.loading import any_idea, any_process
from participation.guards import requires
from participation.views.form_pages import act_once, form_page


@require_safe
@requires("edp.organise_process", any_process)
def idea_desk(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    ideas = process.ideas.for_display().order_by("submitted_at", "number")
    is_review = process.stage == Stage.REVIEW
    return render(
        request,
        "edp/idea_desk.html",
        {
            "process": process,
            "waiting": ideas.filter(state=Idea.State.SUBMITTED),
            "returned": ideas.filter(state=Idea.State.RETURNED),
            "parked": ideas.filter(state=Idea.State.PARKED) if is_review else [],
        },
    )


def _public(slug: str, number: int) -> Idea:
    """A draft is nobody's but its proposer's, the organiser's neither."""
    idea = any_idea(slug, number)
    if idea.state == Idea.State.DRAFT:
        raise Http404
    return idea


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.decide_idea", _public)
def idea_decide(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _("The decision is published.")
        answer = act_once(request, form, lambda: _decide(request, idea, form), done)
        if answer:
            return answer
    similar = similar_ideas(
        idea.process, title=idea.dossier.title, sentence=written(idea.parts), itself=idea
    )
    context = {"process": idea.process, "idea": idea, "trace": trace_of(idea), "similar": similar}
    return form_page(request, "edp/idea_decide.html", form, text=idea.dossier.text, **context)


def _decide(request: HttpRequest, idea: Idea, form: DecisionForm) -> str:
    by, data = request.user, form.cleaned_data
    match data["verdict"]:
        case form.ADMIT:
            admit_idea(by=by, idea=idea, named_in_plan=data["named_in_plan"])  # type: ignore[arg-type]
        case form.RETURN:
            return_idea(by=by, idea=idea, reasons=data["reasons"])  # type: ignore[arg-type]
        case form.SCREEN_OUT:
            screen_out_idea(by=by, idea=idea, reasons=data["reasons"])  # type: ignore[arg-type]
        case form.MERGE:
            into = idea.process.ideas.filter(number=data["into"]).first()
            if into is None:
                raise NotMergeable
            merge_ideas(by=by, idea=idea, into=into, reasons=data["reasons"])  # type: ignore[arg-type]
    return _desk(idea)


def _desk(idea: Idea) -> str:
    return reverse("edp:idea-desk", args=[idea.process.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.decide_idea", _public)
def idea_again(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = AgainForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _("The idea is taken up again.")
        answer = act_once(request, form, lambda: _take_up(request, idea, form), done)
        if answer:
            return answer
    return form_page(request, "edp/idea_again.html", form, process=idea.process, idea=idea)


def _take_up(request: HttpRequest, idea: Idea, form: AgainForm) -> str:
    reasons = form.cleaned_data["reasons"]
    take_up_again(by=request.user, idea=idea, reasons=reasons)  # type: ignore[arg-type]
    return _desk(idea)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.decide_idea", _public)
def idea_translate(request: HttpRequest, idea: Idea) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = IdeaTranslationForm(data, original=idea.language)
    if form.is_bound and form.is_valid():
        done = _("The translation is published.")
        answer = act_once(request, form, lambda: _translate(request, idea, form), done)
        if answer:
            return answer
    context = {"process": idea.process, "idea": idea, "text": idea.dossier.text}
    return form_page(request, "edp/idea_translate.html", form, **context)


def _translate(request: HttpRequest, idea: Idea, form: IdeaTranslationForm) -> str:
    data = form.cleaned_data
    translate_idea(
        by=request.user,  # type: ignore[arg-type]
        idea=idea,
        language=data["language"],
        title=data["title"],
        parts={name: data[name] for name in Idea.PARTS},
        body=data["body"],
    )
    return idea.get_absolute_url()
