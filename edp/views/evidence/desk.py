"""The analyst's desk: what there is, what is ready, and the buttons."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp import evidence_page
from edp.dataset_files import UnfitDataset, from_data
from edp.forms.evidence import DatasetForm, FileForm
from edp.models import Dataset, DatasetDraft, DatasetVersion, DiscoveryProcess
from edp.services import evidence
from edp.views.loading import any_process
from participation.errors import Refused
from participation.guards import requires
from participation.views.form_pages import act_once, form_page, press, signed_in

managed = requires("edp.manage_evidence", any_process)


def back_to_desk(process: DiscoveryProcess) -> str:
    return reverse("edp:evidence-manage", args=[process.slug])


@require_safe
@managed
def evidence_manage(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    context = {"process": process, "form_key": uuid4(), **evidence_page.desk(process)}
    return render(request, "edp/evidence_manage.html", context)


@require_POST
@managed
def evidence_publish(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """Everything that is ready, at once."""
    ready = evidence_page.ready_entries(process)
    return press(
        request,
        back_to_desk(process),
        lambda: evidence.publish_entries(by=signed_in(request), process=process, entries=ready),
        ngettext("%(n)s entry is public now.", "%(n)s entries are public now.", len(ready))
        % {"n": len(ready)},
    )


# --- Datasets -----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@managed
def dataset_create(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = DatasetForm(request.POST or None)
    if form.is_bound and form.is_valid():
        response = act_once(
            request, form, lambda: _create(request, process, form), _("Now send the file.")
        )
        if response:
            return response
    return form_page(request, "edp/dataset_create.html", form, process=process)


def _create(request: HttpRequest, process: DiscoveryProcess, form: DatasetForm) -> str:
    dataset = evidence.create_dataset(by=signed_in(request), process=process, **form.told())
    return reverse("edp:version-upload", args=[process.slug, dataset.pk])


def _dataset_page(
    view: Callable[[HttpRequest, DiscoveryProcess, Dataset], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """A page about one dataset of a process, for those who manage its evidence."""

    def outer(request: HttpRequest, slug: str, dataset: int) -> HttpResponseBase:
        @managed
        def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
            found = get_object_or_404(process.datasets.select_related("process"), pk=dataset)
            return view(request, process, found)

        return guarded(request, slug=slug)

    return outer


@require_http_methods(["GET", "HEAD", "POST"])
@_dataset_page
def version_upload(
    request: HttpRequest, process: DiscoveryProcess, dataset: Dataset
) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            _upload(request, dataset, form)
            return redirect("edp:version-preview", process.slug, dataset.pk)
        except UnfitDataset as refusal:
            form.add_error("file", str(refusal))
            problems = refusal.problems
        except Refused as refusal:
            form.add_error("file", f"{refusal} {refusal.way_out}".strip())
    return form_page(
        request,
        "edp/version_upload.html",
        form,
        process=process,
        dataset=dataset,
        problems=problems,
    )


def _upload(request: HttpRequest, dataset: Dataset, form: FileForm) -> None:
    data = form.cleaned_data
    evidence.upload_draft(
        by=signed_in(request),
        dataset=dataset,
        file_name=data["file"].name[:200],
        content=data["file"].read(),
        retrieved_on=data["retrieved_on"],
        has_today_borders=data["has_today_borders"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@_dataset_page
def version_preview(
    request: HttpRequest, process: DiscoveryProcess, dataset: Dataset
) -> HttpResponse:
    """What the file holds, before anything of it is kept."""
    drafts = DatasetDraft.objects.defer("content").filter(uploaded_by=signed_in(request))
    draft = drafts.filter(dataset=dataset).first()
    if request.method == "POST" and draft is not None:
        if request.POST.get("act") == "discard":
            evidence.discard_draft(by=signed_in(request), dataset=dataset)
            return redirect("edp:version-upload", process.slug, dataset.pk)
        return press(
            request,
            back_to_desk(process),
            lambda: evidence.keep_draft(by=signed_in(request), draft=draft),
            _("The file is kept as a new version. It is not public yet."),
        )
    if draft is None:
        return redirect("edp:version-upload", process.slug, dataset.pk)
    context = {
        "process": process,
        "dataset": dataset,
        "draft": draft,
        "warnings": from_data(draft.summary["warnings"]),
        "form_key": uuid4(),
    }
    return render(request, "edp/version_preview.html", context)


@require_POST
def version_publish(request: HttpRequest, slug: str, dataset: int, number: int) -> HttpResponseBase:
    @managed
    def guarded(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
        version = get_object_or_404(
            DatasetVersion.objects.select_related("dataset__process"),
            dataset__process=process,
            dataset=dataset,
            number=number,
        )
        return press(
            request,
            back_to_desk(process),
            lambda: evidence.publish_version(by=signed_in(request), version=version),
            _("The figures are public now."),
        )

    return guarded(request, slug=slug)
