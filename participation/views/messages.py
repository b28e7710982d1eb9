"""One's messages, what one gets and how often, and the end of it."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from participation import event_kinds
from participation.channels import telegram as bot
from participation.forms import PreferenceForm
from participation.letters import reach_of, subjects_of
from participation.models import Delivery
from participation.services import inbox as inboxes
from participation.services import preferences, telegram
from participation.unsubscription import EVERYTHING, Stop, read_token

MESSAGES_A_PAGE = 20


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    found = inboxes.messages_for(person)
    page = Paginator(found, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    subjects = subjects_of([message.event for message in page], person)
    entries = [(message, subjects[message.event_id]) for message in page]
    return render(request, "participation/inbox.html", {"page": page, "entries": entries})


@never_cache
@require_safe
@login_required
def message_open(request: HttpRequest, number: int) -> HttpResponse:
    """Leads to what the message is about; from then on it counts as read."""
    person = cast(User, request.user)
    own = Delivery.objects.inbox().filter(recipient=person).select_related("event__dossier")
    message = get_object_or_404(own, pk=number)
    inboxes.mark_read(person=person, message=message)
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return redirect(f"/{language}/{message.event.path}")


@require_POST
@login_required
def inbox_read(request: HttpRequest) -> HttpResponse:
    inboxes.mark_all_read(person=cast(User, request.user))
    return redirect("participation:inbox")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preference_edit(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    reach = reach_of(person)
    paces = preferences.paces_of(person)
    form = PreferenceForm(request.POST or None, paces=paces, reach=reach)
    if request.method == "POST" and form.is_valid():
        preferences.choose_paces(person=person, paces=form.paces())
        preferences.choose_time_zone(person=person, time_zone=form.cleaned_data["time_zone"])
        messages.success(request, _("Your choice is saved."))
        return redirect("participation:preference-edit")
    return render(
        request,
        "participation/preference_edit.html",
        {
            "form": form,
            "telegram_offered": bot.is_configured() and not reach.telegram_chat,
            "telegram_linked": bool(reach.telegram_chat),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@login_required
def message_stop(request: HttpRequest) -> HttpResponse:
    preferences.stop_everything(person=cast(User, request.user))
    messages.success(request, _("From now on you get legal notices only."))
    return redirect("participation:preference-edit")


@csrf_exempt  # a mail program's one click (RFC 8058) has no cookie of ours; the token is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """By whoever holds the letter, signed in or not: a button first, one click by POST."""
    stop = read_token(token)
    person = User.objects.filter(pk=stop.person).first() if stop else None
    if stop is None or person is None:
        raise Http404
    if request.method == "POST":
        _stop(person, stop, everything=bool(request.POST.get("everything")))
    context = {
        "category": event_kinds.CATEGORIES.get(stop.category),
        "is_done": request.method == "POST",
        "is_everything": stop.category == EVERYTHING or bool(request.POST.get("everything")),
    }
    return render(request, "participation/message_unsubscribe.html", context)


def _stop(person: User, stop: Stop, *, everything: bool) -> None:
    if everything or stop.category == EVERYTHING:
        preferences.stop_everything(person=person)
    elif stop.category in event_kinds.CATEGORIES:
        preferences.stop_category(person=person, category=stop.category, channel=event_kinds.EMAIL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def telegram_link(request: HttpRequest) -> HttpResponse:
    """GET says what to do; POST takes a one-time code, or unlinks the chat."""
    person = cast(User, request.user)
    if not bot.is_configured():
        raise Http404
    if request.POST.get("act") == "unlink":
        telegram.unlink_chat(person=person)
        messages.success(request, _("Nothing is sent to your Telegram any more."))
        return redirect("participation:preference-edit")
    code = telegram.new_code(person=person) if request.method == "POST" else ""
    context = {
        "code": code,
        "bot_name": settings.TELEGRAM_BOT_NAME,
        "is_linked": bool(reach_of(person).telegram_chat),
    }
    return render(request, "participation/telegram_link.html", context)
