"""Planning, claiming and deciding: for the member, the chair and the secretary."""

from uuid import uuid4

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.money import BudgetLineForm, ClaimForm, DecisionForm
from councils.models import BudgetLine, Council, ExpenseClaim, Mandate
from councils.services import money as services
from councils.services.money.claims import left_of
from councils.services.money.errors import OwnClaim
from councils.views.loading import any_claim, any_council
from councils.views.money.public import HERE
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

CLAIMS_A_PAGE = 50
seen = requires("councils.see_claim", any_claim)


def page_of(council: Council) -> str:
    return reverse("councils:money-detail", args=[council.slug])


def claim_page(claim: ExpenseClaim) -> str:
    return reverse("councils:claim-detail", args=[claim.council.slug, claim.number])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.keep_council", any_council)
def budget_edit(request: HttpRequest, council: Council) -> HttpResponse:
    """Adds a line; with `?line=` in the address it changes what that one plans."""
    line = _line(council, request.GET.get("line", ""))
    initial = BudgetLineForm.initial_of(line, timezone.localdate().year)
    form = BudgetLineForm(request.POST or None, initial=initial)

    def plan() -> str:
        services.plan_line(
            by=person_of(request),
            council=council,
            line=line,
            year=form.cleaned_data["year"],
            number=form.cleaned_data["number"],
            names=form.names(),
            planned=form.cleaned_data["planned"],
        )
        return page_of(council)

    if answer := send(request, form, plan, _("The budget is published.")):
        return answer
    context = {"council": council, "line": line, "here": HERE}
    return form_page(request, "councils/budget_edit.html", form, **context)


def _line(council: Council, asked: str) -> BudgetLine | None:
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    return get_object_or_404(council.budget_lines, pk=number)


@require_safe
@requires("councils.claim_expenses", any_council)
def claim_list(request: HttpRequest, council: Council) -> HttpResponse:
    """A member's own claims; for the chair and the secretary all of them."""
    claims = council.expense_claims.select_related("line", "member")
    if not request.user.has_perm("councils.decide_claims", council):
        claims = claims.filter(member__person=person_of(request))
    page = Paginator(claims, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "councils/claim_list.html", {"council": council, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.claim_expenses", any_council)
def claim_create(request: HttpRequest, council: Council) -> HttpResponse:
    members = Mandate.objects.filter(council=council).order_by("name")
    if not request.user.has_perm("councils.keep_council", council):
        members = members.filter(person=person_of(request))
    form = ClaimForm(request.POST or None, request.FILES or None, council=council, members=members)

    def submit() -> str:
        return claim_page(services.submit_claim(by=person_of(request), **form.claim()))

    if answer := send(request, form, submit, _("The claim is sent; you are told of the decision.")):
        return answer
    return form_page(request, "councils/claim_create.html", form, council=council, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@seen
def claim_detail(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    council = claim.council
    may_decide = request.user.has_perm("councils.decide_claims", council)
    if request.method == "POST" and not may_decide:
        raise Http404
    form = DecisionForm(request.POST or None)

    def decide() -> str:
        person = request.user
        if "approve" in request.POST:
            services.approve_claim(by=person, claim=claim)  # type: ignore[arg-type]
        else:
            services.refuse_claim(
                by=person,  # type: ignore[arg-type]
                claim=claim,
                reasons=form.cleaned_data["reasons"],
            )
        return claim_page(claim)

    if answer := send(request, form, decide, _("Decided; the member is told.")):
        return answer
    is_own = request.user.pk in (claim.member.person_id, claim.submitted_by_id)
    left = left_of(claim.line)
    context = {
        "council": council,
        "claim": claim,
        "may_decide": may_decide,
        "refusal": OwnClaim() if may_decide and is_own else None,
        "left": left,
        "is_over": claim.state == ExpenseClaim.State.SUBMITTED and left < claim.amount,
        "form_key": uuid4(),
    }
    return form_page(request, "councils/claim_detail.html", form, **context)


@require_POST
@requires("councils.decide_claims", any_claim)
def claim_pay(request: HttpRequest, claim: ExpenseClaim) -> HttpResponse:
    return press(
        request,
        claim_page(claim),
        lambda: services.pay_claim(by=person_of(request), claim=claim),
        _("Marked as paid."),
    )


@require_safe
@seen
def claim_receipt(request: HttpRequest, claim: ExpenseClaim) -> HttpResponseBase:
    """For those who may see the claim; never from a public address."""
    if not claim.receipt:
        raise Http404
    return FileResponse(
        claim.receipt.open("rb"),
        as_attachment=True,
        filename=claim.receipt_name,
        content_type=claim.receipt_type,
    )
