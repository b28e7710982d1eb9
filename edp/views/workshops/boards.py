"""The board of a meeting: themes, statements moved between them, dots opened and closed."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from edp.forms.workshops import OpenDotsForm, PaperDotsForm, ThemeForm
from edp.models import Workshop
from edp.services.workshops import board, errors
from edp.services.workshops.statements import move_statement
from edp.views.workshops.planning import recorded
from edp.views.workshops.public import board_of
from participation.views.form_pages import form_page, person_of, press, send


def board_page(workshop: Workshop) -> str:
    return reverse("edp:workshop-board", args=[workshop.process.slug, workshop.number])


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def workshop_board(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = ThemeForm(request.POST or None)

    def add() -> str:
        board.add_theme(by=person_of(request), workshop=workshop, names=form.cleaned_data)
        return board_page(workshop)

    if answer := send(request, form, add, _("The theme is on the board.")):
        return answer
    context = {
        "form": form,
        "dots_form": OpenDotsForm(prefix="dots"),
        "workshop": workshop,
        "process": workshop.process,
        "themes": list(workshop.themes.all()),
        "ballots": workshop.dot_ballots.count(),
        "form_key": uuid4(),
        **board_of(workshop),
    }
    status = 422 if form.is_bound else 200
    return render(request, "edp/workshop_board.html", context, status=status)


@require_POST
@recorded
def statement_move(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    statement = get_object_or_404(
        workshop.statements, number=_number(request.POST.get("statement", ""))
    )
    theme = workshop.themes.filter(pk=_number(request.POST.get("theme", ""))).first()
    return press(
        request,
        board_page(workshop),
        lambda: move_statement(by=person_of(request), statement=statement, theme=theme),
        _("Moved."),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_POST
@recorded
def dots_open(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = OpenDotsForm(request.POST, prefix="dots")
    if not form.is_valid():
        context = {
            "form": ThemeForm(),
            "dots_form": form,
            "workshop": workshop,
            "process": workshop.process,
            "themes": list(workshop.themes.all()),
            "form_key": uuid4(),
            **board_of(workshop),
        }
        return render(request, "edp/workshop_board.html", context, status=422)
    data = form.cleaned_data
    return press(
        request,
        board_page(workshop),
        lambda: board.open_dots(
            by=person_of(request), workshop=workshop, each=data["each"], a_theme=data["a_theme"]
        ),
        _("Dots are open: everybody in the hall can give theirs."),
    )


@require_POST
@recorded
def dots_close(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return press(
        request,
        board_page(workshop),
        lambda: board.close_dots(by=person_of(request), workshop=workshop),
        _("Dots are closed and counted."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recorded
def dots_on_paper(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """For halls without phones: what was counted on the sheets, while dots are open."""
    form = PaperDotsForm(
        request.POST or None,
        workshop=workshop,
        themes=workshop.themes.all(),
        known=board.paper_tallies(workshop),
    )

    def enter() -> str:
        board.enter_paper_dots(by=person_of(request), workshop=workshop, tallies=form.tallies())
        return board_page(workshop)

    if answer := send(request, form, enter, _("The dots on paper are entered.")):
        return answer
    refusal = None if workshop.are_dots_open or form.is_bound else errors.DotsNotOpen()
    return form_page(
        request,
        "edp/dots_paper.html",
        form,
        workshop=workshop,
        process=workshop.process,
        refusal=refusal,
    )
