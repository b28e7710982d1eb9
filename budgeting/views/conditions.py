"""An envelope's conditions: which projects exclude each other, for which money is kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.forms.conditions import ConflictForm, EarmarkForm, RemoveForm
from budgeting.models import Election, Envelope
from budgeting.services import conditions
from budgeting.views.loading import any_envelope
from budgeting.voting_rules import VotingRules
from participation.forms import OnceForm
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

organised = requires("budgeting.organise_envelope", any_envelope)


@require_safe
@organised
def envelope_conditions(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    """What is set now, each part with its form on a page of its own."""
    sets = conditions.conflict_sets(envelope)
    marked = envelope.earmarked_projects.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    return form_page(
        request,
        "budgeting/envelope_conditions.html",
        OnceForm(),
        sets=[(number, proposals) for number, proposals in sets.items()],
        marked=[entry.proposal for entry in marked],
        kept=_kept(envelope),
        **_about(envelope),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def conflict_add(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    form = ConflictForm(request.POST or None, envelope=envelope)
    return _form(
        request,
        envelope,
        form,
        template="budgeting/conflict_add.html",
        act=lambda: conditions.add_conflict_set(
            by=request.user,  # type: ignore[arg-type]
            envelope=envelope,
            proposals=form.cleaned_data["projects"],
        ),
        done=_("Of these projects at most one will be funded."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organised
def projects_earmark(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    marked = envelope.earmarked_projects.values_list("proposal", flat=True)
    form = EarmarkForm(request.POST or None, envelope=envelope, initial={"projects": list(marked)})
    return _form(
        request,
        envelope,
        form,
        template="budgeting/projects_earmark.html",
        act=lambda: conditions.earmark_projects(
            by=request.user,  # type: ignore[arg-type]
            envelope=envelope,
            proposals=form.cleaned_data["projects"],
        ),
        done=_("The marks are set."),
    )


def _form(
    request: HttpRequest,
    envelope: Envelope,
    form: Any,
    *,
    template: str,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    def run() -> str:
        act()
        return _page_of(envelope)

    if request.method == "POST" and form.is_valid():
        led_on = act_once(request, form, run, done)
        if led_on:
            return led_on
    return form_page(request, template, form, **_about(envelope))


@require_POST
@organised
def conflict_remove(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return redirect(_page_of(envelope))

    def run() -> str:
        conditions.remove_conflict_set(
            by=request.user,  # type: ignore[arg-type]
            envelope=envelope,
            number=form.cleaned_data["number"],
        )
        return _page_of(envelope)

    led_on = act_once(request, form, run, _("These projects no longer exclude each other."))
    if led_on is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return led_on or redirect(_page_of(envelope))


def _page_of(envelope: Envelope) -> str:
    return reverse("budgeting:envelope-conditions", args=[envelope.cycle.slug, envelope.number])


def _kept(envelope: Envelope) -> int:
    """Money of the envelope that the rules keep for marked projects, in whole units."""
    rule = VotingRules.from_data(envelope.cycle.ruleset.data).counting_rule()
    return int(-(-envelope.amount * rule.earmark // 1))


def _about(envelope: Envelope) -> dict[str, Any]:
    return {
        "cycle": envelope.cycle,
        "envelope": envelope,
        "is_frozen": envelope.election.state != Election.State.SETUP,
    }
