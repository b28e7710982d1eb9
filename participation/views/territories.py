"""Choosing a region and seeing what goes on in it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from participation.models import Territory
from participation.services.territories import regions_with_activity, territory_page

REGION_COOKIE = "region"
A_YEAR = 365 * 24 * 3600


def chosen_territory(request: HttpRequest) -> Territory | None:
    """The region that this browser's reader calls theirs."""
    slug = request.COOKIES.get(REGION_COOKIE, "")[:80]
    return Territory.objects.filter(slug=slug).first() if slug else None


@require_safe
def territory_list(request: HttpRequest) -> HttpResponse:
    regions = regions_with_activity(timezone.now())
    context = {"regions": regions, "chosen": chosen_territory(request)}
    return render(request, "participation/territory_list.html", context)


@require_safe
def territory_detail(request: HttpRequest, slug: str) -> HttpResponse:
    with_ancestors = Territory.objects.select_related("parent__parent__parent__parent__parent")
    territory = get_object_or_404(with_ancestors, slug=slug)
    page = territory_page(territory=territory, moment=timezone.now())
    is_chosen = request.COOKIES.get(REGION_COOKIE) == slug
    context = {
        "page": page,
        "territory": territory,
        "is_chosen": is_chosen,
        "may_send_letters": request.user.has_perm("participation.send_newsletter", territory),
    }
    return render(request, "participation/territory_detail.html", context)


@require_POST
def territory_choose(request: HttpRequest) -> HttpResponse:
    """Keeps "my region" in a cookie; an empty choice forgets it."""
    slug = request.POST.get("territory", "").replace("\0", "")
    if not slug:
        response = redirect(next_address(request) or "participation:territory-list")
        response.delete_cookie(REGION_COOKIE, samesite="Lax")
        return response
    territory = get_object_or_404(Territory, slug=slug)
    target = next_address(request)
    response = (
        redirect(target)
        if target
        else redirect("participation:territory-detail", slug=territory.slug)
    )
    response.set_cookie(
        REGION_COOKIE,
        territory.slug,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def next_address(request: HttpRequest) -> str:
    """Where to go afterwards, if the form says so and it is on this site."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""
