"""The secretary's desk of one draw: its steps, each taken once."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils import draw_pages
from councils.forms.draws import (
    CommitmentForm,
    DiceForm,
    DrawForm,
    FeatureForm,
    NumberForm,
    PaperForm,
    RandomnessForm,
    ReplacementForm,
    RevealForm,
    SignatureForm,
)
from councils.forms.selection import ReasonsForm
from councils.models import Council, Draw
from councils.services.draws import drawing, lottery, pool
from councils.views.loading import any_council, any_draw
from councils.views.selection.pages import desk_button, desk_of, one_form
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send

FORM = ["GET", "HEAD", "POST"]
kept = requires("councils.keep_council", any_draw)


@require_http_methods(FORM)
@requires("councils.keep_council", any_council)
def draw_plan(request: HttpRequest, council: Council) -> HttpResponse:
    form = DrawForm(request.POST or None)

    def plan() -> str:
        draw = pool.prepare_draw(
            by=person_of(request),
            council=council,
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return desk_of(draw)

    if answer := send(request, form, plan, _("Written down. Next come attributes and quotas.")):
        return answer
    return form_page(
        request,
        "councils/selection_form.html",
        form,
        council=council,
        heading=_("Draw a panel by lot"),
        intro=_("Say what the panel is for, so that people want to volunteer."),
        button=_("Go on to attributes and quotas"),
    )


@require_safe
@kept
def draw_desk(request: HttpRequest, draw: Draw) -> HttpResponse:
    return render(
        request,
        "councils/draw_desk.html",
        {
            "draw": draw,
            "council": draw.council,
            "is_open": draw.dossier.published_at is not None,
            "volunteers": draw.entries.count(),
            "commitments": list(draw.commitments.all()),
            "form_key": uuid4(),
            **draw_pages.quotas_and_panel(draw),
        },
    )


@require_http_methods(FORM)
@kept
def feature_edit(request: HttpRequest, draw: Draw) -> HttpResponse:
    form = FeatureForm(request.POST or None, seats=draw.size)
    return one_form(
        request,
        draw,
        form,
        lambda: pool.set_feature(
            by=person_of(request),
            draw=draw,
            code=form.cleaned_data["code"],
            names=form.names(),
            values=form.cleaned_data["values"],
            source=form.cleaned_data["source"],
        ),
        done=_("Written down."),
        heading=_("An attribute and its quotas"),
        intro=_("The same code again replaces what stands there."),
        button=_("Save the attribute"),
    )


@require_http_methods(FORM)
@kept
def volunteer_enter(request: HttpRequest, draw: Draw) -> HttpResponse:
    codes = list(draw.features.values_list("code", flat=True))
    form = PaperForm(request.POST or None, codes=codes)
    return one_form(
        request,
        draw,
        form,
        lambda: pool.enter_volunteers(
            by=person_of(request), draw=draw, people=form.cleaned_data["people"]
        ),
        done=_("They are in the pool."),
        heading=_("Volunteers from letters and telephone"),
        button=_("Put them into the pool"),
    )


pool_open = desk_button(
    any_draw,
    lambda request, draw: pool.open_pool(by=person_of(request), draw=draw),
    lambda: _("The draw is public; volunteers can register."),
)
pool_freeze = desk_button(
    any_draw,
    lambda request, draw: pool.freeze_pool(by=person_of(request), draw=draw),
    lambda: _("The pool is frozen and its hash published."),
)
lottery_ask = desk_button(
    any_draw,
    lambda request, draw: lottery.ask_for_lottery(by=person_of(request), draw=draw),
    lambda: _("The lottery is being computed; it is published within a minute."),
)
draw_close = desk_button(
    any_draw,
    lambda request, draw: drawing.close_draw(by=person_of(request), draw=draw),
    lambda: _("The draw is closed; the panel stands."),
)


@require_http_methods(FORM)
@kept
def randomness_announce(request: HttpRequest, draw: Draw) -> HttpResponse:
    form = RandomnessForm(request.POST or None)

    def announce() -> None:
        data = {name: form.cleaned_data[name] for name in ("source", "due_at", "place")}
        lottery.announce_randomness(by=person_of(request), draw=draw, **data)

    return one_form(
        request,
        draw,
        form,
        announce,
        done=_("The source of the random number is announced."),
        heading=_("Name the random number in advance"),
        button=_("Announce it"),
    )


@require_http_methods(FORM)
@kept
def secret_enter(request: HttpRequest, draw: Draw) -> HttpResponse:
    form = CommitmentForm(request.POST or None)

    def commit() -> None:
        data = {name: form.cleaned_data[name] for name in ("party", "sha256", "envelope_sha256")}
        lottery.commit_to_secret(by=person_of(request), draw=draw, **data)

    return one_form(
        request,
        draw,
        form,
        commit,
        done=_("The hashes are published."),
        heading=_("A party and its secret"),
        intro=_(
            "Each party thinks of two long secrets and tells nobody. It gives the SHA-256 of both; "
            "the second secret lies in a sealed envelope, in case the party does not come."
        ),
        button=_("Publish the hashes"),
    )


@require_http_methods(FORM)
@kept
def secret_reveal(request: HttpRequest, draw: Draw) -> HttpResponse:
    missing = draw.commitments.filter(revealed_at=None)
    asked = request.GET.get("party", "")
    first = missing.filter(number=int(asked)).first() if asked.isdecimal() else missing.first()
    form = RevealForm(request.POST or None, initial={"number": first.number if first else 0})

    def reveal() -> None:
        data = form.cleaned_data
        drawing.reveal_secret(
            by=person_of(request),
            commitment=get_object_or_404(draw.commitments, number=data["number"]),
            secret=data["secret"],
            from_envelope=data["from_envelope"],
        )

    return one_form(
        request,
        draw,
        form,
        reveal,
        done=_("The secret fits its hash."),
        heading=_("Reveal a secret: %(party)s") % {"party": first.party if first else "—"},
        button=_("Check and publish"),
    )


@require_http_methods(FORM)
@kept
def panel_draw(request: HttpRequest, draw: Draw) -> HttpResponse:
    forms = {Draw.Source.DICE: DiceForm, Draw.Source.DRAND: SignatureForm}
    form = forms.get(Draw.Source(draw.source or "reveal"), NumberForm)(request.POST or None)

    def take() -> None:
        data = form.cleaned_data
        drawing.draw_panel(
            by=person_of(request),
            draw=draw,
            digits=data.get("digits", ""),
            signature=data.get("signature", ""),
        )

    return one_form(
        request,
        draw,
        form,
        take,
        done=_("The panel is drawn; whoever has a seat is told."),
        heading=_("Draw the panel"),
        intro=_("The number decides by itself: nothing can be chosen here, and nothing undone."),
        button=_("Draw the panel"),
    )


@require_http_methods(FORM)
@kept
def seat_replace(request: HttpRequest, draw: Draw) -> HttpResponse:
    form = ReplacementForm(request.POST or None)
    return one_form(
        request,
        draw,
        form,
        lambda: drawing.replace_member(
            by=person_of(request),
            draw=draw,
            token=form.cleaned_data["token"].strip().upper(),
            reasons=form.cleaned_data["reasons"],
        ),
        done=_("The seat went to the next in the published order."),
        heading=_("Somebody does not come"),
        intro=_("Who takes the seat follows from the draw; nobody chooses."),
        button=_("Fill the seat again"),
    )


@require_http_methods(FORM)
@kept
def draw_void(request: HttpRequest, draw: Draw) -> HttpResponse:
    form = ReasonsForm(request.POST or None)
    return one_form(
        request,
        draw,
        form,
        lambda: drawing.void_draw(
            by=person_of(request), draw=draw, reasons=form.cleaned_data["reasons"]
        ),
        done=_("The draw is given up."),
        heading=_("Give the draw up"),
        intro=_("Another draw needs another pool: this one stays published as it is."),
        button=_("Give the draw up"),
        tone="danger",
    )
