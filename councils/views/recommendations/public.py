"""Recommendations for everybody: the list with its filters and figures, one with its whole path."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from councils.citizen_voices import voices_of
from councils.facts.recommendations import recommendation_figures
from councils.models import Council, Recommendation
from councils.models.meetings import RecommendationQuerySet
from councils.recommendation_files import rows_of_csv
from councils.views.loading import public_council, public_recommendation
from participation.csv_files import lines_of
from participation.guards import requires
from participation.kinds import kind_named
from participation.models import AnswerDue

RECOMMENDATIONS_A_PAGE = 20
STATES = [choice for choice in Recommendation.State.choices if choice[0] != "draft"]


@require_safe
@requires(None, public_council)
def recommendation_list(request: HttpRequest, council: Council) -> HttpResponse:
    today = timezone.localdate()
    found, pills = _filtered(council, request, today)
    page = Paginator(_rows(found, today), RECOMMENDATIONS_A_PAGE).get_page(request.GET.get("page"))
    may_draft = request.user.has_perm("councils.draft_recommendation", council)
    return render(
        request,
        "councils/recommendation_list.html",
        {
            "council": council,
            "page": page,
            "pills": pills,
            "chosen": request.GET,
            "states": STATES,
            "bodies": _bodies(council),
            "figures": recommendation_figures(council, today),
            "may_draft": may_draft,
            "drafts": list(council.recommendations.filter(state="draft").for_lists())
            if may_draft
            else [],
        },
    )


def _bodies(council: Council) -> list[Organisation]:
    dues = AnswerDue.objects.filter(dossier__recommendation__council=council, comment=None)
    return sorted(
        Organisation.objects.filter(pk__in=dues.values("addressee")), key=lambda body: body.name
    )


def _rows(found: RecommendationQuerySet, today: date) -> RecommendationQuerySet:
    late = AnswerDue.objects.overdue(today).filter(dossier=OuterRef("dossier"), comment=None)
    return (
        found.for_lists()
        .annotate(is_overdue=Exists(late))
        .prefetch_related("dossier__answers_due__addressee")
        .order_by("-number")
    )


def _filtered(
    council: Council, request: HttpRequest, today: date
) -> tuple[RecommendationQuerySet, list[dict[str, Any]]]:
    """What the address asks for, and a pill for each filter that is on."""
    found, pills = council.recommendations.public(), []
    labels = dict(STATES)
    if (state := request.GET.get("state", "")) in labels:
        found = found.filter(state=state)
        pills.append({"label": str(labels[state]), "parameter": "state"})
    key = request.GET.get("body", "")
    if key.isascii() and key.isdecimal() and len(key) < 10:
        body = Organisation.objects.filter(pk=key).first()
        if body is not None:
            found = found.filter(dossier__answers_due__addressee=body).distinct()
            pills.append({"label": body.name, "parameter": "body"})
    if request.GET.get("overdue"):
        late = AnswerDue.objects.overdue(today).filter(comment=None)
        found = found.filter(dossier__in=late.values("dossier"))
        pills.append({"label": _("overdue"), "parameter": "overdue"})
    return found, [{**pill, "url": _without(request, pill["parameter"])} for pill in pills]


def _without(request: HttpRequest, parameter: str) -> str:
    rest = request.GET.copy()
    rest.pop(parameter, None)
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


@require_safe
@requires(None, public_council)
def recommendation_csv(request: HttpRequest, council: Council) -> StreamingHttpResponse:
    found = council.recommendations.public().for_display().order_by("number")
    return StreamingHttpResponse(
        lines_of(rows_of_csv(found)), content_type="text/csv; charset=utf-8"
    )


@require_safe
@requires(None, public_recommendation)
def recommendation_detail(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    state = kind_named(recommendation.dossier.kind).state(recommendation.state)
    may_follow_up = request.user.has_perm("councils.follow_up_recommendation", recommendation)
    return render(
        request,
        "councils/recommendation_detail.html",
        {
            "recommendation": recommendation,
            "council": recommendation.council,
            "text": recommendation.dossier.text,
            "tone": state.tone if state else "",
            "evidence": recommendation.evidence.select_related("dossier").prefetch_related(
                "dossier__texts"
            ),
            "commitments": recommendation.commitments.select_related("answer_due__addressee"),
            "updates": recommendation.updates.select_related("commitment"),
            "acts": recommendation.acts.select_related("body"),
            "voices": voices_of(recommendation),
            "today": timezone.localdate(),
            "may_follow_up": may_follow_up,
            "may_keep": request.user.has_perm("councils.keep_council", recommendation),
        },
    )
