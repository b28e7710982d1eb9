"""Reading and writing comments: the whole discussion, one thread, a reply, an edit, support."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from participation import drafts
from participation.discussion_forms import CommentForm, EditForm, ReplyForm
from participation.errors import Refused
from participation.guards import requires
from participation.models import Attachment, Comment, Discussion, Dossier
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.services.comments import (
    EditingOver,
    edit_comment,
    set_support,
    why_not_comment,
    write_comment,
)
from participation.services.moderation import authors_view
from participation.services.once import once
from participation.threads import SORTS, page_of_replies, page_of_sides, page_of_threads, with_files
from participation.views.comments_loading import (
    any_comment,
    discussion_for,
    may_see,
    person_of,
    public_comment,
    public_dossier,
    safe_next,
    shown_comment,
    visible_attachment,
    visible_comment,
)

# Many people share one address of a mobile operator, so an address may do much more.
COMMENTS_OF_A_PERSON = Limit("comment-person", 20, 600)
COMMENTS_OF_AN_ADDRESS = Limit("comment-address", 300, 600)
SUPPORTS_OF_A_PERSON = Limit("support-person", 120, 600)

# Writes what a form holds; returns the address it leads to.
Writer = Callable[[User, dict[str, Any]], str]


@require_http_methods(["GET", "HEAD", "POST"])
def discussion_detail(request: HttpRequest, reference: str) -> HttpResponse:
    discussion = discussion_for(request, reference)
    form = CommentForm(request.POST or None, request.FILES or None, initial=drafts.kept(request))
    answer, status = send(request, form, _writer(discussion.dossier))
    if answer is not None:
        return answer
    context = {
        "discussion": discussion,
        "dossier": discussion.dossier,
        "form": form,
        "refusal": _refusal(request, discussion, form),
        **_listed(request, discussion),
    }
    return render(request, "participation/discussion_detail.html", context, status=status)


def _listed(request: HttpRequest, discussion: Discussion) -> dict[str, Any]:
    """The page that the address asks for."""
    number, person = request.GET.get("page"), person_of(request)
    if request.GET.get("view") == "sides":
        page, sides = page_of_sides(discussion, person, number=number)
        return {"page": page, "sides": sides, "view": "sides"}
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "newest"
    page, threads = page_of_threads(discussion, person, sort=sort, number=number)
    return {"page": page, "threads": threads, "view": sort}


def _refusal(request: HttpRequest, discussion: Discussion, form: ReplyForm) -> Refused | None:
    """Never in the place of a form that somebody has just filled in."""
    if form.is_bound:
        return None
    return why_not_comment(person=person_of(request), discussion=discussion)


def send(request: HttpRequest, form: ReplyForm, write: Writer) -> tuple[HttpResponse | None, int]:
    """Act on a form that was sent. Without an answer the page is shown again, with the status."""
    if not form.is_bound:
        return None, 200
    try:
        COMMENTS_OF_AN_ADDRESS.hit(address_of(request))
        if not request.user.is_authenticated:
            return _sign_in_first(request), 302
        if not form.is_valid():
            return None, 422
        person = person_of(request)
        COMMENTS_OF_A_PERSON.hit(str(person.pk))
        led_to = once(
            key=form.cleaned_data["form_key"],
            person=person,
            act=lambda: write(person, form.cleaned_data),
        )
    except TooManyTries as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}")
        return None, 429
    except Refused as refusal:
        form.add_error("text", f"{refusal} {refusal.way_out}".strip())
        return None, 422
    drafts.forget(request)
    return redirect(led_to), 302


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in had expired, or there never was one: the text waits in the session."""
    drafts.keep(request, request.POST)
    messages.info(request, _("Your text is kept. Sign in, then send it."))
    return redirect_to_login(request.get_full_path(), resolve_url("account_login"))


def _writer(dossier: Dossier, answers: Comment | None = None) -> Writer:
    def write(person: User, data: dict[str, Any]) -> str:
        comment = write_comment(
            by=person,
            dossier=dossier,
            text=data["text"],
            page_language=(get_language() or "kk")[:2],
            position=data.get("position", ""),
            answers=answers,
            uploads=data["attachments"],
        )
        return f"{comment.get_absolute_url()}#comment-{comment.pk}"

    return write


@require_safe
def comment_detail(request: HttpRequest, number: int) -> HttpResponse:
    """A thread with its replies, or one reply below the comment that opened its thread."""
    comment = visible_comment(request, number)
    person = person_of(request)
    top = comment.parent or comment
    (thread,) = with_files([shown_comment(person, top.pk)])
    page = None
    if comment.is_thread:
        page, thread.replies = page_of_replies(comment, person, number=request.GET.get("page"))
    else:
        thread.replies = with_files([shown_comment(person, comment.pk)])
    context = {
        "comment": comment,
        "dossier": comment.dossier,
        "thread": thread,
        "page": page,
        "told": authors_view(comment, person),
        "may_edit": comment.is_editable_by(person, timezone.now()),
        "may_moderate": request.user.has_perm("participation.moderate_comment", comment),
    }
    return render(request, "participation/comment_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: HttpRequest, number: int) -> HttpResponse:
    comment = visible_comment(request, number)
    if not comment.is_public:
        raise Http404
    discussion = Discussion.objects.get(dossier=comment.dossier_id)
    form = ReplyForm(request.POST or None, request.FILES or None, initial=drafts.kept(request))
    answer, status = send(request, form, _writer(discussion.dossier, comment))
    if answer is not None:
        return answer
    (thread,) = with_files([shown_comment(person_of(request), comment.pk)])
    context = {
        "dossier": comment.dossier,
        "thread": thread,
        "form": form,
        "refusal": _refusal(request, discussion, form),
    }
    return render(request, "participation/comment_reply.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("participation.edit_comment", any_comment)
def comment_edit(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = EditForm(request.POST or None, initial={"text": comment.text})
    if form.is_bound and form.is_valid():
        try:
            edit_comment(by=person_of(request), comment=comment, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("text", f"{refusal} {refusal.way_out}".strip())
        else:
            return redirect(comment)
    is_over = not comment.is_editable_by(person_of(request), timezone.now())
    context = {
        "comment": comment,
        "dossier": comment.dossier,
        "form": form,
        "refusal": EditingOver() if is_over and not form.is_bound else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "participation/comment_edit.html", context, status=status)


@require_safe
@requires(None, any_comment)
def comment_history(request: HttpRequest, comment: Comment) -> HttpResponse:
    if not may_see(person_of(request), comment):
        raise Http404
    context = {
        "comment": comment,
        "dossier": comment.dossier,
        "versions": comment.versions.order_by("-number"),
    }
    return render(request, "participation/comment_history.html", context)


@require_POST
@requires("participation.join_discussion", public_comment)
def comment_support(request: HttpRequest, comment: Comment) -> HttpResponse:
    return _support(request, comment.dossier, comment, f"#comment-{comment.pk}")


@require_POST
@requires("participation.join_discussion", public_dossier)
def dossier_support(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    return _support(request, dossier, None, "#discussion")


def _support(
    request: HttpRequest, dossier: Dossier, comment: Comment | None, anchor: str
) -> HttpResponse:
    """A button says what it wants, so pressing it twice on a bad network changes nothing."""
    back = reverse("participation:discussion-detail", args=[dossier.reference])
    try:
        SUPPORTS_OF_A_PERSON.hit(str(request.user.pk))
        set_support(
            by=person_of(request),
            dossier=dossier,
            comment=comment,
            is_given=request.POST.get("wanted") != "0",
        )
    except TooManyTries:
        return render(request, "429.html", status=429)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{safe_next(request, back)}{anchor}")


@require_safe
def attachment_detail(request: HttpRequest, key: UUID) -> FileResponse:
    attachment = visible_attachment(request, key)
    return _in_a_sandbox(attachment, attachment.file)


@require_safe
def attachment_preview(request: HttpRequest, key: UUID) -> FileResponse:
    """An image small enough for a list on a slow network."""
    attachment = visible_attachment(request, key)
    return _in_a_sandbox(attachment, attachment.preview)


def _in_a_sandbox(attachment: Attachment, file: FieldFile) -> FileResponse:
    """The file alone: nothing in it can act in the name of this site."""
    try:
        content = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=not attachment.is_image,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"  # it may be hidden any minute
    return response
