"""How far the city is with its check, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgeting.feasibility_reading import (
    PLACES,
    account_of_cycle,
    loads_of_departments,
    overdue_reviews,
)
from budgeting.models import Cycle
from budgeting.views.loading import public_cycle
from participation.guards import requires
from participation.services.answers import current_calendar

OVERDUE_SHOWN = 50


@require_safe
@requires(None, public_cycle)
def feasibility_progress(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    today = timezone.localdate()
    account = account_of_cycle(cycle, today)
    calendar = current_calendar()
    late = [
        {"review": review, "days": calendar.working_days(review.answer_due.due_on, today)}
        for review in overdue_reviews(cycle, today)[:OVERDUE_SHOWN]
        if review.answer_due
    ]
    return render(
        request,
        "budgeting/feasibility_progress.html",
        {
            "cycle": cycle,
            "account": account,
            "lines": [
                {"place": place, "label": PLACES[place], "number": number}
                for place, number in account.numbers.items()
            ],
            "late": late,
            "loads": loads_of_departments(cycle, today),
        },
    )
