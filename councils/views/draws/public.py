"""A draw for everybody: its steps, its files, the panel; volunteering."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils import draw_pages, verify_draw
from councils.draw_reading import chance_of
from councils.forms.draws import VolunteerForm
from councils.models import Draw, DrawFile, PoolEntry
from councils.services.draws.errors import RegistrationOver
from councils.services.draws.pool import volunteer, withdraw_from_pool
from councils.views.loading import FILE_NAMES, public_draw, public_draw_file
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

State = Draw.State
SCRIPT = Path(str(verify_draw.__file__))
STEPS = [State.DRAFT, State.FROZEN, State.PUBLISHED, State.DUE, State.DRAWN]


@require_safe
@requires(None, public_draw)
def draw_detail(request: HttpRequest, draw: Draw) -> HttpResponse:
    person = person_of(request)
    own = draw.entries.filter(person=person).first() if person else None
    by_secrets = draw.source == Draw.Source.REVEAL
    return render(
        request,
        "councils/draw_detail.html",
        {
            "draw": draw,
            "council": draw.council,
            "text": draw.dossier.text,
            "steps": steps_of(draw),
            "volunteers": draw.entries.count(),
            "files": {file.kind: file for file in draw.files.defer("text")},
            "commitments": list(draw.commitments.all()) if by_secrets else [],
            "own": own,
            "own_chance": _own_chance(draw, own),
            "takes_volunteers": draw_pages.takes_volunteers(draw),
            "may_keep": request.user.has_perm("councils.keep_council", draw),
            "form_key": uuid4(),
            **draw_pages.quotas_and_panel(draw),
        },
    )


def _own_chance(draw: Draw, own: PoolEntry | None) -> Any:
    return chance_of(draw, own.token) if own and draw.lottery_published_at else None


def steps_of(draw: Draw) -> list[dict[str, Any]]:
    """For components/timeline.html."""
    dates = {
        State.DRAFT: draw.registers_until,
        State.FROZEN: draw.pool_frozen_at,
        State.PUBLISHED: draw.lottery_published_at,
        State.DUE: draw.randomness_due_at,
        State.DRAWN: draw.drawn_at,
    }
    over = draw.state in (State.CLOSED, State.VOID, State.DRAWN)
    now = len(STEPS) if over else STEPS.index(State(draw.state))
    labels = {State.DUE: _("Random number"), State.DRAFT: _("Volunteers register")}
    return [
        {
            "label": labels.get(step, step.label),
            "state": "done" if place < now else "now" if place == now else "next",
            "dates": date_format(moment, "j E Y, H:i") if moment else "",
        }
        for place, step in enumerate(STEPS)
        for moment in [timezone.localtime(dates[step]) if dates[step] else None]
    ]


@require_safe
@requires(None, public_draw_file)
def draw_file(request: HttpRequest, file: DrawFile) -> HttpResponse:
    """One of the published files, byte for byte as it was hashed."""
    return _download(file.text, FILE_NAMES[file.kind])


@require_safe
def draw_script(request: HttpRequest) -> HttpResponse:
    """The checker: one file for anybody's Python."""
    return _download(SCRIPT.read_text(encoding="utf-8"), SCRIPT.name)


def _download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.take_part", public_draw)
def volunteer_edit(request: HttpRequest, draw: Draw) -> HttpResponse:
    person = request.user
    own = draw.entries.filter(person=person).first()  # type: ignore[misc]
    form = VolunteerForm(request.POST or None, draw=draw, given=own.attributes if own else {})

    def step_forward() -> str:
        volunteer(
            person=person,  # type: ignore[arg-type]
            draw=draw,
            attributes=form.attributes(),
            has_consent=form.cleaned_data["consent"],
        )
        return draw.get_absolute_url()

    done = _("You are in the pool. Your number stands on the page of the draw.")
    if answer := send(request, form, step_forward, done):
        return answer
    return form_page(
        request,
        "councils/volunteer_edit.html",
        form,
        draw=draw,
        council=draw.council,
        own=own,
        refusal=None if draw_pages.takes_volunteers(draw) else RegistrationOver(),
    )


@require_POST
@requires("councils.take_part", public_draw)
def volunteer_withdraw(request: HttpRequest, draw: Draw) -> HttpResponse:
    return press(
        request,
        draw.get_absolute_url(),
        lambda: withdraw_from_pool(person=request.user, draw=draw),  # type: ignore[arg-type]
        _("You are not in the pool any more, and nothing of it is kept."),
    )
