"""Following: one button everywhere, and one page to undo it all."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation, User
from participation import following_page
from participation.models import Dossier, Follow, Territory
from participation.services.following import follow, unfollow, unfollow_everything
from participation.views.territories import next_address

MANY = 500


@never_cache
@require_safe
@login_required
def follow_list(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    followed = (
        Follow.objects.filter(person=person)
        .select_related("dossier__territory", "territory", "organisation")
        .prefetch_related("dossier__texts")
        .order_by("-pk")[:MANY]
    )
    context = {"follows": list(followed), "sections": following_page.sections_for(person)}
    return render(request, "participation/follow_list.html", context)


@require_POST
def follow_change(request: HttpRequest) -> HttpResponse:
    """Follow, or not any more; then back to where the button stood."""
    target = next_address(request) or resolve_url("participation:follow-list")
    if not request.user.is_authenticated:
        return redirect_to_login(target, resolve_url("account_login"))
    thing = _thing(request)
    if request.POST.get("act") == "unfollow":
        unfollow(person=request.user, **thing)
        messages.success(request, _("You do not follow this any more."))
    else:
        follow(person=request.user, **thing)
        messages.success(request, _("You follow this: you will be told what becomes of it."))
    return redirect(target)


@require_POST
@login_required
def follow_end(request: HttpRequest) -> HttpResponse:
    unfollow_everything(person=cast(User, request.user))
    messages.success(request, _("You follow nothing any more."))
    return redirect("participation:follow-list")


def _thing(request: HttpRequest) -> dict[str, Any]:
    """What the button names; 404 for what is not there for everybody to see."""
    sources = {
        "dossier": Dossier.objects.published(),
        "territory": Territory.objects.all(),
        "organisation": Organisation.objects.all(),
    }
    for name, rows in sources.items():
        number = request.POST.get(name, "")
        if number.isdecimal() and len(number) < 19:
            return {name: get_object_or_404(rows, pk=int(number))}
    raise Http404
