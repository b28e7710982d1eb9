"""Phones in the hall: six digits instead of an account; a question, and what others ask."""

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.hearings import QuestionForm
from councils.hearing_reading import questions_of
from councils.models import HearingDetail, Meeting, QuestionVote
from councils.services.hearings import questions
from councils.views.hearings.live import fragment
from councils.views.loading import hearing_by_code, public_hearing
from participation.errors import Refused
from participation.guards import requires
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.services.once import once
from participation.views.form_pages import person_of

PHONE = "hearing"  # the cookie that tells one phone from another, for one day
DAY = 24 * 3600
# A whole hall comes through the one address of its wireless network.
QUESTIONS_OF_A_PHONE = Limit("hearing-phone", 5, 600)
QUESTIONS_OF_AN_ADDRESS = Limit("hearing-address", 300, 600)
VOTES_OF_AN_ADDRESS = Limit("hearing-votes", 3000, 600)
CODES_OF_AN_ADDRESS = Limit("hearing-code", 600, 600)


@require_safe
def phone_join(request: HttpRequest) -> HttpResponse:
    """Where one types the six digits from the wall."""
    code = "".join(request.GET.get("code", "").split())[:12]
    if not code:
        return render(request, "councils/hearing_join.html", {"code": ""})
    try:
        CODES_OF_AN_ADDRESS.hit(address_of(request))
    except TooManyTries as refusal:
        return _again(request, code, str(refusal.way_out), 429)
    under_way = HearingDetail.objects.filter(join_code=code, meeting__state=Meeting.State.OPEN)
    if not under_way.exists():
        return _again(request, code, _("No hearing under way has this code."), 422)
    return redirect("councils:hearing_phone-detail", code=code)


def _again(request: HttpRequest, code: str, problem: str, status: int) -> HttpResponse:
    context = {"code": code, "problem": problem}
    return render(request, "councils/hearing_join.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def phone_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One phone in the hall: ask, and say which questions one wants answered."""
    meeting = hearing_by_code(code)
    form = QuestionForm(request.POST or None)
    here = reverse("councils:hearing_phone-detail", args=[code])
    if request.method == "POST" and form.is_valid() and _ask(request, meeting, form, here):
        messages.success(request, _("Sent. The secretary reads it, then everybody sees it."))
        return redirect(here)
    return _phone_page(request, meeting, form)


def _phone_page(request: HttpRequest, meeting: Meeting, form: QuestionForm) -> HttpResponse:
    phone = request.get_signed_cookie(PHONE, "", max_age=DAY) or token_urlsafe(16)
    asked = [row for row in questions_of(meeting) if row.state == "shown"]
    given = QuestionVote.objects.filter(question__in=asked, voter=_voter(request, phone))
    council = meeting.council
    context = {
        "meeting": meeting,
        "council": council,
        "form": form,
        "asked": asked,
        "wanted": set(given.values_list("question", flat=True)),
        "live": fragment(council.slug if council else "", meeting.number, "phone"),
    }
    status = 422 if form.is_bound else 200
    answer = render(request, "councils/hearing_phone.html", context, status=status)
    answer.set_signed_cookie(
        PHONE, phone, max_age=DAY, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(None, public_hearing)
def question_ask(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """From home, before the hearing or while one watches it."""
    form = QuestionForm(request.POST or None)
    here = meeting.get_absolute_url()
    if request.method == "POST" and form.is_valid() and _ask(request, meeting, form, here):
        messages.success(request, _("Sent. The secretary reads it, then everybody sees it."))
        return redirect(here)
    status = 422 if form.is_bound else 200
    context = {"form": form, "meeting": meeting, "council": meeting.council}
    return render(request, "councils/hearing_ask.html", context, status=status)


def _ask(request: HttpRequest, meeting: Meeting, form: QuestionForm, led_to: str) -> bool:
    """Whether the question is taken; what was refused stands on the form."""

    def ask() -> str:
        questions.ask(
            meeting=meeting,
            text=form.cleaned_data["text"],
            language=form.language(),
            asked_by=person_of(request),
        )
        return led_to

    try:
        if voter := _voter(request, request.get_signed_cookie(PHONE, "", max_age=DAY)):
            QUESTIONS_OF_A_PHONE.hit(voter)
        QUESTIONS_OF_AN_ADDRESS.hit(address_of(request))
        once(key=form.cleaned_data["form_key"], person=person_of(request), act=ask)
    except Refused as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        return False
    return True


@require_POST
def question_support(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One more phone that wants to hear the answer; twice is once."""
    meeting = hearing_by_code(code)
    question = get_object_or_404(meeting.questions.public(), number=number)
    voter = _voter(request, request.get_signed_cookie(PHONE, "", max_age=DAY))
    try:
        VOTES_OF_AN_ADDRESS.hit(address_of(request))
        if voter:
            questions.support(question=question, voter=voter)
            messages.success(request, _("Counted."))
        else:
            problem = _("Your browser keeps no cookies: without one, nobody can be counted once.")
            messages.error(request, problem)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    return redirect("councils:hearing_phone-detail", code=code)


def _voter(request: HttpRequest, phone: str | None) -> str:
    return questions.voter_of(person=person_of(request), phone=phone or "")
