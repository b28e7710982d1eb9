"""Writing an idea in three steps: the words, the sources, a last look. Each step is kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edp.activity_sentence import written
from edp.forms.ideas import GO_ON, IdeaForm, SourceForm
from edp.ideas.finding import LONGEST_QUERY, find_things, things_named
from edp.ideas.similar import similar_ideas
from edp.ideas.trace import told, trace_of
from edp.models import DiscoveryProcess, Idea
from edp.services.ideas import (
    IdeaDecided,
    IdeasClosed,
    SourcesMissing,
    add_source,
    are_ideas_taken,
    remove_source,
    rewrite_idea,
    start_idea,
    submit_idea,
)
from edp.views.loading import any_idea, public_process
from participation.forms import OnceForm
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

Address = str


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.take_part", public_process)
def idea_create(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    numbers = [number[:9] for number in request.GET.getlist("statement")][:10]
    form = _form(request, process, initial={"statements": ",".join(numbers)})
    if form.is_bound and form.is_valid():
        answer = act_once(request, form, lambda: _start(request, process, form), _done(request))
        if answer:
            return answer
    refusal = None if form.is_bound or are_ideas_taken(process) else IdeasClosed()
    context = {"process": process, "refusal": refusal, "begins_with": _quotes(process, form)}
    return form_page(request, "edp/idea_write.html", form, **context)


def _form(request: HttpRequest, process: DiscoveryProcess, *, initial: dict[str, Any]) -> IdeaForm:
    return IdeaForm(
        request.POST if request.method == "POST" else None,
        process=process,
        person=request.user,  # type: ignore[arg-type]
        organises=request.user.has_perm("edp.organise_process", process),
        initial=initial,
    )


def _done(request: HttpRequest) -> str:
    if request.POST.get("act") == GO_ON:
        return _("Saved. Now name what the idea comes from.")
    return _("Saved. Only you see it until you send it.")


def _quotes(process: DiscoveryProcess, form: IdeaForm) -> list[Any]:
    """The statements with which the idea begins."""
    rows = process.statements.public().filter(number__in=form.numbers_of_statements)
    return [told(row, process) for row in rows.select_related("workshop__dossier")]


def _start(request: HttpRequest, process: DiscoveryProcess, form: IdeaForm) -> Address:
    person: Any = request.user
    idea = start_idea(by=person, process=process, words=form.words())
    said = process.statements.public().filter(number__in=form.numbers_of_statements)
    for statement in said.filter(erased_at=None):
        add_source(idea=idea, thing=statement)
    return _next(request, idea)


def _next(request: HttpRequest, idea: Idea) -> Address:
    name = "edp:idea-sources" if request.POST.get("act") == GO_ON else "edp:idea-edit"
    return reverse(name, args=[idea.process.slug, idea.number])


def _own(slug: str, number: int) -> Idea:
    """An idea that can be written on: what was sent has no such page."""
    idea = any_idea(slug, number)
    if not idea.is_editable:
        raise Http404
    return idea


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_idea", _own)
def idea_edit(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = _form(request, idea.process, initial=_values_of(idea))
    if form.is_bound and form.is_valid():
        answer = act_once(request, form, lambda: _rewrite(request, idea, form), _done(request))
        if answer:
            return answer
    return form_page(request, "edp/idea_write.html", form, process=idea.process, idea=idea)


def _values_of(idea: Idea) -> dict[str, Any]:
    text = next((t for t in idea.dossier.texts.all() if t.language == idea.language), None)
    return {
        **idea.parts_in(idea.language),
        "title": text.title if text else "",
        "body": text.body if text else "",
        "affected_groups": idea.affected_groups,
        "activity_codes": idea.activity_codes,
        "organisation": idea.organisation_id,
        "origin": idea.origin,
    }


def _rewrite(request: HttpRequest, idea: Idea, form: IdeaForm) -> Address:
    rewrite_idea(idea=idea, words=form.words(idea.language))
    return _next(request, idea)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_idea", _own)
def idea_sources(request: HttpRequest, idea: Idea) -> HttpResponse:
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, idea)
    query = request.GET.get("q", "")[:LONGEST_QUERY]
    found = find_things(idea.process, query)
    sent = request.POST.getlist("things")
    form = SourceForm(
        request.POST if request.method == "POST" else None,
        keys=[*(thing.key for thing in found), *sent],
    )
    if form.is_bound and form.is_valid():
        answer = act_once(request, form, lambda: _add(idea, form), _("The sources are named."))
        if answer:
            return answer
    return form_page(
        request,
        "edp/idea_sources.html",
        form,
        process=idea.process,
        idea=idea,
        query=query,
        found=found,
        chosen=sent,
        trace=trace_of(idea),
    )


def _add(idea: Idea, form: SourceForm) -> Address:
    things = things_named(idea.process, form.cleaned_data["things"])
    if not things:
        raise SourcesMissing
    for thing in things:
        add_source(idea=idea, thing=thing, why=form.cleaned_data["why"])
    return reverse("edp:idea-sources", args=[idea.process.slug, idea.number])


def _remove(request: HttpRequest, idea: Idea) -> HttpResponse:
    number = request.POST["remove"]
    is_number = number.isascii() and number.isdecimal() and len(number) < 15
    source = idea.sources.filter(pk=int(number)).first() if is_number else None
    try:
        if source:
            remove_source(source=source)
    except IdeaDecided as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    return redirect("edp:idea-sources", idea.process.slug, idea.number)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_idea", _own)
def idea_submit(request: HttpRequest, idea: Idea) -> HttpResponse:
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = _("The idea is sent. You will be told what becomes of it.")
        answer = act_once(request, form, lambda: _submit(request, idea), done)
        if answer:
            return answer
    similar = similar_ideas(
        idea.process, title=idea.dossier.title, sentence=written(idea.parts), itself=idea
    )
    context = {"process": idea.process, "idea": idea, "trace": trace_of(idea), "similar": similar}
    return form_page(request, "edp/idea_submit.html", form, text=idea.dossier.text, **context)


def _submit(request: HttpRequest, idea: Idea) -> Address:
    submit_idea(by=request.user, idea=idea)  # type: ignore[arg-type]
    return idea.get_absolute_url()
