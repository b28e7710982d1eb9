"""The board of needs and offers, and what may go together."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from edp.ideas.trace import told
from edp.models import DiscoveryProcess, NeedMatch, Statement
from edp.services.needs import MatchDecided, confirm_match, dismiss_match, suggest_matches
from edp.views.loading import any_process, public_process
from participation.guards import requires

STATEMENTS_A_PAGE = 30
TEXTS = "workshop__dossier__texts"


@require_safe
@requires(None, public_process)
def need_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    said = process.statements.public().filter(erased_at=None).select_related("workshop__dossier")
    said = said.prefetch_related(TEXTS).order_by("-number")
    kinds = (Statement.Kind.NEED, Statement.Kind.OFFER)
    kind = request.GET.get("kind", "")
    rows = said.filter(kind__in=[kind] if kind in kinds else kinds)
    page = Paginator(rows, STATEMENTS_A_PAGE).get_page(request.GET.get("page"))
    may_confirm = request.user.has_perm("edp.organise_process", process)
    matches = _shown(process, request.user, may_confirm=may_confirm)  # type: ignore[arg-type]
    return render(
        request,
        "edp/need_list.html",
        {
            "process": process,
            "page": page,
            "said": [(statement, told(statement, process)) for statement in page],
            "matches": [_match(match, request.user, process) for match in matches],
            "kind": kind,
            "may_confirm": may_confirm,
            "form_key": uuid4(),
        },
    )


def _shown(process: DiscoveryProcess, person: User, *, may_confirm: bool) -> QuerySet[NeedMatch]:
    """What is confirmed; what is suggested only to those who may decide on it."""
    matches = NeedMatch.objects.filter(need__process=process).select_related(
        "need__workshop__dossier", "offer__workshop__dossier"
    )
    matches = matches.prefetch_related(f"need__{TEXTS}", f"offer__{TEXTS}")
    shown = Q(state=NeedMatch.State.CONFIRMED)
    if may_confirm:
        shown |= Q(state=NeedMatch.State.SUGGESTED)
    elif person.is_authenticated:
        own = Q(need__author=person) | Q(offer__author=person)
        shown |= Q(state=NeedMatch.State.SUGGESTED) & own
    return matches.filter(shown)


def _match(match: NeedMatch, person: Any, process: DiscoveryProcess) -> dict[str, Any]:
    has_agreed = (match.is_needed and match.need.author_id == person.pk) or (
        match.is_offered and match.offer.author_id == person.pk
    )
    return {
        "match": match,
        "need": told(match.need, process),
        "offer": told(match.offer, process),
        "is_open": match.state == NeedMatch.State.SUGGESTED,
        "has_agreed": has_agreed,
    }


@require_POST
@requires("edp.organise_process", any_process)
def match_suggest(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    number = suggest_matches(process=process)
    found = ngettext("%(number)s new match found.", "%(number)s new matches found.", number)
    messages.success(request, found % {"number": number})
    return redirect("edp:need-list", process.slug)


def _named(slug: str, match: int) -> NeedMatch:
    return get_object_or_404(
        NeedMatch.objects.select_related("need__process__dossier", "offer"),
        pk=match,
        need__process__slug=slug,
        need__process__dossier__published_at__isnull=False,
    )


def _act(
    request: HttpRequest, match: NeedMatch, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except MatchDecided as refusal:
        messages.error(request, str(refusal))
    return redirect("edp:need-list", match.need.process.slug)


@require_POST
@requires("edp.decide_match", _named)
def match_confirm(request: HttpRequest, match: NeedMatch) -> HttpResponse:
    by: Any = request.user
    for_all = by.has_perm("edp.confirm_match", match)
    done = _("Your word is noted. A match needs the word of both, or of the organiser.")
    return _act(request, match, lambda: confirm_match(by=by, match=match, for_all=for_all), done)


@require_POST
@requires("edp.decide_match", _named)
def match_dismiss(request: HttpRequest, match: NeedMatch) -> HttpResponse:
    by: Any = request.user
    done = _("The suggestion is set aside.")
    return _act(request, match, lambda: dismiss_match(by=by, match=match), done)
