"""What everybody may read of proposals: the list with filters, one proposal, its versions."""

from typing import Any
from zlib import crc32

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from budgeting.cards import proposal_card, proposal_rows, shuffled
from budgeting.models import Category, CoAuthor, Cycle, Proposal, ProposalMerge
from budgeting.place_maps import map_of
from budgeting.proposal_rules import ProposalRules
from budgeting.services.proposals import are_taken, why_not_support
from budgeting.similar import similar_proposals
from budgeting.views.loading import named_cycle, public_proposal
from participation.guards import requires
from participation.models import DossierText, Support, Territory
from participation.rate_limits import address_of
from participation.search.finding import is_found, queries
from participation.search.words import terms_of
from participation.text_changes import compare

PROPOSALS_A_PAGE = 20
SEEDS = 1000
RANDOM, NEWEST, BACKED = "", "newest", "backed"
SORTS = ((RANDOM, _("Random")), (NEWEST, _("Newest")), (BACKED, _("Most support")))


@require_safe
@requires(None, named_cycle)
def proposal_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    found, pills = _filtered(cycle, request)
    sort = request.GET.get("sort", RANDOM)
    seed = _seed(request)
    page = Paginator(proposal_rows(_sorted(found, sort, seed)), PROPOSALS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "budgeting/proposal_list.html",
        {
            "cycle": cycle,
            "page": page,
            "cards": [proposal_card(row) for row in page],
            "pills": pills,
            "states": Proposal.State.choices,
            "categories": Category.objects.filter(proposals__cycle=cycle).distinct(),
            "districts": Territory.objects.filter(proposals__cycle=cycle).distinct(),
            "sorts": SORTS,
            "sort": sort,
            "seed": seed,
            "chosen": request.GET,
            "query": request.GET.get("q", ""),
        },
    )


def _seed(request: HttpRequest) -> int:
    """The visitor's own order: from the address if it names one, else from who seems to ask.

    So the order stays from page to page without a cookie, and a link shows what its sender saw.
    """
    given = request.GET.get("seed", "")
    if given.isascii() and given.isdecimal() and len(given) <= 3:
        return int(given)
    visitor = f"{address_of(request)} {request.headers.get('User-Agent', '')}"
    return crc32(visitor.encode()) % SEEDS


def _sorted(found: QuerySet[Proposal], sort: str, seed: int) -> QuerySet[Proposal]:
    if sort == NEWEST:
        return found.order_by("-number")
    if sort == BACKED:
        return found.order_by(F("dossier__discussion__backers").desc(), "number")
    return shuffled(found, seed)


def _filtered(
    cycle: Cycle, request: HttpRequest
) -> tuple[QuerySet[Proposal], list[dict[str, Any]]]:
    """The proposals that the address asks for, and a pill for each filter that is on."""
    found = cycle.proposals.public()
    pills: list[dict[str, Any]] = []
    if query := request.GET.get("q", "").replace("\0", "").strip()[:100]:
        found = found.filter(_has_words(query))
        pills.append({"label": f"«{query}»", "parameter": "q"})
    slug = request.GET.get("category", "")
    if slug and (category := Category.objects.filter(slug=slug).first()):
        found = found.filter(category=category)
        pills.append({"label": category.name, "parameter": "category"})
    slug = request.GET.get("district", "")
    if slug and (district := Territory.objects.filter(slug=slug).first()):
        found = found.filter(district=district)
        pills.append({"label": district.name, "parameter": "district"})
    if (state := request.GET.get("state")) in Proposal.State.values:
        found = found.filter(state=state)
        pills.append({"label": str(Proposal.State(state).label), "parameter": "state"})
    for pill in pills:
        rest = request.GET.copy()
        rest.pop(pill["parameter"])
        rest.pop("page", None)
        pill["url"] = f"?{rest.urlencode()}"
    return found, pills


def _has_words(query: str) -> Q | Exists:
    """In any text of it, in whatever form; or the letters somewhere in its title."""
    texts = DossierText.objects.filter(dossier=OuterRef("dossier"))
    asked = Q(title__icontains=query)
    if terms := terms_of(query):
        asked |= is_found(queries(terms))
    return Exists(texts.filter(asked))


@require_safe
@requires(None, public_proposal)
def proposal_detail(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    cycle, person = proposal.cycle, request.user
    return render(
        request,
        "budgeting/proposal_detail.html",
        {
            "proposal": proposal,
            "cycle": cycle,
            "text": proposal.dossier.text,
            "award": getattr(proposal, "award", None),
            "paper": getattr(proposal, "paper", None),
            "coauthors": proposal.coauthors.filter(state=CoAuthor.State.ACCEPTED).select_related(
                "person"
            ),
            "photos": proposal.dossier.attachments.filter(comment=None, kind="image"),
            "map": _map(proposal),
            "notes": proposal.notes.all(),
            "versions": proposal.versions.count(),
            "similar": similar_proposals(cycle, title=proposal.dossier.title, itself=proposal),
            **_support(request, proposal),
            **(_own_acts(request, proposal) if person.is_authenticated else {}),
        },
    )


def _map(proposal: Proposal) -> Any:
    if proposal.point is None:
        return None
    return map_of(proposal.cycle.dossier.territory, proposal.point)


def _support(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    given = Support.objects.filter(dossier=proposal.dossier, comment=None)
    person = request.user.pk
    return {
        "backers": proposal.dossier.discussion.backers,
        "threshold": ProposalRules.from_data(proposal.cycle.ruleset.data).support_threshold,
        "is_backed": bool(person) and given.filter(person=person).exists(),
        "support_refusal": why_not_support(proposal),
    }


def _own_acts(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """What whoever is signed in may do here."""
    person = request.user
    is_author = proposal.author_id == person.pk
    organises = person.has_perm("budgeting.organise_cycle", proposal.cycle)
    named = {row.person_id: row.state for row in proposal.coauthors.all()}
    is_named = named.get(person.pk) == CoAuthor.State.ACCEPTED
    is_open = are_taken(proposal.cycle)
    asked = ProposalMerge.objects.filter(into=proposal, state=ProposalMerge.State.ASKED)
    return {
        "is_invited": named.get(person.pk) == CoAuthor.State.INVITED,
        "may_lead": is_author and proposal.is_living,
        "may_edit": (is_author or is_named)
        and is_open
        and proposal.state == Proposal.State.SUBMITTED,
        "may_note": (is_author or is_named or organises) and proposal.is_living,
        "may_merge": (is_author or organises) and proposal.is_living,
        "may_undo": organises and proposal.state == Proposal.State.MERGED,
        "merges_asked": asked.select_related("source__dossier") if is_author else (),
        "may_review": organises or person.has_perm("budgeting.review_proposal", proposal.cycle),
    }


@require_safe
@requires(None, public_proposal)
def proposal_versions(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    rows = list(proposal.versions.select_related("district", "category").order_by("number"))
    shown = [
        {
            "version": row,
            "title": compare(before.title if before else row.title, row.title),
            "summary": compare(before.summary if before else row.summary, row.summary),
            "body": compare(before.body if before else row.body, row.body),
        }
        for before, row in zip([None, *rows], rows, strict=False)
    ]
    context = {"proposal": proposal, "cycle": proposal.cycle, "versions": shown[::-1]}
    return render(request, "budgeting/proposal_versions.html", context)
