"""The desk on which a strategy is written: tree, gaps, parts, the way through the bodies."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp.forms.strategy import (
    PART_FORMS,
    AlignmentForm,
    CouncilForm,
    DecisionForm,
    PlanForm,
    PlanObjectiveForm,
    StartForm,
    StrategyTextForm,
)
from edp.models import Decision, DiscoveryProcess, PolicyDocument, Strategy
from edp.printing import can_print
from edp.services import strategy as services
from edp.services.strategy.parts import PARTS
from edp.strategy_desk import action_desk, desk_of, priority_desk
from edp.tasks import make_documents
from edp.views.loading import any_process
from edp.views.strategy.loading import (
    Place,
    any_plan,
    any_version,
    place_of_new,
    place_of_part,
)
from participation.bell import ring
from participation.errors import Refused
from participation.forms import OnceForm
from participation.guards import requires
from participation.services.once import once
from participation.views.form_pages import act_once, form_page

organised = requires("edp.organise_process", any_process)
written = requires("edp.write_strategy", any_version)


def _desk(process: DiscoveryProcess) -> str:
    return reverse("edp:strategy-organise", args=[process.slug])


def _newest(process: DiscoveryProcess) -> Strategy | None:
    return process.strategies.for_display().order_by("-version").first()


@require_safe
@organised
def strategy_organise(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    strategy = _newest(process)
    context = {"process": process, "strategy": strategy, "form_key": uuid4()}
    if strategy is not None:
        context |= desk_of(strategy) | {"can_print": can_print()}
    return render(request, "edp/strategy_organise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def strategy_start(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = StartForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.start_strategy(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                wordings=form.wordings(),
                currency=form.cleaned_data["currency"],
            )
            return _desk(process)

        if done := act_once(request, form, act, _("The draft is there. Add its challenges.")):
            return done
    return form_page(request, "edp/strategy_start.html", form, process=process)


@require_http_methods(["GET", "HEAD", "POST"])
@written
def strategy_texts(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    form = StrategyTextForm(request.POST or None, dossier=strategy.dossier)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.write_strategy_texts(
                by=request.user,  # type: ignore[arg-type]
                strategy=strategy,
                wordings=form.wordings(),
            )
            return _desk(strategy.process)

        if done := act_once(request, form, act, _("The text is saved.")):
            return done
    return form_page(
        request,
        "edp/strategy_texts.html",
        form,
        strategy=strategy,
        process=strategy.process,
    )


# --- Parts --------------------------------------------------------------------------------------


@require_safe
@requires("edp.write_strategy", place_of_part)
def part_detail(request: HttpRequest, place: Place) -> HttpResponse:
    """What hangs on a priority or an action."""
    context = {"strategy": place.strategy, "process": place.process, "form_key": uuid4()}
    if place.kind == "priority":
        context |= priority_desk(place.strategy, place.row)
        return render(request, "edp/strategy_priority_edit.html", context)
    if place.kind == "action":
        context |= action_desk(place.strategy, place.row)
        return render(request, "edp/strategy_action_edit.html", context)
    return redirect(
        "edp:strategy-part-edit", place.process.slug, place.strategy.version, place.kind,
        place.row.pk,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_strategy", place_of_new)
def part_add(request: HttpRequest, place: Place) -> HttpResponse:
    return _part_page(request, place)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_strategy", place_of_part)
def part_edit(request: HttpRequest, place: Place) -> HttpResponse:
    return _part_page(request, place)


def _part_page(request: HttpRequest, place: Place) -> HttpResponse:
    part = PARTS[place.kind]
    instance = place.row or part.model(**{part.parent: place.parent, "strategy": place.strategy})
    form = PART_FORMS[place.kind](request.POST or None, instance=instance)
    if form.is_bound and form.is_valid():

        def act() -> str:
            row = services.write_part(
                by=request.user,  # type: ignore[arg-type]
                strategy=place.strategy,
                kind=place.kind,
                parent=place.parent,
                row=place.row,
                values=form.values(),
                partners=form.cleaned_data.get("partners"),
            )
            return _page_of(place, row)

        if done := act_once(request, form, act, _("Saved.")):
            return done
    return form_page(
        request,
        "edp/strategy_part.html",
        form,
        process=place.process,
        strategy=place.strategy,
        noun=part.model._meta.verbose_name,
        is_new=place.row is None,
        back=_page_of(place, place.row),
        refusal=None if place.strategy.is_open else services.StrategyFrozen(),
    )


def _page_of(place: Place, row: Any) -> str:
    """The page on which a part stands: of its action, of its priority, else the desk."""
    pages: dict[str, Callable[[], tuple[str, Any]]] = {
        "priority": lambda: ("priority", row),
        "objective": lambda: ("priority", place.parent),
        "indicator": lambda: ("priority", place.parent.priority),
        "action": lambda: ("action", row) if row else ("priority", place.parent.priority),
        "money": lambda: ("action", place.parent),
        "risk": lambda: ("action", place.parent),
        "evaluation": lambda: ("action", place.parent),
    }
    kind, found = pages.get(place.kind, lambda: ("", None))()
    if found is None:
        return _desk(place.process)
    return reverse(
        "edp:strategy-part", args=[place.process.slug, place.strategy.version, kind, found.pk]
    )


def _press(request: HttpRequest, act: Callable[[], object], back: str, done: str) -> HttpResponse:
    """Run one button once; a refusal is shown as a message."""

    def run() -> str:
        act()
        return back

    try:
        once(key=_key(request), person=request.user, act=run)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}".strip())
    else:
        messages.success(request, done)
    return redirect(back)


def _key(request: HttpRequest) -> Any:
    form = OnceForm(request.POST)
    return form.cleaned_data["form_key"] if form.is_valid() else uuid4()


@require_POST
@requires("edp.write_strategy", place_of_part)
def part_move(request: HttpRequest, place: Place) -> HttpResponse:
    is_up = request.POST.get("way") != "down"

    def act() -> None:
        if PARTS[place.kind].is_numbered:
            services.move_part(by=request.user, row=place.row, kind=place.kind, is_up=is_up)  # type: ignore[arg-type]

    return _press(request, act, _above(place), _("Moved."))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_strategy", place_of_part)
def part_remove(request: HttpRequest, place: Place) -> HttpResponse:
    if request.method == "POST":
        return _press(
            request,
            lambda: services.remove_part(by=request.user, row=place.row),  # type: ignore[arg-type]
            _above(place),
            _("Removed."),
        )
    return render(
        request,
        "edp/strategy_part_remove.html",
        {
            "process": place.process,
            "strategy": place.strategy,
            "row": place.row,
            "noun": place.row._meta.verbose_name,
            "back": _above(place),
            "form_key": uuid4(),
        },
    )


def _above(place: Place) -> str:
    """Where one is led when a part is gone or moved."""
    if place.kind in ("challenge", "priority"):
        return _desk(place.process)
    if place.kind == "action":
        return _page_of(place, None)
    return _page_of(place, place.row)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_strategy", place_of_part)
def alignment_edit(request: HttpRequest, place: Place) -> HttpResponse:
    form = AlignmentForm(request.POST or None, row=place.row)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.write_alignments(
                by=request.user,  # type: ignore[arg-type]
                row=place.row,
                relations=form.relations(),
            )
            return _page_of(place, place.row)

        if done := act_once(request, form, act, _("Saved.")):
            return done
    return form_page(
        request,
        "edp/strategy_alignment.html",
        form,
        process=place.process,
        strategy=place.strategy,
        row=place.row,
        back=_page_of(place, place.row),
    )


# --- Plans that there are already ---------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def plan_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=PolicyDocument(process=process))
    here = reverse("edp:plan-list", args=[process.slug])
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.write_policy_document(
                by=request.user,  # type: ignore[arg-type]
                process=process,
                values=form.values(),
            )
            return here

        if done := act_once(request, form, act, _("The plan is in the register.")):
            return done
    return form_page(
        request,
        "edp/plan_list.html",
        form,
        process=process,
        plans=process.policy_documents.prefetch_related("objectives"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("edp.write_strategy", any_plan)
def plan_objective_add(request: HttpRequest, plan: PolicyDocument) -> HttpResponse:
    form = PlanObjectiveForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.write_policy_objective(
                by=request.user,  # type: ignore[arg-type]
                document=plan,
                values=form.values(),
            )
            return reverse("edp:plan-list", args=[plan.process.slug])

        if done := act_once(request, form, act, _("Saved.")):
            return done
    return form_page(request, "edp/plan_objective_add.html", form, plan=plan, process=plan.process)


# --- The way through council, akimat and maslikhat ----------------------------------------------


def _button(verb: Callable[..., object], done: Callable[[], str]) -> Any:
    @require_POST
    @written
    def view(request: HttpRequest, strategy: Strategy) -> HttpResponse:
        def act() -> object:
            return verb(by=request.user, strategy=strategy)

        return _press(request, act, _desk(strategy.process), done())

    return view


def _ask_for_documents(*, by: Any, strategy: Strategy) -> None:
    services.ask_for_documents(by=by, strategy=strategy)
    ring(make_documents)


def _put_in_force(*, by: Any, strategy: Strategy) -> None:
    services.put_in_force(by=by, strategy=strategy)
    ring(make_documents)


strategy_publish = _button(services.publish_strategy, lambda: _("Everybody may read it now."))
council_submit = _button(
    services.put_before_council, lambda: _("The draft is before the public council.")
)
strategy_expire = _button(services.expire_strategy, lambda: _("The strategy has expired."))
strategy_enforce = _button(_put_in_force, lambda: _("The strategy is in force."))
documents_make = _button(
    _ask_for_documents, lambda: _("A worker makes the documents; reload the page in a moment.")
)


@require_POST
@organised
def version_start(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    return _press(
        request,
        lambda: services.start_next_version(by=request.user, process=process),  # type: ignore[arg-type]
        _desk(process),
        _("The next version is there: a copy to change."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@written
def council_opinion(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    form = CouncilForm(request.POST or None, strategy=strategy)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.take_council_opinion(
                by=request.user,  # type: ignore[arg-type]
                strategy=strategy,
                recommendations=form.recommendations(),
                addressee=form.cleaned_data["addressee"],
                **form.decision(),
            )
            return _desk(strategy.process)

        if done := act_once(request, form, act, _("The opinion is published.")):
            return done
    return form_page(
        request,
        "edp/council_opinion.html",
        form,
        strategy=strategy,
        process=strategy.process,
    )


def _approval(kind: str) -> Any:
    @require_http_methods(["GET", "HEAD", "POST"])
    @written
    def view(request: HttpRequest, strategy: Strategy) -> HttpResponse:
        form = DecisionForm(request.POST or None)
        if form.is_bound and form.is_valid():

            def act() -> str:
                services.approve_strategy(
                    by=request.user,  # type: ignore[arg-type]
                    strategy=strategy,
                    kind=kind,
                    **form.decision(),
                )
                return _desk(strategy.process)

            if done := act_once(request, form, act, _("The decision is published.")):
                return done
        return form_page(
            request,
            "edp/strategy_approve.html",
            form,
            strategy=strategy,
            process=strategy.process,
            is_akimat=kind == Decision.Kind.AKIMAT,
        )

    return view


akimat_approve = _approval(Decision.Kind.AKIMAT)
maslikhat_approve = _approval(Decision.Kind.MASLIKHAT)


@require_http_methods(["GET", "HEAD", "POST"])
@written
def strategy_amend(request: HttpRequest, strategy: Strategy) -> HttpResponse:
    form = DecisionForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> str:
            services.amend_strategy(
                by=request.user,  # type: ignore[arg-type]
                strategy=strategy,
                **form.decision(),
            )
            return _desk(strategy.process)

        if done := act_once(request, form, act, _("The decision is published.")):
            return done
    return form_page(
        request, "edp/strategy_amend.html", form, strategy=strategy, process=strategy.process
    )
