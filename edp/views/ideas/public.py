"""What everybody may read of ideas: the list with filters, the idea, files for programs."""

from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Helix
from edp.activities import activity_name
from edp.activity_sentence import written
from edp.ideas.cards import idea_card, idea_rows, tone_of
from edp.ideas.files import as_csv, as_data
from edp.ideas.similar import similar_ideas
from edp.ideas.trace import trace_of
from edp.models import DiscoveryProcess, Idea, Pledge
from edp.services.ideas import IdeasClosed, are_ideas_taken
from edp.services.pledges import PledgesClosed, are_pledges_taken
from edp.views.loading import public_idea, public_process
from participation.guards import requires
from participation.models import DossierText
from participation.search.finding import is_found, queries
from participation.search.words import terms_of

IDEAS_A_PAGE = 20
# A draft is nobody else's, so nobody filters by it.
PUBLIC_STATES = [choice for choice in Idea.State.choices if choice[0] != Idea.State.DRAFT]


@require_safe
@requires(None, public_process)
def idea_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    found, pills = _filtered(process, request)
    rows = idea_rows(found.order_by("number"))
    page = Paginator(rows, IDEAS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "edp/idea_list.html",
        {
            "process": process,
            "page": page,
            "cards": [idea_card(row) for row in page],
            "pills": pills,
            "states": PUBLIC_STATES,
            "origins": Idea.Origin.choices,
            "helices": Helix.choices,
            "chosen": request.GET,
            "refusal": None if are_ideas_taken(process) else IdeasClosed(),
            "may_organise": request.user.has_perm("edp.organise_process", process),
        },
    )


def _filtered(
    process: DiscoveryProcess, request: HttpRequest
) -> tuple[QuerySet[Idea], list[dict[str, Any]]]:
    """The ideas that the address asks for, and a pill for each filter that is on."""
    found, pills = process.ideas.public(), []
    if query := request.GET.get("q", "").replace("\0", "").strip()[:100]:
        terms = terms_of(query)
        texts = DossierText.objects.filter(dossier=OuterRef("dossier"))
        has_words = Exists(texts.filter(is_found(queries(terms)))) if terms else Q(pk=None)
        found = found.filter(has_words)
        pills.append({"label": f"«{query}»", "parameter": "q"})
    for name, choices in (
        ("state", PUBLIC_STATES),
        ("origin", Idea.Origin.choices),
        ("helix", Helix.choices),
    ):
        labels = dict(choices)
        if (value := request.GET.get(name, "")) in labels:
            found = found.filter(**{name: value})
            pills.append({"label": str(labels[value]), "parameter": name})
    if request.GET.get("surprise"):
        found = found.filter(is_surprise=True)
        pills.append({"label": _("entrepreneurial surprise"), "parameter": "surprise"})
    for pill in pills:
        rest = request.GET.copy()
        rest.pop(pill["parameter"])
        rest.pop("page", None)
        pill["url"] = f"?{rest.urlencode()}"
    return found, pills


@require_safe
@requires(None, public_idea)
def idea_detail(request: HttpRequest, idea: Idea) -> HttpResponse:
    pledges = list(idea.pledges.standing().select_related("person", "organisation"))
    return render(
        request,
        "edp/idea_detail.html",
        {
            "idea": idea,
            "process": idea.process,
            "text": idea.dossier.text,
            "tone": tone_of(idea.dossier),
            "activities": [activity_name(code) for code in idea.activity_codes],
            "trace": trace_of(idea),
            "credits": idea.credits.select_related("person", "organisation"),
            "pledges": pledges,
            "pledged": sum(pledge.amount or 0 for pledge in pledges),
            "similar": similar_ideas(
                idea.process,
                title=idea.dossier.title,
                sentence=written(idea.parts),
                itself=idea,
            ),
            "is_mine": idea.proposer_id == request.user.pk,
            "may_decide": request.user.has_perm("edp.decide_idea", idea),
            "refusal": None if are_pledges_taken(idea) else PledgesClosed(),
            "money": Pledge.Kind.MONEY,
            "form_key": uuid4(),
        },
    )


@require_safe
@requires("edp.take_part", public_process)
def idea_similar(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """A piece of a page for whoever is writing: what looks like it."""
    parts = {name: request.GET.get(name, "") for name in Idea.PARTS}
    number = request.GET.get("idea", "")
    itself = (
        process.ideas.filter(number=int(number)).first()
        if number.isascii() and number.isdecimal() and len(number) < 7
        else None
    )
    similar = similar_ideas(
        process, title=request.GET.get("title", ""), sentence=written(parts), itself=itself
    )
    return render(request, "edp/idea_similar.html", {"similar": similar})


@require_safe
@requires(None, public_process)
def ideas_csv(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    response = HttpResponse(as_csv(process), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{process.slug}-ideas.csv"'
    return response


@require_safe
@requires(None, public_process)
def ideas_json(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return JsonResponse(as_data(process), json_dumps_params={"ensure_ascii": False})
