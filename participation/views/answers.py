"""What state bodies owe and how they answer: for everybody."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from participation.answer_figures import BASELINE, board, figures_of, rows_of_csv
from participation.answer_forms import CountForm
from participation.answer_pages import status_of, stored_days, told_days, with_status
from participation.csv_files import lines_of
from participation.guards import requires
from participation.models import AnswerDue
from participation.models.answers import AnswerDueQuerySet
from participation.services.answers import current_calendar

ROWS_A_PAGE = 20
BODIES_A_PAGE = 50
WAITING_LONGEST = 10


def public_due(number: int) -> AnswerDue:
    rows = AnswerDue.objects.public().for_display().prefetch_related("answers__redirected_to")
    return get_object_or_404(
        rows.select_related("redirected_from__addressee", "redirected_to__addressee", "comment"),
        pk=number,
    )


def body_that_owes(body: int) -> Organisation:
    owing = AnswerDue.objects.public().values("addressee")
    return get_object_or_404(Organisation, pk=body, pk__in=owing)


@require_safe
def answer_board(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = Paginator(board(today), BODIES_A_PAGE).get_page(request.GET.get("page"))
    waiting = AnswerDue.objects.public().running().for_display().order_by("received_on", "pk")
    return render(
        request,
        "participation/answer_board.html",
        {
            "figures": figures_of(AnswerDue.objects.public(), today),
            "page": page,
            "waiting": with_status(waiting[:WAITING_LONGEST], today, current_calendar()),
            "baseline": BASELINE,
        },
    )


@require_safe
def answer_overdue(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = AnswerDue.objects.public().overdue(today).for_display()
    return _list(request, "participation/answer_overdue.html", rows, {})


@require_safe
@requires(None, body_that_owes)
def answer_body(request: HttpRequest, body: Organisation) -> HttpResponse:
    rows = AnswerDue.objects.public().filter(addressee=body)
    context = {
        "body": body,
        "figures": figures_of(rows, timezone.localdate()),
        "baseline": BASELINE,
    }
    in_order = rows.for_display().order_by("answered_on", "due_on", "pk").reverse()
    return _list(request, "participation/answer_body.html", in_order, context)


def _list(
    request: HttpRequest, template: str, rows: AnswerDueQuerySet, context: dict[str, Any]
) -> HttpResponse:
    today, calendar = timezone.localdate(), current_calendar()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, template, {"page": page, "rows": with_status(page, today, calendar), **context}
    )


@require_safe
def answer_board_csv(request: HttpRequest) -> StreamingHttpResponse:
    return _csv(AnswerDue.objects.public(), "answers.csv")


@require_safe
@requires(None, body_that_owes)
def answer_body_csv(request: HttpRequest, body: Organisation) -> StreamingHttpResponse:
    rows = AnswerDue.objects.public().filter(addressee=body)
    return _csv(rows, f"answers-{body.pk}.csv")


def _csv(rows: AnswerDueQuerySet, name: str) -> StreamingHttpResponse:
    in_order = rows.select_related("dossier", "addressee").prefetch_related("answers")
    told = rows_of_csv(in_order.order_by("pk").iterator(chunk_size=500), timezone.localdate())
    response = StreamingHttpResponse(lines_of(told), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@requires(None, public_due)
def answer_due_detail(request: HttpRequest, answer_due: AnswerDue) -> HttpResponse:
    today, calendar = timezone.localdate(), current_calendar()
    days = stored_days(answer_due)
    return render(
        request,
        "participation/answer_due_detail.html",
        {
            "due": answer_due,
            "status": status_of(answer_due, today, calendar),
            "days": days,
            "skipped": [day for day in days if day.number is None],
            "answers": sorted(answer_due.answers.all(), key=lambda a: a.version, reverse=True),
            "clock_events": answer_due.clock_events.all(),
            "reminders": answer_due.reminders.all(),
            "passed_on": getattr(answer_due, "redirected_to", None),
            "days_left": calendar.working_days(today, answer_due.due_on),
            "may_answer": request.user.has_perm("participation.give_answer", answer_due),
        },
    )


@require_safe
def answer_count(request: HttpRequest) -> HttpResponse:
    form = CountForm(request.GET if "day" in request.GET else None, initial={"rule": "working"})
    result = _counted(form) if form.is_bound and form.is_valid() else None
    return render(
        request,
        "participation/answer_count.html",
        {"form": form, "result": result, "today": timezone.localdate()},
        status=422 if form.errors else 200,
    )


def _counted(form: CountForm) -> dict[str, Any]:
    calendar, data = current_calendar(), form.cleaned_data
    day, length = data["day"], data["days"]
    result: dict[str, Any] = {"rule": data["rule"], "day": day, "version": calendar.version}
    if data["rule"] == "calendar":
        return result | {"due_on": calendar.due_in_calendar_days(day, length)}
    if data["rule"] == "notice":
        return result | {"due_on": calendar.last_notice_on(day, length)}
    count = calendar.count(day, length)
    return result | {"due_on": count.due_on, "days": told_days(count.days)}
