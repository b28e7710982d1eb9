"""Writing assets, trends and lines of the SWOT, and saying what a line stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from edp import evidence_page
from edp.forms.evidence import AssetForm, EvidenceForm, SwotForm, TrendForm
from edp.models import DiscoveryProcess, RegionalAsset, SwotEntry, SwotLink, TrendSignal
from edp.services import evidence
from edp.views.evidence.desk import back_to_desk, managed
from participation.views.form_pages import act_once, form_page, press, signed_in


@dataclass(frozen=True)
class Kind:
    """One kind of entry as addresses and pages know it."""

    model: type[Any]
    form: type[Any]
    new: Any
    old: Any


KINDS = {
    "assets": Kind(
        RegionalAsset, AssetForm, gettext_lazy("Add an asset"), gettext_lazy("Change an asset")
    ),
    "trends": Kind(
        TrendSignal, TrendForm, gettext_lazy("Add a trend"), gettext_lazy("Change a trend")
    ),
    "swot": Kind(
        SwotEntry,
        SwotForm,
        gettext_lazy("Add a line to the SWOT"),
        gettext_lazy("Change a line of the SWOT"),
    ),
}


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_http_methods(["GET", "HEAD", "POST"])
def entry_create(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    @managed
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        known = _kind(kind)
        form = known.form(request.POST or None, process=process)
        if form.is_bound and form.is_valid():
            response = act_once(
                request,
                form,
                lambda: _write(request, process, kind, form),
                _("Kept. It is not public yet."),
            )
            if response:
                return response
        return form_page(
            request, "edp/entry_form.html", form, process=process, heading=known.new, kind=kind
        )

    return guarded(request, slug=slug)


def _write(request: HttpRequest, process: DiscoveryProcess, kind: str, form: Any) -> str:
    entry = KINDS[kind].model(process=process, **form.told())
    entry = evidence.write_entry(by=signed_in(request), process=process, entry=entry)
    if kind == "swot":
        return reverse("edp:swot-link", args=[process.slug, entry.pk])
    return back_to_desk(process)


def _entry_page(
    view: Callable[[HttpRequest, DiscoveryProcess, str, Any], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """A page about one entry of a process, for those who manage its evidence."""

    def outer(request: HttpRequest, slug: str, kind: str, entry: int) -> HttpResponseBase:
        @managed
        def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
            entries = _kind(kind).model.objects.select_related("process")
            return view(
                request, process, kind, get_object_or_404(entries, process=process, pk=entry)
            )

        return guarded(request, slug=slug)

    return outer


@require_http_methods(["GET", "HEAD", "POST"])
@_entry_page
def entry_edit(
    request: HttpRequest, process: DiscoveryProcess, kind: str, entry: Any
) -> HttpResponse:
    known = KINDS[kind]
    form = known.form(request.POST or None, process=process, initial=known.form.initial_of(entry))
    if form.is_bound and form.is_valid():
        response = act_once(
            request, form, lambda: _change(request, process, entry, form), _("The change is kept.")
        )
        if response:
            return response
    return form_page(
        request,
        "edp/entry_form.html",
        form,
        process=process,
        heading=known.old,
        kind=kind,
        entry=entry,
    )


def _change(request: HttpRequest, process: DiscoveryProcess, entry: Any, form: Any) -> str:
    evidence.change_entry(by=signed_in(request), entry=entry, **form.told())
    return back_to_desk(process)


@require_POST
@_entry_page
def entry_publish(
    request: HttpRequest, process: DiscoveryProcess, kind: str, entry: Any
) -> HttpResponse:
    return press(
        request,
        back_to_desk(process),
        lambda: evidence.publish_entries(by=signed_in(request), process=process, entries=[entry]),
        _("It is public now."),
    )


@require_POST
@_entry_page
def entry_remove(
    request: HttpRequest, process: DiscoveryProcess, kind: str, entry: Any
) -> HttpResponse:
    return press(
        request,
        back_to_desk(process),
        lambda: evidence.remove_entry(by=signed_in(request), entry=entry),
        _("The draft is gone."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def swot_link(request: HttpRequest, slug: str, entry: int) -> HttpResponseBase:
    """What the line stands on; the same page takes links away."""

    @managed
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        line = get_object_or_404(
            SwotEntry.objects.select_related("process"), process=process, pk=entry
        )
        form = EvidenceForm(request.POST or None, process=process)
        if form.is_bound and form.is_valid():
            response = act_once(
                request, form, lambda: _link(request, process, line, form), _("The link is kept.")
            )
            if response:
                return response
        return form_page(
            request,
            "edp/swot_link.html",
            form,
            process=process,
            entry=line,
            sources=evidence_page.sources_of(process, line, with_drafts=True),
            form_key=uuid4(),
        )

    return guarded(request, slug=slug)


def _link(
    request: HttpRequest, process: DiscoveryProcess, entry: SwotEntry, form: EvidenceForm
) -> str:
    evidence.link_swot(by=signed_in(request), entry=entry, evidence=form.evidence())
    return reverse("edp:swot-link", args=[process.slug, entry.pk])


@require_POST
def swot_unlink(request: HttpRequest, slug: str, entry: int, link: int) -> HttpResponseBase:
    @managed
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        links = SwotLink.objects.select_related("entry__process")
        found = get_object_or_404(links, entry__process=process, entry=entry, pk=link)
        return press(
            request,
            back_to_desk(process),
            lambda: evidence.unlink_swot(by=signed_in(request), link=found),
            _("The link is gone."),
        )

    return guarded(request, slug=slug)
