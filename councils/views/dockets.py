"""Matters of a council: the list, one matter as a story in time, its feed, what is added to it."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.docket_feed import atom_of
from councils.docket_story import story_of
from councils.forms.dockets import DocketForm, PapersForm, TieForm
from councils.models import Council, Docket
from councils.services.dockets import add_papers, open_docket, tie_docket
from councils.views.loading import public_council, public_docket
from participation.guards import requires
from participation.views.comments_loading import person_of as somebody
from participation.views.form_pages import form_page, person_of, send

writes = require_http_methods(["GET", "HEAD", "POST"])
FORM = "councils/recommendation_form.html"
DOCKETS_A_PAGE = 20


@require_safe
@requires(None, public_council)
def docket_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Those that the council took up itself are counted apart: its own initiative."""
    found = council.dockets.public().for_display().order_by("-number")
    rows = found.annotate(asked=Count("recommendations"))
    page = Paginator(rows, DOCKETS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "councils/docket_list.html",
        {
            "council": council,
            "page": page,
            "own": found.filter(kind=Docket.Kind.OWN_INITIATIVE).count(),
            "may_keep": request.user.has_perm("councils.keep_council", council),
        },
    )


@require_safe
@requires(None, public_docket)
def docket_detail(request: HttpRequest, docket: Docket) -> HttpResponse:
    return render(
        request,
        "councils/docket_detail.html",
        {
            "docket": docket,
            "council": docket.council,
            "text": docket.dossier.text,
            "story": story_of(docket),
            "may_keep": request.user.has_perm("councils.keep_council", docket),
        },
    )


@require_safe
@requires(None, public_docket)
def docket_feed(request: HttpRequest, docket: Docket) -> HttpResponse:
    feed = atom_of(docket, story_of(docket), request.path)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@writes
@requires("councils.keep_council", public_council)
def docket_open(request: HttpRequest, council: Council) -> HttpResponse:
    form = DocketForm(request.POST or None)

    def act() -> str:
        docket = open_docket(
            by=person_of(request),
            council=council,
            kind=form.cleaned_data["kind"],
            wordings=form.wordings(),
        )
        return docket.get_absolute_url()

    return send(request, form, act, _("The matter is public.")) or form_page(
        request,
        FORM,
        form,
        council=council,
        here="dockets",
        heading=_("Take up a matter"),
        button=_("Publish it"),
        back=reverse("councils:docket-list", args=[council.slug]),
        back_label=_("Matters"),
    )


@writes
@requires("councils.keep_council", public_docket)
def docket_paper(request: HttpRequest, docket: Docket) -> HttpResponse:
    form = PapersForm(request.POST or None, request.FILES or None)

    def act() -> str:
        add_papers(by=somebody(request), docket=docket, uploads=form.cleaned_data["papers"])
        return docket.get_absolute_url()

    return send(request, form, act, _("The papers are public.")) or _form_of(
        request, form, docket, _("Add papers"), _("Publish them"), has_files=True
    )


@writes
@requires("councils.keep_council", public_docket)
def docket_tie(request: HttpRequest, docket: Docket) -> HttpResponse:
    form = TieForm(request.POST or None)

    def act() -> str:
        tie_docket(by=somebody(request), docket=docket, source=form.cleaned_data["source"])
        return docket.get_absolute_url()

    return send(request, form, act, _("Linked, and written into the public record.")) or _form_of(
        request, form, docket, _("Link what led to this matter"), _("Link it")
    )


def _form_of(
    request: HttpRequest,
    form: object,
    docket: Docket,
    heading: str,
    button: str,
    *,
    has_files: bool = False,
) -> HttpResponse:
    return form_page(
        request,
        FORM,
        form,
        council=docket.council,
        here="dockets",
        heading=heading,
        button=button,
        back=docket.get_absolute_url(),
        back_label=docket.dossier.title,
        has_files=has_files,
    )
