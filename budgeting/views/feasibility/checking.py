"""A reviewer's pages of one proposal: check list, estimate, questions, verdict, translation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgeting.feasibility_reading import reviews_in_full
from budgeting.forms.feasibility import (
    ChecksForm,
    EstimateForm,
    HandoverForm,
    QuestionForm,
    VerdictForm,
)
from budgeting.forms.proposals import TranslationForm
from budgeting.models import CheckItem, Proposal, Review
from budgeting.services import feasibility
from budgeting.services.feasibility.checking import estimated
from budgeting.views.feasibility.acting import act, desk_page_of
from budgeting.views.loading import any_proposal
from participation.guards import requires
from participation.services import Wording
from participation.views.form_pages import form_page, signed_in

checked = requires("budgeting.check_proposal", any_proposal)
FORM_PAGE = "budgeting/feasibility_form.html"


def _look(proposal: Proposal) -> Review | None:
    """The one that is going on: the second after an appeal, else the first."""
    looks = proposal.reviews.select_related("department", "reviewer", "answer_due")
    return looks.order_by("-look").first()


@require_http_methods(["GET", "HEAD", "POST"])
@checked
def proposal_review(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    review = _look(proposal)
    is_translation = request.POST.get("act") == "translate"
    translation = TranslationForm(request.POST if is_translation else None, prefix="text")
    form = VerdictForm(
        request.POST if request.method == "POST" and not is_translation else None,
        proposal=proposal,
        review=review,
        by=signed_in(request),
    )
    answer = (
        _translate(request, proposal, translation)
        if is_translation
        else _decide(request, proposal, form)
    )
    if answer:
        return answer
    return render(
        request,
        "budgeting/proposal_review.html",
        _context(proposal, review)
        | {
            "form": form,
            "translation": translation,
            "refusal": None if form.is_bound else feasibility.why_not_checked(proposal),
        },
        status=422 if request.method == "POST" else 200,
    )


def _context(proposal: Proposal, review: Review | None) -> dict[str, Any]:
    items = CheckItem.objects.filter(desk__cycle=proposal.cycle).count()
    return {
        "proposal": proposal,
        "cycle": proposal.cycle,
        "review": review,
        "reviews": reviews_in_full(proposal),
        "items": items,
        "answered": review.check_answers.count() if review else 0,
        "estimate": estimated(review) if review else None,
    }


def _decide(request: HttpRequest, proposal: Proposal, form: VerdictForm) -> HttpResponse | None:
    def run() -> str:
        data = form.cleaned_data
        words = ("decision", "reasons_kk", "reasons_ru", "reasons_en", "changes_kk", "changes_ru")
        feasibility.give_verdict(
            by=signed_in(request),
            proposal=proposal,
            ruling=feasibility.Ruling(
                **{name: data[name] for name in words},
                signed_name=data["signed_name"],
                signed_post=data["signed_post"],
                cost=data.get("cost"),
                running_cost=data.get("running_cost"),
            ),
            superseding_reason=data.get("superseding_reason", ""),
        )
        return desk_page_of(proposal)

    return act(request, form, run, _("The verdict is published."))


def _translate(
    request: HttpRequest, proposal: Proposal, form: TranslationForm
) -> HttpResponse | None:
    def run() -> str:
        data = form.cleaned_data
        feasibility.translate_proposal(
            by=signed_in(request),
            proposal=proposal,
            wording=Wording(data["language"], data["title"], data["summary"], origin="checked"),
        )
        return desk_page_of(proposal)

    return act(request, form, run, _("The text is saved."))


@require_http_methods(["GET", "HEAD", "POST"])
@checked
def feasibility_checks(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    review = _look(proposal)
    form = ChecksForm(
        request.POST or None,
        items=list(CheckItem.objects.filter(desk__cycle=proposal.cycle)),
        answers=list(review.check_answers.all()) if review else [],
    )

    def run() -> str:
        feasibility.save_checks(by=signed_in(request), proposal=proposal, findings=form.findings())
        return desk_page_of(proposal)

    if answer := act(request, form, run, _("The check list is kept.")):
        return answer
    return form_page(
        request, "budgeting/feasibility_checks.html", form, proposal=proposal, cycle=proposal.cycle
    )


@require_http_methods(["GET", "HEAD", "POST"])
@checked
def feasibility_estimate(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    review = _look(proposal)
    form = EstimateForm(request.POST or None, review=review)

    def run() -> str:
        data = form.cleaned_data
        feasibility.save_estimate(
            by=signed_in(request),
            proposal=proposal,
            lines=form.lines(),
            source=data["source"],
            running_cost=data["running_cost"],
        )
        return desk_page_of(proposal)

    if answer := act(request, form, run, _("The estimate is kept.")):
        return answer
    return form_page(
        request,
        "budgeting/feasibility_estimate.html",
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        estimate=estimated(review) if review else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@checked
def question_ask(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = QuestionForm(request.POST or None)

    def run() -> str:
        feasibility.ask_authors(
            by=signed_in(request),
            proposal=proposal,
            text=form.cleaned_data["text"],
            language=(get_language() or "kk")[:2],
        )
        return desk_page_of(proposal)

    if answer := act(request, form, run, _("The question is public; the authors are told.")):
        return answer
    return form_page(
        request,
        FORM_PAGE,
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=desk_page_of(proposal),
        heading=_("Ask the authors"),
        button=_("Ask in public"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@checked
def review_handover(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    review = _look(proposal)
    form = HandoverForm(
        request.POST or None,
        departments=feasibility.departments_of(proposal.cycle),
        reviewers=feasibility.reviewers_of(proposal.cycle),
        initial=(
            {"department": review.department_id, "reviewer": review.reviewer_id} if review else {}
        ),
    )

    def run() -> str:
        data = form.cleaned_data
        feasibility.hand_over(
            by=signed_in(request),
            review=feasibility.any_review(proposal),
            department=data["department"],
            reviewer=data["reviewer"],
            reason_kk=data["reason_kk"],
            reason_ru=data["reason_ru"],
        )
        return desk_page_of(proposal)

    if answer := act(request, form, run, _("The proposal is in other hands now.")):
        return answer
    return form_page(
        request,
        FORM_PAGE,
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=desk_page_of(proposal),
        heading=_("Hand over"),
        intro=_(
            "To another person, or to another department: that one has days of its own, and the"
            " first one's answer says why it passed the proposal on."
        ),
        button=_("Hand over with these reasons"),
    )
