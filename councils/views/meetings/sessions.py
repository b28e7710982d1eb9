"""Sessions of akimats and maslikhats: their pages, and the forms of those who enter them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Helix, Organisation
from councils.forms.meetings import ItemForm, MoveForm, ReasonForm, SessionForm, TextsForm
from councils.meeting_pages import agenda_of
from councils.models import AgendaItem, Council, Meeting
from councils.services.meetings import agenda, planning
from councils.services.meetings.sessions import enter_session
from councils.views.loading import public_council, public_session, session_item
from councils.views.meetings.planning import FORM, words_of
from participation.guards import requires
from participation.models import Role
from participation.views.form_pages import form_page, person_of, send

form_view = require_http_methods(["GET", "HEAD", "POST"])
keep = requires("councils.keep_session", public_session)


@require_safe
@requires(None, public_session)
def session_detail(request: HttpRequest, session: Meeting) -> HttpResponse:
    context = {
        "meeting": session,
        "text": session.dossier.text,
        "agenda": agenda_of(session),
        "may_keep": request.user.has_perm("councils.keep_session", session),
    }
    return render(request, "councils/session_detail.html", context)


def _bodies(request: HttpRequest, council: Council) -> Any:
    """A secretary enters for any state body, an officer for those that they answer for."""
    if request.user.has_perm("councils.keep_council", council):
        return Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_kk")
    held = Role.objects.in_force().filter(person=request.user.pk, kind=Role.Kind.STATE_OFFICER)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name_kk")


@form_view
@requires("councils.enter_sessions", public_council)
def session_plan(request: HttpRequest, council: Council) -> HttpResponse:
    form = SessionForm(request.POST or None, bodies=_bodies(request, council))

    def enter() -> str:
        session = enter_session(
            by=person_of(request),
            body=form.cleaned_data["body"],
            territory=council.dossier.territory,
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return session.get_absolute_url()

    if answer := send(request, form, enter, _("The session stands in the calendar.")):
        return answer
    words = words_of(
        _("Enter a session"),
        _("Save the session"),
        _("Sessions of akimats and maslikhats: when, about what, and what was decided."),
    )
    return form_page(request, FORM, form, council=council, **words)


def _form(
    request: HttpRequest, session: Meeting, form: Any, act: Any, done: str, words: dict[str, Any]
) -> HttpResponse:
    def run() -> str:
        act()
        return session.get_absolute_url()

    if answer := send(request, form, run, done):
        return answer
    back = session.get_absolute_url()
    return form_page(request, FORM, form, meeting=session, leads_back=back, **words)


@form_view
@keep
def session_move(request: HttpRequest, session: Meeting) -> HttpResponse:
    names = ("starts_at", "ends_at", "place")
    form = MoveForm(request.POST or None, initial={name: getattr(session, name) for name in names})
    return _form(
        request,
        session,
        form,
        lambda: planning.move_meeting(
            by=person_of(request),
            meeting=session,
            reason=form.cleaned_data["reason"],
            **{name: form.cleaned_data[name] for name in names},
        ),
        _("The session is moved; calendars take it over."),
        words_of(_("Another time or place"), _("Move the session")),
    )


@form_view
@keep
def session_cancel(request: HttpRequest, session: Meeting) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _form(
        request,
        session,
        form,
        lambda: planning.cancel_meeting(
            by=person_of(request), meeting=session, reason=form.cleaned_data["reason"]
        ),
        _("The session is cancelled; its page says why."),
        words_of(_("Cancel the session"), _("Cancel the session"), tone=" danger"),
    )


@form_view
@keep
def session_item_add(request: HttpRequest, session: Meeting) -> HttpResponse:
    form = ItemForm(request.POST or None, council=None)
    return _form(
        request,
        session,
        form,
        lambda: agenda.add_item(by=person_of(request), meeting=session, names=form.cleaned_data),
        _("The item is on the agenda."),
        words_of(_("Add an item to the agenda"), _("Save")),
    )


@form_view
@requires("councils.keep_session", session_item)
def session_decision(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    given = {code: getattr(item, f"decision_{code}") for code in ("kk", "ru", "en")}
    form = TextsForm(request.POST or None, initial=given)
    return _form(
        request,
        item.meeting,
        form,
        lambda: agenda.enter_decision(by=person_of(request), item=item, texts=form.cleaned_data),
        _("The decision is saved and recorded."),
        words_of(_("Decision: %(item)s") % {"item": item.name}, _("Save")),
    )
