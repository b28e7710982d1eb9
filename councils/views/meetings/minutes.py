"""Minutes for everybody, version by version, and for who writes and signs them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.meetings import CorrectionForm, TextsForm
from councils.minutes_pages import changes_between, told_record
from councils.models import Meeting, Minutes
from councils.services.meetings import minutes as services
from councils.views.loading import any_recorded, public_recorded
from councils.views.meetings.planning import FORM, words_of
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

keep = requires("councils.keep_council", any_recorded)


def page_of(meeting: Meeting) -> str:
    slug = meeting.council.slug if meeting.council else ""
    return reverse("councils:minutes-detail", args=[slug, meeting.number])


@require_safe
@requires(None, public_recorded)
def minutes_detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The newest published version, or one that `?version=` names; drafts for who signs them."""
    may_run = request.user.has_perm("councils.run_meeting", meeting)
    versions = [row for row in meeting.minutes.all() if may_run or row.published_at is not None]
    asked = request.GET.get("version", "")
    if asked:
        shown = next((row for row in versions if str(row.version) == asked), None)
        if shown is None:
            raise Http404
    else:
        shown = versions[-1] if versions else None
    return render(request, "councils/minutes_detail.html", _context(meeting, versions, shown)
                  | {"may_run": may_run, "may_keep": _may(request, "keep_council", meeting),
                     "may_chair": _may(request, "chair_council", meeting)})  # fmt: skip


def _may(request: HttpRequest, verb: str, meeting: Meeting) -> bool:
    return request.user.has_perm(f"councils.{verb}", meeting)


def _context(meeting: Meeting, versions: list[Minutes], shown: Minutes | None) -> dict[str, Any]:
    before = next((row for row in versions if shown and row.version == shown.version - 1), None)
    return {
        "meeting": meeting,
        "council": meeting.council,
        "versions": versions,
        "shown": shown,
        "told": told_record(shown.record) if shown else None,
        "changes": changes_between(before, shown) if before and shown else [],
        "before": before,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@keep
def minutes_write(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A draft, or, once minutes are published, their correction."""
    last = meeting.minutes.order_by("-version").first()
    is_correction = last is not None and (last.published_at is not None or last.version > 1)
    given = {code: getattr(last, f"text_{code}") for code in ("kk", "ru", "en")} if last else {}
    if is_correction and last is not None and last.published_at is None:
        given["reason"] = last.correction
    form = (CorrectionForm if is_correction else TextsForm)(request.POST or None, initial=given)

    def write() -> str:
        data = form.cleaned_data
        by = person_of(request)
        if is_correction:
            services.correct_minutes(by=by, meeting=meeting, texts=data, reason=data["reason"])
        else:
            services.draft_minutes(by=by, meeting=meeting, texts=data)
        return page_of(meeting)

    if answer := send(request, form, write, _("The minutes are saved; now they are signed.")):
        return answer
    words = words_of(
        _("Correct the minutes") if is_correction else _("Write the minutes"),
        _("Save the minutes"),
        _("Who was there and how it was voted is taken from the record by itself."),
    )
    context = {"meeting": meeting, "council": meeting.council, "leads_back": page_of(meeting)}
    return form_page(request, FORM, form, **context, **words)


@require_POST
@requires("councils.run_meeting", any_recorded)
def minutes_sign(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """`signer` says as whom; each permission is asked for by its own name."""
    signer = request.POST.get("signer")
    permission = {"secretary": "councils.keep_council", "chair": "councils.chair_council"}
    minutes = meeting.minutes.order_by("-version").first()
    if minutes is None or not request.user.has_perm(permission.get(signer or "", ""), meeting):
        raise Http404
    return press(
        request,
        page_of(meeting),
        lambda: services.sign_minutes(
            by=request.user,  # type: ignore[arg-type]
            minutes=minutes,
            signer="chair" if signer == "chair" else "secretary",
        ),
        _("You have signed the minutes."),
    )


@require_POST
@keep
def minutes_publish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    minutes = meeting.minutes.order_by("-version").first()
    if minutes is None:
        raise Http404
    return press(
        request,
        page_of(meeting),
        lambda: services.publish_minutes(by=person_of(request), minutes=minutes),
        _("The minutes are published."),
    )
