"""In the hall: the screen on the wall, the page on two hundred phones.

Both ask every three seconds for a fragment that is kept for two, so that a full hall costs one
query and not two hundred.
"""

from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import helix_of
from edp.forms.statements import PhoneForm
from edp.forms.workshops import read_dots
from edp.models import Workshop
from edp.services.workshops import board, statements
from edp.views.workshops.planning import recorded
from edp.views.workshops.public import dot_table
from participation.errors import Refused
from participation.qr_codes import qr_svg
from participation.rate_limits import Limit, TooManyTries, address_of
from participation.services.once import once
from participation.views.form_pages import person_of

SHOWN = 5
KEPT = 2  # seconds
PHONE = "hall"  # the cookie that tells one phone from another, for one day
DAY = 24 * 3600
# A whole hall comes through the one address of its wireless network.
WORDS_OF_A_PHONE = Limit("hall-phone", 10, 600)
WORDS_OF_A_HALL = Limit("hall-address", 1000, 600)
CODES_OF_AN_ADDRESS = Limit("hall-code", 600, 600)


def workshop_by_code(code: str) -> Workshop:
    found = Workshop.objects.public().for_display()
    return get_object_or_404(found, join_code=code, state=Workshop.State.RUNNING)


@require_safe
def hall_join(request: HttpRequest) -> HttpResponse:
    """Where one types the six digits from the wall."""
    code = "".join(request.GET.get("code", "").split())[:12]
    if not code:
        return render(request, "edp/hall_join.html", {"code": ""})
    try:
        CODES_OF_AN_ADDRESS.hit(address_of(request))
    except TooManyTries as refusal:
        return _join_again(request, code, str(refusal.way_out), 429)
    if not Workshop.objects.filter(join_code=code, state=Workshop.State.RUNNING).exists():
        return _join_again(request, code, _("No meeting under way has this code."), 422)
    return redirect("edp:hall-phone", code=code)


def _join_again(request: HttpRequest, code: str, problem: str, status: int) -> HttpResponse:
    context = {"code": code, "problem": problem}
    return render(request, "edp/hall_join.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def hall_phone(request: HttpRequest, code: str) -> HttpResponse:
    """One participant's page: say something, give one's dots."""
    workshop = workshop_by_code(code)
    form = PhoneForm(request.POST or None, initial={"helix": _own_helix(request)})
    if request.method == "POST" and form.is_valid() and _say(request, workshop, form):
        messages.success(request, _("Sent. The rapporteur reads it before it is published."))
        return redirect("edp:hall-phone", code=code)
    status = 422 if form.is_bound else 200
    return _phone_page(request, workshop, form=form, status=status)


def _phone_page(
    request: HttpRequest, workshop: Workshop, *, form: PhoneForm, status: int, problem: str = ""
) -> HttpResponse:
    phone = request.get_signed_cookie(PHONE, "", max_age=DAY) or token_urlsafe(16)
    given = board.dots_given(workshop, _voter(request, phone)) if workshop.are_dots_open else {}
    context = {
        "workshop": workshop,
        "form": form,
        "problem": problem,
        "themes": [
            {"theme": theme, "given": given.get(theme.pk, 0)} for theme in workshop.themes.all()
        ]
        if workshop.are_dots_open
        else [],
        "has_given": bool(given),
        "live": _fragment(workshop.process.slug, workshop.number, "phone"),
    }
    answer = render(request, "edp/hall_phone.html", context, status=status)
    answer.set_signed_cookie(
        PHONE, phone, max_age=DAY, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer


def _say(request: HttpRequest, workshop: Workshop, form: PhoneForm) -> bool:
    """Whether the words are taken; what was refused stands on the form."""
    data = form.cleaned_data
    address = reverse("edp:hall-phone", args=[workshop.join_code])

    def say() -> str:
        statements.say_from_phone(
            workshop=workshop,
            kind=data["kind"],
            language=form.language(),
            text=data["text"],
            helix=data["helix"],
            has_consent=data["has_consent"],
            author=person_of(request),
        )
        return address

    try:
        phone = request.get_signed_cookie(PHONE, "", max_age=DAY)
        if phone:
            WORDS_OF_A_PHONE.hit(phone)
        WORDS_OF_A_HALL.hit(address_of(request))
        once(key=data["form_key"], person=person_of(request), act=say)
    except Refused as refusal:
        form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        return False
    return True


@require_POST
def hall_dots(request: HttpRequest, code: str) -> HttpResponse:
    """Put one's dots, or put them anew, until the moderator closes."""
    workshop = workshop_by_code(code)
    phone = request.get_signed_cookie(PHONE, "", max_age=DAY)
    voter = _voter(request, phone)
    themes = list(workshop.themes.values_list("pk", flat=True))
    problem = ""
    if not voter:
        problem = _("Your browser keeps no cookies: without one, dots cannot be told apart.")
    try:
        WORDS_OF_A_HALL.hit(address_of(request))
        if voter:
            board.give_dots(
                workshop=workshop,
                voter=voter,
                helix=_own_helix(request) or _chosen_helix(request),
                dots=read_dots(request.POST, themes),
            )
    except Refused as refusal:
        problem = f"{refusal} {refusal.way_out}".strip()
    if problem:
        return _phone_page(request, workshop, form=PhoneForm(), status=422, problem=problem)
    messages.success(request, _("Your dots are counted. You can change them until the close."))
    return redirect("edp:hall-phone", code=code)


def _voter(request: HttpRequest, phone: str | None) -> str:
    """Empty for a phone that keeps no cookie."""
    person = person_of(request)
    if person is not None:
        return f"person-{person.pk}"
    return f"phone-{phone}" if phone else ""


def _own_helix(request: HttpRequest) -> str:
    person = person_of(request)
    return str(helix_of(person, timezone.localdate())) if person else ""


def _chosen_helix(request: HttpRequest) -> str:
    chosen = request.POST.get("helix", "")
    return chosen if chosen in dict(PhoneForm.base_fields["helix"].choices) else ""  # type: ignore[attr-defined]


@require_safe
@recorded
def hall_screen(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The wall: the code in big type, what was said last, dots once they are closed."""
    if workshop.dossier.published_at is None:
        raise Http404
    address = ""
    if workshop.join_code:
        address = settings.SITE_URL + reverse("edp:hall-phone", args=[workshop.join_code])
    context = {
        "workshop": workshop,
        "join": settings.SITE_URL.split("//")[-1] + reverse("edp:hall-join"),
        "code": qr_svg(address, _("Address of this meeting for phones")) if address else "",
        "live": _fragment(workshop.process.slug, workshop.number, "screen"),
    }
    return render(request, "edp/hall_screen.html", context)


@require_safe
def hall_live(request: HttpRequest, slug: str, number: int, what: str) -> HttpResponse:
    """The fragment, or 304 where the asker has it; no query at all while it is kept."""
    html = _fragment(slug, number, what)
    etag = f'"{salted_hmac("edp.hall", html).hexdigest()[:20]}"'
    answer = HttpResponse(html, headers={"ETag": etag, "Cache-Control": "no-cache"})
    found = get_conditional_response(request, etag=etag, response=answer)
    return found if isinstance(found, HttpResponse) else answer


def _fragment(slug: str, number: int, what: str) -> str:
    key = f"edp-hall:{slug}:{number}:{what}:{get_language()}"
    html = cache.get(key)
    if html is None:
        html = render_to_string(f"edp/hall_{what}_live.html", _live_context(slug, number))
        cache.set(key, html, timeout=KEPT)
    return str(html)


def _live_context(slug: str, number: int) -> dict[str, Any]:
    """All that is public of the meeting now."""
    meetings = Workshop.objects.public().select_related("process")
    workshop = get_object_or_404(meetings, process__slug=slug, number=number)
    said = workshop.statements.public().filter(erased_at=None).order_by("-number")
    dots = None
    if workshop.dots_closed_at is not None:
        dots = dot_table(workshop, list(workshop.themes.all()))
    return {"workshop": workshop, "newest": said[:SHOWN], "number": said.count(), "dots": dots}
