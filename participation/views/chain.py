"""The chain of evidence of one thing, and the links that organisers add and remove."""

from dataclasses import asdict
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participation.chain import steps_of, whole_chain
from participation.chain_forms import LinkForm, UnlinkForm
from participation.errors import Refused
from participation.guards import requires
from participation.models import Dossier, DossierLink
from participation.services.links import link_dossiers, unlink_dossiers
from participation.services.once import once

PERMISSION = "participation.link_dossier"


def public_dossier(reference: str) -> Dossier:
    found = Dossier.objects.published().select_related("territory").prefetch_related("texts")
    return get_object_or_404(found, reference=reference)


@require_safe
@requires(None, public_dossier)
def chain_detail(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    chain = whole_chain(dossier)
    return render(
        request,
        "participation/chain_detail.html",
        {
            "dossier": dossier,
            "before": [node for node in chain.nodes if node.distance < 0],
            "after": [node for node in chain.nodes if node.distance > 0],
            "is_whole": chain.is_whole,
            "may_link": request.user.has_perm(PERMISSION, dossier),
        },
    )


@require_safe
@requires(None, public_dossier)
def chain_data(request: HttpRequest, dossier: Dossier) -> JsonResponse:
    """For programs: the things and the links between them, always forward in time."""
    chain = whole_chain(dossier)
    nodes = [
        {
            "reference": node.reference,
            "distance": node.distance,
            "title": node.title,
            "language": node.language,
            "url": request.build_absolute_uri(node.url),
        }
        for node in chain.nodes
    ]
    edges = [asdict(edge) for edge in chain.edges]
    data = {"dossier": dossier.reference, "whole": chain.is_whole, "nodes": nodes, "links": edges}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PERMISSION, public_dossier)
def chain_edit(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    form = LinkForm(request.POST or None)
    here = reverse("participation:chain-edit", args=[dossier.reference])
    if request.method == "POST" and form.is_valid():
        try:
            led_to = once(
                key=form.cleaned_data["form_key"],
                person=request.user,  # type: ignore[arg-type]
                act=partial(_link, request, dossier, form, here),
            )
            messages.success(request, _("The link stands in the chain of both."))
            return redirect(led_to)
        except Refused as refusal:
            form.add_error("reference", f"{refusal} {refusal.way_out}".strip())
    context = {"dossier": dossier, "form": form, "steps": steps_of(dossier)}
    status = 422 if request.method == "POST" else 200
    return render(request, "participation/chain_edit.html", context, status=status)


def _link(request: HttpRequest, dossier: Dossier, form: LinkForm, here: str) -> str:
    ends = [dossier, form.other]
    source, target = ends if form.is_forward else ends[::-1]
    link_dossiers(by=request.user, source=source, target=target, relation=form.chosen)  # type: ignore[arg-type]
    return here


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chain_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    links = DossierLink.objects.select_related("source__territory", "target__territory")
    link = get_object_or_404(links, pk=pk)
    if not any(request.user.has_perm(PERMISSION, end) for end in (link.source, link.target)):
        raise Http404
    form = UnlinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(_unlink, request, link, form)
        led_to = once(key=form.cleaned_data["form_key"], person=request.user, act=act)  # type: ignore[arg-type]
        messages.success(request, _("The link is removed; the record keeps it and the reason."))
        return redirect(led_to)
    context = {"link": link, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "participation/chain_unlink.html", context, status=status)


def _unlink(request: HttpRequest, link: DossierLink, form: UnlinkForm) -> str:
    source = link.source.reference
    unlink_dossiers(by=request.user, link=link, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    return reverse("participation:chain-detail", args=[source])
