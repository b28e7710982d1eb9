"""Selections and draws of a council for everybody; standing for a seat."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.forms.selection import CandidacyForm
from councils.models import Candidacy, Council, SelectionProcess
from councils.selection_reading import group_of, result_of
from councils.services.selection.candidates import apply, withdraw
from councils.services.selection.errors import CallClosed
from councils.views.loading import public_council, public_selection
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

State = SelectionProcess.State


@require_safe
@requires(None, public_council)
def selection_list(request: HttpRequest, council: Council) -> HttpResponse:
    """What is being filled or drawn, and what was; the secretary sees what is in preparation."""
    may_keep = request.user.has_perm("councils.keep_council", council)
    selections = council.selections.all() if may_keep else council.selections.public()
    draws = council.draws.all() if may_keep else council.draws.public()
    return render(
        request,
        "councils/selection_list.html",
        {
            "council": council,
            "selections": list(selections.for_display().order_by("-number")),
            "draws": list(draws.for_display().order_by("-number")),
            "may_keep": may_keep,
        },
    )


@require_safe
@requires(None, public_selection)
def selection_detail(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    person = person_of(request)
    own = selection.candidacies.filter(person=person).first() if person else None
    candidates = _shown(selection)
    return render(
        request,
        "councils/selection_detail.html",
        {
            "selection": selection,
            "council": selection.council,
            "text": selection.dossier.text,
            "steps": steps_of(selection),
            "seats": list(selection.posts.order_by("number")),
            "group": group_of(selection),
            "candidates": candidates,
            "applied": selection.candidacies.exclude(state=Candidacy.State.WITHDRAWN).count(),
            "result": result_of(selection, candidates) if selection.decided_at else None,
            "draws": list(selection.draws.public().for_display()),
            "own": own,
            "may_withdraw": own is not None
            and own.state in (Candidacy.State.SUBMITTED, Candidacy.State.ADMITTED)
            and selection.decided_at is None,
            "may_keep": request.user.has_perm("councils.keep_council", selection),
            "own_seat": selection.group.filter(person=person).first() if person else None,
            "form_key": uuid4(),
        },
    )


def _shown(selection: SelectionProcess) -> list[Candidacy]:
    """Best first once it is decided; who withdrew is not shown."""
    if not selection.shows_candidates:
        return []
    found = selection.candidacies.exclude(state=Candidacy.State.WITHDRAWN)
    rows = found.select_related("organisation").prefetch_related("documents")
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.number))


STEPS = [
    State.PLANNED,
    State.GROUP_FORMED,
    State.CALL_OPEN,
    State.SCREENING,
    State.SELECTION,
    State.APPROVED,
    State.PUBLISHED,
]


def steps_of(selection: SelectionProcess) -> list[dict[str, Any]]:
    """For components/timeline.html. Of a selection that failed every step is behind it."""
    failed = selection.state == State.FAILED
    now = len(STEPS) if failed else STEPS.index(State(selection.state))
    if selection.state == State.PUBLISHED:
        now += 1
    dates = {
        State.CALL_OPEN: _("until %(day)s") % {"day": date_format(selection.closes_at, "j E Y")},
        State.APPROVED: date_format(selection.act_on, "j E Y") if selection.act_on else "",
    }
    states = ["done" if n < now else "now" if n == now else "next" for n in range(len(STEPS))]
    return [
        {"label": step.label, "state": state, "dates": dates.get(step, "")}
        for step, state in zip(STEPS, states, strict=True)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.take_part", public_selection)
def candidacy_apply(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    person = person_of(request)
    initial = {"name": person.name if person else "", "language": (get_language() or "kk")[:2]}
    sides = list(selection.posts.values_list("side", flat=True))
    form = CandidacyForm(request.POST or None, sides=sides, initial=initial)

    def stand() -> str:
        apply(selection=selection, person=person, **form.application())
        return selection.get_absolute_url()

    if answer := send(request, form, stand, _("Your application is in. You can withdraw it.")):
        return answer
    return form_page(
        request,
        "councils/candidacy_apply.html",
        form,
        selection=selection,
        council=selection.council,
        refusal=None if selection.takes_candidates else CallClosed(),
    )


@require_POST
@requires("councils.take_part", public_selection)
def candidacy_withdraw(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    return press(
        request,
        selection.get_absolute_url(),
        lambda: withdraw(person=request.user, selection=selection),  # type: ignore[arg-type]
        _("You stand no more."),
    )
