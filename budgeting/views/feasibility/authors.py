"""What an author does while the city checks: answers, agrees or objects, appeals."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgeting.forms.feasibility import AnswerForm, AppealForm, ConsentForm
from budgeting.models import Proposal, Question
from budgeting.services import feasibility
from budgeting.views.feasibility.acting import act, page_of
from budgeting.views.loading import public_proposal, public_question
from participation.guards import requires
from participation.views.form_pages import form_page, signed_in

FORM_PAGE = "budgeting/feasibility_form.html"


def _language() -> str:
    return (get_language() or "kk")[:2]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.answer_question", public_question)
def question_answer(request: HttpRequest, question: Question) -> HttpResponse:
    proposal = question.review.proposal
    form = AnswerForm(request.POST or None)

    def run() -> str:
        feasibility.answer_question(
            by=signed_in(request),
            question=question,
            text=form.cleaned_data["text"],
            language=_language(),
        )
        return page_of(proposal)

    if answer := act(request, form, run, _("Your answer is public; the reviewer is told.")):
        return answer
    return form_page(
        request,
        FORM_PAGE,
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=page_of(proposal),
        heading=_("Answer the reviewer"),
        quote=question.text,
        quote_language=question.language,
        button=_("Answer in public"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.answer_verdict", public_proposal)
def changes_answer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = ConsentForm(request.POST or None)
    verdict = feasibility.verdict_in_force(proposal)

    def run() -> str:
        feasibility.answer_changes(
            by=signed_in(request),
            proposal=proposal,
            agrees=form.cleaned_data["agrees"] == "yes",
            note=form.cleaned_data["note"],
            language=_language(),
        )
        return page_of(proposal)

    if answer := act(request, form, run, _("Your answer to the changes is recorded.")):
        return answer
    return form_page(
        request,
        FORM_PAGE,
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=page_of(proposal),
        heading=_("The changes that the city asks for"),
        quote=verdict.changes if verdict else "",
        button=_("Send the answer"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.answer_verdict", public_proposal)
def verdict_appeal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = AppealForm(request.POST or None)
    verdict = feasibility.verdict_in_force(proposal)

    def run() -> str:
        feasibility.appeal_verdict(
            by=signed_in(request),
            proposal=proposal,
            grounds=form.cleaned_data["text"],
            language=_language(),
        )
        return page_of(proposal)

    if answer := act(request, form, run, _("Your appeal is public; somebody else looks again.")):
        return answer
    return form_page(
        request,
        FORM_PAGE,
        form,
        proposal=proposal,
        cycle=proposal.cycle,
        back=page_of(proposal),
        heading=_("Ask for a second look"),
        quote=verdict.reasons if verdict else "",
        quote_language=verdict.language if verdict else "",
        button=_("Send the appeal"),
    )
