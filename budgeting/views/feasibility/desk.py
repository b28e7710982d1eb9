"""The organiser's pages of the check: the desk with its people, second looks, the ballot."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from budgeting.feasibility_reading import (
    account_of_cycle,
    loads_of_departments,
    loads_of_reviewers,
    waiting_appeals,
)
from budgeting.forms.feasibility import AppointForm, DeskForm, SecondLookForm, ShortlistForm
from budgeting.models import Cycle, Proposal
from budgeting.services import feasibility
from budgeting.views.feasibility.acting import act, desk_page_of
from budgeting.views.loading import any_cycle, any_proposal, reviewer_role
from participation.guards import requires
from participation.models import Role
from participation.views.form_pages import form_page, press, signed_in

organised = requires("budgeting.organise_cycle", any_cycle)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def feasibility_desk(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    is_open = hasattr(cycle, "desk")
    form = AppointForm(request.POST or None) if is_open else DeskForm(request.POST or None)
    here = reverse("budgeting:feasibility-desk", args=[cycle.slug])

    def run() -> str:
        data = form.cleaned_data
        if is_open:
            feasibility.appoint_reviewer(
                by=signed_in(request),
                cycle=cycle,
                person=data["person"],
                department=data["department"],
            )
        else:
            feasibility.open_desk(by=signed_in(request), cycle=cycle, ruleset=data["ruleset"])
        return here

    done = _("The reviewer is appointed.") if is_open else _("The desk is open.")
    if answer := act(request, form, run, done):
        return answer
    today = timezone.localdate()
    return form_page(
        request,
        "budgeting/feasibility_desk.html",
        form,
        cycle=cycle,
        is_open=is_open,
        rules=feasibility.rules_of(cycle),
        account=account_of_cycle(cycle, today),
        departments=loads_of_departments(cycle, today),
        reviewers=loads_of_reviewers(cycle, today),
        appointed=feasibility.appointed_to(cycle),
        appeals=waiting_appeals(cycle),
    )


@require_POST
@requires("budgeting.end_reviewer", reviewer_role)
def reviewer_end(request: HttpRequest, role: Role) -> HttpResponse:
    cycle = role.dossier.cycle  # type: ignore[union-attr]
    return press(
        request,
        reverse("budgeting:feasibility-desk", args=[cycle.slug]),
        lambda: feasibility.end_reviewer(by=signed_in(request), cycle=cycle, role=role),
        _("This person checks no more for the department."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.organise_check", any_proposal)
def second_look(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = SecondLookForm(
        request.POST or None,
        departments=feasibility.departments_of(proposal.cycle),
        reviewers=feasibility.reviewers_of(proposal.cycle),
    )

    def run() -> str:
        feasibility.open_second_look(
            by=signed_in(request),
            proposal=proposal,
            department=form.cleaned_data["department"],
            reviewer=form.cleaned_data["reviewer"],
        )
        return desk_page_of(proposal)

    if answer := act(request, form, run, _("The second look has begun.")):
        return answer
    return form_page(
        request,
        "budgeting/feasibility_form.html",
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=desk_page_of(proposal),
        heading=_("Second look"),
        intro=_("Somebody else than the first reviewer looks again. The outcome is public."),
        button=_("Begin the second look"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def proposal_shortlist(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = ShortlistForm(request.POST or None)
    found = feasibility.sorted_out(cycle, timezone.localdate())

    def run() -> str:
        feasibility.shortlist_feasible(by=signed_in(request), cycle=cycle)
        return reverse("budgeting:proposal-shortlist", args=[cycle.slug])

    number = len(found.ready)
    done = ngettext(
        "%(number)s proposal is on the ballot now.",
        "%(number)s proposals are on the ballot now.",
        number,
    ) % {"number": number}
    if answer := act(request, form, run, done):
        return answer
    listed = cycle.proposals.shortlisted().count()
    return form_page(
        request, "budgeting/feasibility_shortlist.html", form, cycle=cycle, found=found, on=listed
    )
