"""The organiser's pages of a trial: open it, let people in, fill it, count it, delete it."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgeting.explanations import explain
from budgeting.forms.trials import LARGEST_SEED, TrialFillForm
from budgeting.grade_names import GRADE_OPTIONS
from budgeting.models import MOST_TRIAL_BALLOTS, Election, Envelope, Trial
from budgeting.services import trials
from budgeting.views.loading import any_envelope, open_trial
from participation.errors import Refused
from participation.forms import OnceForm
from participation.guards import requires
from participation.services.once import once
from participation.views.form_pages import form_page, press, send, signed_in

organised = requires("budgeting.organise_envelope", any_envelope)
on_trial = requires("budgeting.organise_trial", open_trial)


def _page_of(envelope: Envelope) -> str:
    return reverse("budgeting:trial-detail", args=[envelope.cycle.slug, envelope.number])


@require_safe
@organised
def trial_detail(request: HttpRequest, envelope: Envelope) -> HttpResponse:
    trial = Trial.objects.filter(election=envelope.election).first()
    context: dict[str, Any] = {
        "cycle": envelope.cycle,
        "envelope": envelope,
        "trial": trial,
        "is_frozen": envelope.election.state != Election.State.SETUP,
        "most": MOST_TRIAL_BALLOTS,
        "form": OnceForm(),
    }
    if trial:
        fills = trial.ballots.values("seed").annotate(number=Count("pk")).order_by("seed")
        context |= {
            "fills": [fill for fill in fills if fill["seed"] is not None],
            "by_hand": sum(fill["number"] for fill in fills if fill["seed"] is None),
            "total": sum(fill["number"] for fill in fills),
        }
    return render(request, "budgeting/trial_detail.html", context)


def _button(
    act: Callable[[HttpRequest, Election], object], done: Callable[[], str]
) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, envelope: Envelope) -> HttpResponse:
        return press(request, _page_of(envelope), lambda: act(request, envelope.election), done())

    return require_POST(organised(view))  # type: ignore[return-value]


trial_open = _button(
    lambda request, election: trials.open_trial(by=signed_in(request), election=election),
    lambda: _("The trial is open."),
)
trial_end = _button(
    lambda request, election: trials.end_trial(by=signed_in(request), election=election),
    lambda: _("The trial is deleted with all its ballots."),
)


@never_cache
@require_POST
@on_trial
def trial_link(request: HttpRequest, trial: Trial) -> HttpResponse:
    """Shows a new link once; the one before it leads nowhere from now on.

    The secret follows from the form's key, so the form sent twice shows one link.
    """
    envelope = trial.election.envelope
    form = OnceForm(request.POST)
    if not form.is_valid():
        return redirect(_page_of(envelope))
    key = form.cleaned_data["form_key"]
    secret = salted_hmac("budgeting.trial-link", str(key), algorithm="sha256").hexdigest()

    def change() -> str:
        trials.change_link(by=signed_in(request), trial=trial, secret=secret)
        return _page_of(envelope)

    once(key=key, person=signed_in(request), act=change)
    trial.refresh_from_db()
    if trial.link_hash != trials.hash_of(secret):
        # An old form, sent again after the link was revoked.
        return redirect(_page_of(envelope))
    link = reverse("budgeting:trial-enter", args=[envelope.cycle.slug, envelope.number, secret])
    context = {
        "cycle": envelope.cycle,
        "envelope": envelope,
        "link": request.build_absolute_uri(link),
    }
    return render(request, "budgeting/trial_link.html", context)


@require_POST
@on_trial
def trial_revoke(request: HttpRequest, trial: Trial) -> HttpResponse:
    return press(
        request,
        _page_of(trial.election.envelope),
        lambda: trials.change_link(by=signed_in(request), trial=trial, secret=""),
        _("The link leads nowhere any more."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_trial
def trial_fill(request: HttpRequest, trial: Trial) -> HttpResponse:
    envelope = trial.election.envelope
    form = TrialFillForm(request.POST or None)

    def fill() -> str:
        seed = form.cleaned_data["seed"]
        trials.fill_trial(
            by=signed_in(request),
            trial=trial,
            number=form.cleaned_data["number"],
            seed=secrets.randbelow(LARGEST_SEED) if seed is None else seed,
        )
        return _page_of(envelope)

    sent = send(request, form, fill, _("The random ballots are in the trial."))
    return sent or form_page(
        request, "budgeting/trial_fill.html", form, cycle=envelope.cycle, envelope=envelope
    )


@never_cache
@require_safe
@on_trial
def trial_count(request: HttpRequest, trial: Trial) -> HttpResponse:
    envelope = trial.election.envelope
    try:
        counted = trials.count_trial(trial=trial)
    except Refused as refusal:
        messages.error(request, f"{refusal} {refusal.way_out}")
        return redirect(_page_of(envelope))
    context = {
        "cycle": envelope.cycle,
        "envelope": envelope,
        "counted": counted,
        "result": explain(trial.election, counted.entries, [counted], ballots=counted.ballots),
        "grades": GRADE_OPTIONS,
    }
    return render(request, "budgeting/trial_count.html", context)
