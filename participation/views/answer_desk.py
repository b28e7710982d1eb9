"""The desk of those who answer for a state body, and of organisers who ask it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation, User
from participation.answer_forms import (
    AssignForm,
    RegisterForm,
    TemplateForm,
)
from participation.answer_pages import with_status
from participation.errors import Refused
from participation.guards import requires
from participation.models import AnswerDue, AnswerTemplate, Dossier
from participation.models.answers import AnswerDueQuerySet
from participation.services import answers
from participation.services.answers.desk import bodies_of
from participation.services.once import once
from participation.views.form_pages import act_once, form_page

ROWS_A_PAGE = 50
SOON = timedelta(days=7)
writes = require_http_methods(["GET", "HEAD", "POST"])


def any_dossier(reference: str) -> Dossier:
    rows = Dossier.objects.select_related("territory").prefetch_related("texts")
    return get_object_or_404(rows, reference=reference)


def _bodies(request: HttpRequest) -> list[Organisation]:
    """The bodies for which the reader answers; 404 for whoever answers for none."""
    bodies = bodies_of(request.user)  # type: ignore[arg-type]
    if not bodies or not request.user.is_active:
        raise Http404
    return bodies


# --- The list -----------------------------------------------------------------------------------


@require_safe
@login_required
def answer_desk(request: HttpRequest) -> HttpResponse:
    bodies = _bodies(request)
    return _desk(request, bodies, None)


def _desk(
    request: HttpRequest, bodies: list[Organisation], form: AssignForm | None
) -> HttpResponse:
    today = timezone.localdate()
    officers = answers.officers_of(bodies)
    found, pills = _filtered(request, bodies, officers)
    page = Paginator(found.for_display(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    numbers = [due.pk for due in page]
    return render(
        request,
        "participation/answer_desk.html",
        {
            "page": page,
            "rows": with_status(page, today, answers.current_calendar()),
            "pills": pills,
            "bodies": bodies,
            "officers": officers,
            "states": _states(),
            "chosen": {name: request.GET.get(name, "") for name in FILTERS},
            "form": form or AssignForm(numbers=numbers, officers=officers),
            "picked": request.POST.getlist("due"),
        },
        status=422 if form else 200,
    )


FILTERS = ("q", "state", "assignee", "body")


def _states() -> dict[str, str]:
    return {
        "open": _("To be answered"),
        "soon": _("Due within a week"),
        "overdue": _("Overdue"),
        "paused": _("The clock stands still"),
        "answered": _("Answered"),
    }


def _filtered(
    request: HttpRequest, bodies: list[Organisation], officers: list[User]
) -> tuple[AnswerDueQuerySet, list[dict[str, str]]]:
    """What the address asks for, and a pill for each filter that is on."""
    found = AnswerDue.objects.filter(addressee__in=bodies).select_related("assignee")
    pills = []
    if query := request.GET.get("q", "").strip()[:100]:
        found = found.filter(
            Q(subject_kk__icontains=query)
            | Q(subject_ru__icontains=query)
            | Q(subject_en__icontains=query)
            | Q(dossier__reference__iexact=query)
        )
        pills.append(("q", f"«{query}»"))
    state = request.GET.get("state", "")
    if state in _states():
        found = _in_state(found, state)
        pills.append(("state", _states()[state]))
    else:
        found = found.open()
    people = {str(officer.pk): officer.display_name for officer in officers}
    names = {"me": _("In my hands"), "nobody": _("In nobody's hands"), **people}
    if (assignee := request.GET.get("assignee", "")) in names:
        is_nobody = assignee == "nobody"
        who = request.user.pk if assignee == "me" else None if is_nobody else int(assignee)
        found = found.filter(assignee=who)
        pills.append(("assignee", names[assignee]))
    own = {str(body.pk): body for body in bodies}
    if (body := request.GET.get("body", "")) in own:
        found = found.filter(addressee=own[body])
        pills.append(("body", own[body].name))
    return found, [
        {"label": label, "url": f"?{_without(request.GET, name)}"} for name, label in pills
    ]


def _in_state(found: AnswerDueQuerySet, state: str) -> AnswerDueQuerySet:
    today = timezone.localdate()
    if state == "overdue":
        return found.overdue(today)
    if state == "soon":
        return found.running().filter(due_on__gte=today, due_on__lte=today + SOON)
    if state == "paused":
        return found.open().filter(paused_on__isnull=False)
    if state == "answered":
        return found.filter(answered_on__isnull=False).order_by("-answered_on", "-pk")
    return found.open()


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    for gone in (name, "page"):
        rest.pop(gone, None)
    return rest.urlencode()


@require_POST
@login_required
def answer_assign(request: HttpRequest) -> HttpResponse:
    bodies = _bodies(request)
    officers = answers.officers_of(bodies)
    own = AnswerDue.objects.open().filter(addressee__in=bodies)
    form = AssignForm(
        request.POST, numbers=list(own.values_list("pk", flat=True)), officers=officers
    )
    back = f"{reverse('participation:answer-desk')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return _desk(request, bodies, form)
    chosen = list(own.filter(pk__in=form.cleaned_data["due"]))
    to = form.cleaned_data["to"]

    def act() -> str:
        number = answers.assign_answers(by=request.user, answers_due=chosen, to=to)  # type: ignore[arg-type]
        text = ngettext(
            "%(number)s answer changed hands.", "%(number)s answers changed hands.", number
        )
        messages.success(request, text % {"number": number})
        return reverse("participation:answer-desk")

    try:
        once(key=form.cleaned_data["form_key"], person=request.user, act=act)  # type: ignore[arg-type]
    except Refused as refusal:
        form.add_error("to", str(refusal))
        return _desk(request, bodies, form)
    return redirect(back)


# --- Templates, and asking ----------------------------------------------------------------------


@writes
@login_required
def answer_templates(request: HttpRequest) -> HttpResponse:
    bodies = _bodies(request)
    form = TemplateForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}

        def act() -> str:
            answers.add_template(**data)
            return reverse("participation:answer-templates")

        if response := act_once(request, form, act, _("The template is kept.")):
            return response
    own = Q(organisation__in=bodies) | Q(organisation=None)
    templates = AnswerTemplate.objects.filter(own).select_related("organisation")
    return form_page(request, "participation/answer_templates.html", form, templates=templates)


@writes
@requires("participation.register_answer_due", any_dossier)
def answer_due_register(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    asked_in = {"comment": request.GET.get("comment", "")[:12]}
    form = RegisterForm(request.POST or None, initial=asked_in, dossier=dossier)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            data = form.cleaned_data
            due = answers.register_answer_due(
                by=request.user,  # type: ignore[arg-type]
                dossier=dossier,
                addressee=data["addressee"],
                ruleset=data["ruleset"],
                subjects=form.subjects(),
                received_on=data["received_on"],
                comment=data["comment"],
            )
            return due.get_absolute_url() if dossier.published_at else dossier.get_absolute_url()

        if response := act_once(request, form, act, _("The answer is due; the body is told.")):
            return response
    return form_page(request, "participation/answer_due_register.html", form, dossier=dossier)
