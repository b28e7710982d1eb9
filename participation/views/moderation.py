"""Reporting, the moderators' queue, decisions, appeals, and the public register of all of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participation.discussion_forms import AppealForm, DecisionForm, ReportForm
from participation.errors import Refused
from participation.guards import requires
from participation.models import Comment, Decision, Dossier, ModerationReason
from participation.rate_limits import Limit
from participation.services.comments import close_discussion
from participation.services.moderation import (
    NoAppeal,
    appeal_decision,
    appealable,
    case_of,
    decide_comment,
    open_appeals,
    report_comment,
)
from participation.services.once import once
from participation.views.comments_loading import (
    any_comment,
    in_charge_of,
    person_of,
    public_comment,
    public_dossier,
    safe_next,
)

CASES_A_PAGE = 30
DECISIONS_A_PAGE = 50
REPORTS_OF_A_PERSON = Limit("report-person", 30, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("participation.report_comment", public_comment)
def comment_report(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            REPORTS_OF_A_PERSON.hit(str(request.user.pk))
            report_comment(by=person_of(request), comment=comment, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, _("Thank you. A moderator of the region will look at it."))
            return redirect(comment)
    context = {"comment": comment, "dossier": comment.dossier, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "participation/comment_report.html", context, status=status)


@require_safe
@requires("participation.see_queue", lambda: None)
def moderation_queue(request: HttpRequest, _everything: None) -> HttpResponse:
    """What waits in the moderator's places: appeals first, then the longest reported."""
    person = person_of(request)
    is_mine = in_charge_of(person)
    cases = (
        Comment.objects.open_case()
        .filter(is_mine("dossier"))
        .select_related("dossier", "author")
        .prefetch_related("dossier__texts")
        .annotate(
            since=Min("reports__reported_at", filter=Q(reports__resolved_by=None)),
            number_of_reports=Count("reports", filter=Q(reports__resolved_by=None)),
        )
        .order_by("since")
    )
    appeals = (
        open_appeals()
        .filter(is_mine("against__comment__dossier"))
        .exclude(against__decided_by=person)
        .select_related("against__comment__dossier")
        .prefetch_related("against__comment__dossier__texts")
        .order_by("appealed_at")
    )
    page = Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participation/moderation_queue.html",
        {"page": page, "appeals": appeals[:CASES_A_PAGE]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("participation.moderate_comment", any_comment)
def comment_moderate(request: HttpRequest, comment: Comment) -> HttpResponse:
    case = case_of(comment)
    initial = {"last_decision": case.last_decision}
    form = DecisionForm(request.POST or None, initial=initial, outcomes=case.outcomes)
    if form.is_bound and form.is_valid():
        try:
            led_to = once(
                key=form.cleaned_data["form_key"],
                person=person_of(request),
                act=lambda: _decide(request, comment, form.cleaned_data),
            )
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, _("Decided. The author is told, the public record has it."))
            return redirect(led_to)
    context = {
        "comment": comment,
        "dossier": comment.dossier,
        "case": case,
        "form": form,
        "refusal": case.why_not(person_of(request)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "participation/comment_moderate.html", context, status=status)


def _decide(request: HttpRequest, comment: Comment, data: dict[str, Any]) -> str:
    decide_comment(
        by=person_of(request),
        comment=comment,
        **{name: value for name, value in data.items() if name != "form_key"},
    )
    return reverse("participation:moderation-queue")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("participation.appeal_decision", any_comment)
def comment_appeal(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = AppealForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            appeal_decision(by=person_of(request), comment=comment, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your appeal is received. Another moderator decides."))
            return redirect(comment)
    decision = appealable(comment, person_of(request))
    context = {
        "comment": comment,
        "dossier": comment.dossier,
        "decision": decision,
        "form": form,
        "refusal": NoAppeal() if decision is None and not form.is_bound else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "participation/comment_appeal.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("participation.close_discussion", public_dossier)
def discussion_close(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask, then close it or open it again."""
    if request.method != "POST":
        context = {"dossier": dossier, "discussion": dossier.discussion}
        return render(request, "participation/discussion_close.html", context)
    wanted = request.POST.get("closed") == "1"
    close_discussion(by=person_of(request), dossier=dossier, is_closed=wanted)
    back = reverse("participation:discussion-detail", args=[dossier.reference])
    return redirect(safe_next(request, back))


@require_safe
def moderation_register(request: HttpRequest) -> HttpResponse:
    """Every decision with its reason; neither authors nor moderators are named."""
    decisions = (
        Decision.objects.select_related("comment__dossier", "appeal", "appealed_in__decision")
        .defer("explanation", "comment__text", "comment__html")
        .order_by("-pk")
    )
    page = Paginator(decisions, DECISIONS_A_PAGE).get_page(request.GET.get("page"))
    hidden = Decision.objects.filter(outcome=Decision.Outcome.HIDE, appeal=None)
    by_reason = dict(hidden.values_list("reason").annotate(number=Count("pk")))
    return render(
        request,
        "participation/moderation_register.html",
        {
            "page": page,
            "reasons": [
                {"label": label, "number": by_reason.get(code, 0)}
                for code, label in ModerationReason.choices
            ],
            "number_hidden": sum(by_reason.values()),
        },
    )


@require_safe
def moderation_rules(request: HttpRequest) -> HttpResponse:
    return render(request, "participation/moderation_rules.html")
