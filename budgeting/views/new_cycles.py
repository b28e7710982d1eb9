"""A new budget: chosen from a template or like an earlier one, looked at, then created."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budgeting import errors
from budgeting.calendar_words import Facts, turns_of
from budgeting.forms.new_cycles import MOST_ROWS, NewCycleForm, number_of_rows
from budgeting.models import Cycle
from budgeting.presets import TEMPLATES, preset_of, template_of
from budgeting.rule_words import told_rules
from budgeting.services.cloning import clone_cycle, ruleset_named, rulesets_to_choose
from budgeting.services.cycles import create_cycle
from budgeting.starts import (
    Start,
    clonable,
    organised_places,
    start_like,
    start_of_template,
    with_parts,
)
from budgeting.views.loading import any_cycle
from participation.guards import requires
from participation.models import Territory
from participation.views.form_pages import act_once, form_page, signed_in

CHECK, CREATE, EDIT, ROW, DATES = "check", "create", "edit", "row", "dates"


def _places(request: HttpRequest) -> list[Territory]:
    """404 for whoever may not set up a budget anywhere."""
    places = organised_places(signed_in(request))
    if not places:
        raise Http404
    return places


@require_safe
@login_required
def cycle_start(request: HttpRequest) -> HttpResponse:
    context = {"templates": TEMPLATES, "cycles": clonable(_places(request))}
    return render(request, "budgeting/cycle_start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_create(request: HttpRequest, key: str) -> HttpResponse:
    places, template = _places(request), template_of(key)
    if template is None:
        raise Http404
    context = {"heading": template.name}
    return _new_cycle(request, start_of_template(template), with_parts(places), context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("budgeting.organise_cycle", any_cycle)
def cycle_clone(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Only where one may set up budgets: to organise this one cycle is not enough."""
    parts = with_parts(_places(request))
    if cycle.dossier.territory_id not in parts or cycle.is_imported:
        raise Http404
    return _new_cycle(request, start_like(cycle), parts, {"like": cycle})


def _new_cycle(
    request: HttpRequest, start: Start, parts: dict[int, Territory], context: dict[str, Any]
) -> HttpResponse:
    """The buttons: another row, usual dates, look at it, go back to it, create it."""
    step = request.POST.get("step", CHECK) if request.method == "POST" else EDIT
    form = _form(request, start, parts, step)
    if form.is_bound and form.is_valid():
        led_on = _create(request, form, start) if step == CREATE else None
        if led_on:
            return led_on
        if not form.errors:
            return render(request, "budgeting/cycle_preview.html", _preview(form) | context)
    return form_page(request, "budgeting/cycle_create.html", form, **context)


def _form(
    request: HttpRequest, start: Start, parts: dict[int, Territory], step: str
) -> NewCycleForm:
    """Bound where what was sent is to be checked; else it shows the same values, unchecked."""
    more: dict[str, Any] = {
        "parts": parts,
        "rulesets": rulesets_to_choose(),
        "dates": start.dates_of(start.year),
    }
    if request.method != "POST":
        return NewCycleForm(initial=start.initial, **more)
    sent: dict[str, Any] = request.POST.dict()
    if step == DATES:
        return _with_usual_dates(sent, start, more)
    if step == ROW:
        rows = min(number_of_rows(sent) + 1, MOST_ROWS)
        return NewCycleForm(initial={**sent, "rows": rows}, **more)
    if step == EDIT:
        return NewCycleForm(initial=sent, **more)
    return NewCycleForm(sent, initial=start.initial, **more)


def _with_usual_dates(sent: dict[str, Any], start: Start, more: dict[str, Any]) -> NewCycleForm:
    """The phases of the year that was typed; a year that is none is said beside it."""
    year = sent.get("year", "")
    if not (year.isascii() and year.isdecimal() and 2000 <= int(year[:5]) <= 2100):
        return NewCycleForm(sent, initial=start.initial, **more)
    typed = {name: value for name, value in sent.items() if not name.endswith("s_at")}
    return NewCycleForm(initial=typed, **(more | {"dates": start.dates_of(int(year))}))


def _create(request: HttpRequest, form: NewCycleForm, start: Start) -> HttpResponse | None:
    def run() -> str:
        data = form.cleaned_data
        settings: dict[str, Any] = {
            "territory": data["territory"],
            "slug": form.slug,
            "year": data["year"],
            "ruleset": ruleset_named(data["rules"]),
            "wordings": form.wordings(),
            "envelopes": form.envelopes(),
            "dates": form.dates(),
        }
        by = signed_in(request)
        if start.like:
            cycle = clone_cycle(by=by, source=start.like, **settings)
        else:
            cycle = create_cycle(by=by, **settings)
        return reverse("budgeting:cycle-organise", args=[cycle.slug])

    done = _("The budget is created. Nobody sees it until you publish it.")
    return act_once(request, form, run, done, {errors.BudgetExists: "word"})


def _preview(form: NewCycleForm) -> dict[str, Any]:
    """What voters will read of it."""
    data = form.cleaned_data
    ruleset = rulesets_to_choose()[data["rules"]]
    place = str(data["territory"])
    envelopes = form.envelopes()
    return {
        "form": form,
        "territory": data["territory"],
        "titles": form.wordings(),
        "envelopes": envelopes,
        "amount": sum(envelope.amount for envelope in envelopes),
        "told": told_rules(ruleset.data, place),
        "preset": preset_of(ruleset.key),
        "ruleset": ruleset,
        "turns": turns_of(form.dates(), Facts.of(place, ruleset.data)),
        "is_late": form.dates()[0].opens_at < timezone.now(),
        "address": form.slug,
    }
