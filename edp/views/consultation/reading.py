"""Reading the text and saying something of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from edp.consultation_pages import days_left, passages_with_counts, state_words, threads_on
from edp.models import Consultation, DiscoveryProcess, Passage, TextVersion, VoteStatement
from edp.services.consultation import comment_on_passage
from edp.services.consultation.errors import ConsultationClosed
from edp.views.consultation.loading import named_passage, public_round, published_version
from edp.views.loading import public_process
from participation import drafts
from participation.discussion_forms import CommentForm
from participation.errors import Refused
from participation.guards import requires
from participation.models import Discussion
from participation.services.comments import why_not_comment
from participation.text_changes import changes
from participation.views.comments_loading import person_of
from participation.views.discussion import Writer, send

WHOLE = 0


@require_safe
@requires(None, public_process)
def consultation_detail(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    """The newest round, or what will be here."""
    newest = process.consultations.public().select_related("dossier").first()
    if newest is not None:
        return redirect(newest)
    context = {
        "process": process,
        "may_organise": request.user.has_perm("edp.organise_process", process),
    }
    return render(request, "edp/consultation_none.html", context)


@require_safe
@requires(None, public_round)
def round_detail(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    version = published_version(consultation)
    return _text(request, consultation, version)


def _text(request: HttpRequest, consultation: Consultation, version: TextVersion) -> HttpResponse:
    today = timezone.localdate()
    versions = consultation.versions.filter(published_at__isnull=False).order_by("-number")
    passages = passages_with_counts(consultation, version)
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "version": version,
        "versions": list(versions),
        "passages": passages,
        "takes_part": consultation.takes_part_on(today),
        "state": state_words(consultation, today),
        "days_left": days_left(consultation, today),
        "statements": consultation.statements.filter(state=VoteStatement.State.ACCEPTED).count(),
        "received": consultation.comments.exclude(comment__state="waiting").count(),
        "others": list(
            consultation.process.consultations.public()
            .exclude(pk=consultation.pk)
            .select_related("dossier")
            .prefetch_related("dossier__texts")
        ),
        "may_enter": request.user.has_perm("edp.enter_comment", consultation),
    }
    return render(request, "edp/round_detail.html", context)


@require_safe
def round_version(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    consultation = public_round(slug, number)
    return _text(request, consultation, published_version(consultation, version))


@require_safe
@requires(None, public_round)
def round_changes(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """What changed from one published version to the next, or between any two."""
    rows = consultation.versions.filter(published_at__isnull=False).order_by("number")
    versions = list(rows.prefetch_related("passages__because_of"))
    if not versions:
        raise Http404
    new = _chosen(request.GET.get("to"), versions, versions[-1])
    earlier = [version for version in versions if version.number < new.number]
    old = _chosen(request.GET.get("from"), versions, earlier[-1] if earlier else new)
    language = (get_language() or "kk")[:2]
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": _told(old, new, language),
    }
    return render(request, "edp/round_changes.html", context)


def _chosen(asked: str | None, versions: list[TextVersion], otherwise: TextVersion) -> TextVersion:
    return next((row for row in versions if str(row.number) == asked), otherwise)


def _told(old: TextVersion, new: TextVersion, language: str) -> list[dict[str, Any]]:
    """Each passage that changed: its heading, where it stands, the pieces, and why."""
    before = {row.key: row for row in old.passages.all()}
    after = {row.key: row for row in new.passages.all()}
    shown = _common_language([*before.values(), *after.values()], language)
    found = changes(
        {key: getattr(row, f"text_{shown}") for key, row in before.items()},
        {key: getattr(row, f"text_{shown}") for key, row in after.items()},
    )
    return [
        {
            "change": change,
            "passage": after.get(change.key) or before[change.key],
            "language": shown,
            "because_of": [row.pk for row in after[change.key].because_of.all()]
            if change.key in after
            else [],
        }
        for change in found
        if change.kind != "same"
    ]


def _common_language(passages: list[Passage], wanted: str) -> str:
    """English may be missing somewhere; the official languages never are."""
    return wanted if all(row.texts[wanted] for row in passages) else "kk"


@require_http_methods(["GET", "HEAD", "POST"])
def passage_detail(request: HttpRequest, slug: str, number: int, key: int) -> HttpResponse:
    """A passage, all that was said of it, and the form; key 0 is the text as a whole."""
    consultation = public_round(slug, number)
    passage = named_passage(consultation, key)
    form = CommentForm(request.POST or None, request.FILES or None, initial=drafts.kept(request))
    answer, status = send(request, form, _writer(consultation, passage))
    if answer is not None:
        return answer
    discussion = Discussion.objects.get(dossier=consultation.dossier_id)
    page, heard = threads_on(consultation, key, person_of(request), request.GET.get("page"))
    context = {
        "consultation": consultation,
        "process": consultation.process,
        "dossier": consultation.dossier,
        "discussion": discussion,
        "passage": passage,
        "page": page,
        "heard": heard,
        "form": form,
        "refusal": None if form.is_bound else _refusal(request, consultation, discussion),
        "may_enter": request.user.has_perm("edp.enter_comment", consultation),
    }
    return render(request, "edp/passage_detail.html", context, status=status)


def _refusal(
    request: HttpRequest, consultation: Consultation, discussion: Discussion
) -> Refused | None:
    if not consultation.takes_part_on(timezone.localdate()):
        return ConsultationClosed()
    return why_not_comment(person=person_of(request), discussion=discussion)


def _writer(consultation: Consultation, passage: Passage | None) -> Writer:
    def write(person: User, data: dict[str, Any]) -> str:
        comment = comment_on_passage(
            by=person,
            consultation=consultation,
            passage=passage,
            text=data["text"],
            page_language=(get_language() or "kk")[:2],
            position=data["position"],
            uploads=data["attachments"],
        )
        key = passage.key if passage else WHOLE
        where = [consultation.process.slug, consultation.number, key]
        return f"{reverse('edp:passage-detail', args=where)}#comment-{comment.pk}"

    return write
