"""Works of winners, who took part in the vote, and the archive of years."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budgeting.forms.works import (
    EntrustForm,
    MilestoneForm,
    MoneyForm,
    PutOffForm,
    ReportForm,
    TurnForm,
)
from budgeting.models import Cycle, DiaryEntry, Milestone, Work
from budgeting.services import works
from budgeting.views.loading import public_cycle, public_milestone, public_work
from budgeting.views.results import ENVELOPES_A_PAGE
from budgeting.works_reading import (
    archive,
    participations_of,
    rows_of_works,
    statistics_of,
    total_of,
    works_of,
)
from participation.guards import requires
from participation.views.form_pages import form_page, send, signed_in

WORKS_A_PAGE = 30

writes = require_http_methods(["GET", "HEAD", "POST"])
told = requires("budgeting.tell_of_work", public_work)


@require_safe
@requires(None, public_cycle)
def work_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    rows = works_of(cycle)
    context = {
        "cycle": cycle,
        "page": Paginator(rows, WORKS_A_PAGE).get_page(request.GET.get("page")),
        "total": total_of(rows) if rows else None,
    }
    return render(request, "budgeting/work_list.html", context)


@require_safe
@requires(None, public_work)
def work_detail(request: HttpRequest, work: Work) -> HttpResponse:
    may_tell = request.user.has_perm("budgeting.tell_of_work", work)
    slug, number = work.award.proposal.cycle.slug, work.award.proposal.number
    return render(
        request,
        "budgeting/work_detail.html",
        {
            "work": work,
            "row": rows_of_works([work])[0],
            "proposal": work.award.proposal,
            "cycle": work.award.proposal.cycle,
            "milestones": work.milestones.all(),
            "diary": work.diary.select_related("milestone").prefetch_related("photos__attachment"),
            "money": work.money.all(),
            "turns": [
                (reverse(f"budgeting:work-{kind}", args=[slug, number]), kind.label)
                for kind in works.turns_of(work)
            ],
            "may_tell": may_tell,
            "may_entrust": request.user.has_perm("budgeting.entrust_work", work),
        },
    )


@require_safe
@requires(None, public_cycle)
def participation_detail(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    votes = Paginator(participations_of(cycle), ENVELOPES_A_PAGE)
    page = votes.get_page(request.GET.get("page"))
    context = {"cycle": cycle, "page": page, "statistics": statistics_of(page)}
    return render(request, "budgeting/participation_detail.html", context)


@require_safe
def archive_list(request: HttpRequest) -> HttpResponse:
    return render(request, "budgeting/archive_list.html", {"years": archive()})


def _told(
    request: HttpRequest, work: Work, form: Any, act: Callable[[], object], heading: str, done: str
) -> HttpResponse:
    """Show the form, or act on it once and lead back to the work."""
    back = work.get_absolute_url()

    def run() -> str:
        act()
        return back

    if answer := send(request, form, run, done):
        return answer
    context = {"work": work, "heading": heading, "back": back}
    return form_page(request, "budgeting/work_form.html", form, **context)


@writes
@told
def milestone_plan(request: HttpRequest, work: Work) -> HttpResponse:
    form = MilestoneForm(request.POST or None)

    def act() -> object:
        return works.plan_milestone(
            by=signed_in(request), work=work, name=form.name(), due_on=form.cleaned_data["due_on"]
        )

    return _told(request, work, form, act, _("Plan a milestone"), _("The milestone is public."))


@writes
@requires("budgeting.tell_of_milestone", public_milestone)
def milestone_put_off(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    form = PutOffForm(request.POST or None, initial={"due_on": milestone.due_on})

    def act() -> object:
        due_on = form.cleaned_data["due_on"]
        return works.put_off(
            by=signed_in(request), milestone=milestone, due_on=due_on, reason=form.told()
        )

    heading = _("Put off: %(milestone)s") % {"milestone": milestone}
    return _told(
        request, milestone.work, form, act, heading, _("The new date and its reason are public.")
    )


@writes
@requires("budgeting.tell_of_milestone", public_milestone)
def milestone_reach(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    form = ReportForm(request.POST or None, request.FILES or None)

    def act() -> object:
        return works.reach_milestone(
            by=signed_in(request),
            milestone=milestone,
            on=form.cleaned_data["on"],
            told=form.told(),
            photos=form.photos(),
        )

    heading = _("Reached: %(milestone)s") % {"milestone": milestone}
    return _told(
        request, milestone.work, form, act, heading, _("The milestone is reached; followers hear.")
    )


@writes
@told
def work_report(request: HttpRequest, work: Work) -> HttpResponse:
    form = ReportForm(request.POST or None, request.FILES or None)

    def act() -> object:
        return works.report_work(
            by=signed_in(request),
            work=work,
            on=form.cleaned_data["on"],
            told=form.told(),
            photos=form.photos(),
        )

    return _told(request, work, form, act, _("News of the works"), _("The news is public."))


def _turn(kind: DiaryEntry.Kind) -> Callable[..., HttpResponseBase]:
    """The page that tells of one turn of a work."""

    @writes
    @told
    def view(request: HttpRequest, work: Work) -> HttpResponse:
        form = TurnForm(request.POST or None)

        def act() -> object:
            on = form.cleaned_data["on"]
            by = signed_in(request)
            return works.turn_work(by=by, work=work, kind=kind, on=on, told=form.told())

        done = _("It is public; followers hear of it.")
        return _told(request, work, form, act, str(kind.label), done)

    return view


turns = {kind: _turn(kind) for kind in works.TURNS}


@writes
@told
def work_money(request: HttpRequest, work: Work) -> HttpResponse:
    form = MoneyForm(request.POST or None)

    def act() -> object:
        names = ("kind", "amount", "on", "document")
        entered = {name: form.cleaned_data[name] for name in names}
        return works.enter_money(by=signed_in(request), work=work, **entered)

    return _told(request, work, form, act, _("Enter money"), _("The sum is public."))


@writes
@requires("budgeting.entrust_work", public_work)
def work_entrust(request: HttpRequest, work: Work) -> HttpResponse:
    form = EntrustForm(request.POST or None, work=work)

    def act() -> object:
        return works.entrust_work(by=signed_in(request), work=work, body=form.cleaned_data["body"])

    return _told(request, work, form, act, _("Who builds it"), _("It is public who builds it."))
