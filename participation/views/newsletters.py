"""Letters to those who follow a place: for everybody to read, for its organisers to write."""

from collections.abc import Callable
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from participation.bell import ring
from participation.errors import Refused
from participation.forms import NewsletterForm
from participation.guards import requires
from participation.models import Newsletter, Territory
from participation.services import newsletters
from participation.services.once import once
from participation.tasks import deliver_due, fan_out_waiting

LETTERS_A_PAGE = 20
PERMISSION = "participation.send_newsletter"


def _territory(slug: str) -> Territory:
    return get_object_or_404(
        Territory.objects.select_related("parent__parent__parent__parent__parent"), slug=slug
    )


@require_safe
def newsletter_detail(request: HttpRequest, number: int) -> HttpResponse:
    """What was sent is public; drafts are for those who may send them."""
    newsletter = get_object_or_404(
        Newsletter.objects.select_related("territory").exclude(state=Newsletter.State.DRAFT),
        pk=number,
    )
    context = {"newsletter": newsletter, "words": newsletter.words}
    return render(request, "participation/newsletter_detail.html", context)


@require_safe
@requires(PERMISSION, _territory)
def newsletter_list(request: HttpRequest, territory: Territory) -> HttpResponse:
    letters = territory.newsletters.order_by("-pk")
    page = Paginator(letters, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"territory": territory, "page": page}
    return render(request, "participation/newsletter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PERMISSION, _territory)
def newsletter_write(request: HttpRequest, territory: Territory) -> HttpResponse:
    form = NewsletterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def create() -> str:
            words = {name: form.cleaned_data[name] for name in newsletters.FIELDS}
            by = cast(User, request.user)
            letter = newsletters.create_newsletter(by=by, territory=territory, words=words)
            return _manage(letter)

        key = form.cleaned_data["form_key"]
        return redirect(once(key=key, person=cast(User, request.user), act=create))
    context = {"form": form, "territory": territory}
    status = 422 if form.is_bound else 200
    return render(request, "participation/newsletter_edit.html", context, status=status)


def _manage(newsletter: Newsletter) -> str:
    address = [newsletter.territory.slug, newsletter.pk]
    return reverse("participation:newsletter-manage", args=address)


def _letter(slug: str, number: int) -> Newsletter:
    return get_object_or_404(
        Newsletter.objects.select_related("territory__parent__parent__parent__parent__parent"),
        territory__slug=slug,
        pk=number,
    )


@require_safe
@requires(PERMISSION, _letter)
def newsletter_manage(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    """Preview in every language, how many will get it, how far it has come."""
    is_draft = newsletter.is_draft
    audience = newsletters.audience_by_language(newsletter.territory) if is_draft else {}
    context = {
        "newsletter": newsletter,
        "territory": newsletter.territory,
        "progress": newsletters.progress_of(newsletter),
        "audience": audience,
        "audience_total": sum(audience.values()),
        "form_key": uuid4(),
    }
    return render(request, "participation/newsletter_manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PERMISSION, _letter)
def newsletter_edit(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    is_post = request.method == "POST"
    form = NewsletterForm(request.POST) if is_post else NewsletterForm.of(newsletter)
    if is_post and form.is_valid():
        try:
            newsletters.change_newsletter(newsletter=newsletter, words=form.cleaned_data)
            return redirect(_manage(newsletter))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "territory": newsletter.territory, "newsletter": newsletter}
    status = 422 if form.is_bound else 200
    return render(request, "participation/newsletter_edit.html", context, status=status)


def _button(
    verb: Callable[[User, Newsletter], object], done: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    """A button under a letter: once, with a refusal shown as a message."""

    @require_POST
    @requires(PERMISSION, _letter)
    def button(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
        person = cast(User, request.user)

        def act() -> str:
            verb(person, newsletter)
            return _manage(newsletter)

        try:
            once(key=_key(request), person=person, act=act)
        except Refused as refusal:
            messages.error(request, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, done())
        return redirect(_manage(newsletter))

    return button


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid4()


def _send(person: User, newsletter: Newsletter) -> None:
    newsletters.send_newsletter(by=person, newsletter=newsletter)
    ring(fan_out_waiting)


def _try(person: User, newsletter: Newsletter) -> None:
    newsletters.try_newsletter(by=person, newsletter=newsletter)
    ring(deliver_due)


newsletter_send = _button(_send, lambda: _("The letter is on its way."))
newsletter_try = _button(_try, lambda: _("The letter is on its way to you alone."))
newsletter_stop = _button(
    lambda person, letter: newsletters.stop_newsletter(by=person, newsletter=letter),
    lambda: _("The letter is stopped: whoever has it keeps it, nobody else gets it."),
)
