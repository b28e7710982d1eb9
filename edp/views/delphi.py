"""Delphi studies: what everybody sees, the panellist's page, the organiser's."""

import csv

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edp.delphi_pages import feedback_of, report_of
from edp.forms.delphi import InviteForm, RatingForm, RoundForm, StudyForm
from edp.models import DelphiRating, DelphiStudy, DiscoveryProcess
from edp.services.delphi.ratings import open_round_of, rate
from edp.services.delphi.refusals import AlreadyBegun, NoOpenRound
from edp.services.delphi.rounds import close_round, open_round
from edp.services.delphi.studies import (
    begin_study,
    cancel_study,
    create_study,
    invite,
    parameters_of,
)
from edp.views.loading import any_process, any_study, public_process, public_study
from participation.errors import Refused
from participation.forms import OnceForm
from participation.guards import requires
from participation.views.form_pages import act_once, form_page

FORM = ["GET", "HEAD", "POST"]


@require_safe
@requires(None, public_process)
def delphi_list(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    may_organise = request.user.has_perm("edp.organise_process", process)
    found = process.delphi_studies.for_display()
    studies = found if may_organise else found.public()
    return render(
        request,
        "edp/delphi_list.html",
        {
            "process": process,
            "studies": studies.order_by("number"),
            "may_organise": may_organise,
        },
    )


@require_safe
@requires(None, public_study)
def delphi_detail(request: HttpRequest, study: DelphiStudy) -> HttpResponse:
    """What the panel holds is told when the study has ended, not before."""
    rounds = list(study.rounds.all())
    invited = list(study.invitations.values_list("helix", "person"))
    return render(
        request,
        "edp/delphi_detail.html",
        {
            "process": study.process,
            "study": study,
            "rules": parameters_of(study),
            "rounds": rounds,
            "panel": {h: sum(helix == h for helix, _p in invited) for h, _p in invited},
            "invited": len(invited),
            "report": report_of(study) if study.is_over else [],
            "may_rate": request.user.pk in {person for _h, person in invited}
            and any(not r.closed_at for r in rounds),
            "may_organise": request.user.has_perm("edp.organise_delphi", study),
        },
    )


@require_safe
@requires(None, public_study)
def delphi_ratings(request: HttpRequest, study: DelphiStudy) -> HttpResponse:
    """What `manage.py delphi` reads, once the study is over; pseudonyms are made anew."""
    if not study.is_over:
        raise Http404
    rows = DelphiRating.objects.filter(round__study=study, round__closed_at__isnull=False)
    ratings = rows.order_by("statement__number", "round__number", "slot").values_list(
        "statement__number", "round__number", "slot", "value"
    )
    slots = sorted({slot for _s, _r, slot, _v in ratings})
    names = {slot: f"p{n:02d}" for n, slot in enumerate(slots, start=1)}
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    told = f"{study.process.slug}-delphi-{study.number}.csv"
    response["Content-Disposition"] = f'attachment; filename="{told}"'
    writer = csv.writer(response)
    writer.writerow(["statement", "round", "panellist", "rating"])
    writer.writerows((s, r, names[slot], value) for s, r, slot, value in ratings)
    return response


@require_http_methods(FORM)
@requires("edp.rate_delphi", public_study)
def delphi_rate(request: HttpRequest, study: DelphiStudy) -> HttpResponse:
    """Without the key of a form that is sent once: its row would name the person."""
    within = open_round_of(study)
    if within is None:
        return _closed(request, study, NoOpenRound())
    try:
        feedback = feedback_of(study, request.user, within)  # type: ignore[arg-type]
    except Refused as refusal:
        return _closed(request, study, refusal)
    form = RatingForm(request.POST or None, feedback=feedback, parameters=parameters_of(study))
    if request.method == "POST" and form.is_valid():
        try:
            rate(by=request.user, study=study, answers=form.answers())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, f"{refusal} {refusal.way_out}".strip())
        else:
            messages.success(request, _("Thank you. You can change it until the round closes."))
            return redirect("edp:delphi-rate", study.process.slug, study.number)
    return form_page(
        request, "edp/delphi_rate.html", form, process=study.process, study=study, within=within
    )


def _closed(request: HttpRequest, study: DelphiStudy, refusal: Refused) -> HttpResponse:
    context = {"process": study.process, "study": study, "refusal": refusal}
    status = 422 if request.method == "POST" else 200
    return render(request, "edp/delphi_rate.html", context, status=status)


@require_http_methods(FORM)
@requires("edp.organise_process", any_process)
def delphi_create(request: HttpRequest, process: DiscoveryProcess) -> HttpResponse:
    form = StudyForm(request.POST or None)

    def act() -> str:
        study = create_study(
            by=request.user,  # type: ignore[arg-type]
            process=process,
            wordings=form.wordings(),
            statements=form.statements(),
            is_real_time=form.cleaned_data["is_real_time"],
        )
        return _desk(study)

    if request.method == "POST" and form.is_valid():
        answer = act_once(request, form, act, _("The study is prepared. Now invite the panel."))
        if answer:
            return answer
    return form_page(request, "edp/delphi_create.html", form, process=process)


def _desk(study: DelphiStudy) -> str:
    return reverse("edp:delphi-organise", args=[study.process.slug, study.number])


@require_http_methods(FORM)
@requires("edp.organise_delphi", any_study)
def delphi_organise(request: HttpRequest, study: DelphiStudy) -> HttpResponse:
    """Before the study begins the form invites; afterwards it opens the next round."""
    is_planned = study.state == DelphiStudy.State.PLANNED
    form: InviteForm | RoundForm = (InviteForm if is_planned else RoundForm)(request.POST or None)

    def act() -> str:
        by = request.user
        if isinstance(form, InviteForm):
            helix = form.cleaned_data["helix"]
            invite(by=by, study=study, person=form.person, helix=helix)  # type: ignore[arg-type]
        else:
            closes_at = form.cleaned_data["closes_at"]
            open_round(by=by, study=study, closes_at=closes_at)  # type: ignore[arg-type]
        return _desk(study)

    if request.method == "POST" and form.is_valid():
        answer = act_once(request, form, act, _("Done."))
        if answer:
            return answer
    return form_page(
        request,
        "edp/delphi_organise.html",
        form,
        process=study.process,
        study=study,
        rounds=study.rounds.all(),
        open_round=study.rounds.filter(closed_at=None).first(),
        invitations=study.invitations.select_related("person"),
        rules=parameters_of(study),
        is_planned=is_planned,
        key_form=OnceForm(),
    )


@require_POST
@requires("edp.organise_delphi", any_study)
def delphi_advance(request: HttpRequest, study: DelphiStudy) -> HttpResponse:
    """Begin, close the round now, or cancel: one button each."""
    form = OnceForm(request.POST)
    acts = {"begin": begin_study, "close": close_round, "cancel": cancel_study}
    verb = acts.get(request.POST.get("act", ""))

    def act() -> str:
        if verb is None:
            raise AlreadyBegun
        verb(by=request.user, study=study)  # type: ignore[arg-type]
        return _desk(study)

    if form.is_valid():
        answer = act_once(request, form, act, _("Done."))
        if answer:
            return answer
    for told in form.non_field_errors():
        messages.error(request, str(told))
    return redirect(_desk(study))
