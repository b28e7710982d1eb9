"""The secretary's desk of one selection, step by step."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from councils.forms.selection import (
    ActForm,
    AppointmentForm,
    CandidacyForm,
    CriterionForm,
    GroupMemberForm,
    ReasonsForm,
    ScreeningForm,
    SelectionForm,
)
from councils.models import Candidacy, Council, GroupMember, SelectionProcess
from councils.services.draws.pool import prepare_draw
from councils.services.selection import candidates, deciding, planning
from councils.views.loading import any_council, any_selection, candidacy, group_member
from councils.views.selection.pages import desk_button, desk_of, one_form
from participation.guards import requires
from participation.services import Wording
from participation.views.form_pages import form_page, person_of, press, send

FORM = ["GET", "HEAD", "POST"]
kept = requires("councils.keep_council", any_selection)


@require_http_methods(FORM)
@requires("councils.keep_council", any_council)
def selection_plan(request: HttpRequest, council: Council) -> HttpResponse:
    form = SelectionForm(request.POST or None, council=council)

    def plan() -> str:
        selection = planning.plan_selection(
            by=person_of(request),
            council=council,
            wordings=form.wordings(),
            **form.fields_of_row(),
        )
        return desk_of(selection)

    if answer := send(request, form, plan, _("Written down. Next comes the working group.")):
        return answer
    return form_page(
        request,
        "councils/selection_form.html",
        form,
        council=council,
        heading=_("Fill vacant seats"),
        intro=_("The texts are the call: everybody reads them. Kazakh and Russian are needed."),
        button=_("Go on to the working group"),
    )


@require_safe
@kept
def selection_desk(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    group = list(selection.group.select_related("organisation"))
    return render(
        request,
        "councils/selection_desk.html",
        {
            "selection": selection,
            "council": selection.council,
            "group": group,
            "left": selection.group_size - len(group),
            "state_members": sum(member.side == "state" for member in group),
            "criteria": list(selection.criteria.all()),
            "candidates": list(selection.candidacies.select_related("organisation")),
            "seats": list(selection.posts.order_by("number")),
            "draws": list(selection.draws.for_display()),
            "form_key": uuid4(),
        },
    )


@require_http_methods(FORM)
@kept
def group_edit(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    form = GroupMemberForm(request.POST or None)

    def add() -> None:
        data = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}
        planning.add_group_member(by=person_of(request), selection=selection, **data)

    return one_form(
        request,
        selection,
        form,
        add,
        done=_("Written down."),
        heading=_("Add a member of the working group"),
        intro=_("Of %(size)s seats the state may have %(most)s.")
        % {"size": selection.group_size, "most": selection.most_state},
        button=_("Add the member"),
    )


@require_POST
@requires("councils.keep_council", group_member)
def group_remove(request: HttpRequest, member: GroupMember) -> HttpResponse:
    return press(
        request,
        desk_of(member.selection),
        lambda: planning.remove_group_member(by=person_of(request), member=member),
        _("Taken out of the group."),
    )


@require_http_methods(FORM)
@kept
def criterion_add(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    form = CriterionForm(request.POST or None)
    return one_form(
        request,
        selection,
        form,
        lambda: planning.add_criterion(
            by=person_of(request),
            selection=selection,
            names=form.cleaned_data,
            most=form.cleaned_data["most"],
        ),
        done=_("Written down."),
        heading=_("Add a criterion"),
        intro=_("Members of the group score every candidate by each criterion."),
        button=_("Add the criterion"),
    )


group_form = desk_button(
    any_selection,
    lambda request, selection: planning.form_group(by=person_of(request), selection=selection),
    lambda: _("The working group is fixed and public."),
)
call_open = desk_button(
    any_selection,
    lambda request, selection: planning.open_call(by=person_of(request), selection=selection),
    lambda: _("The call is open; whoever follows the council is told."),
)
call_close = desk_button(
    any_selection,
    lambda request, selection: candidates.close_call(by=person_of(request), selection=selection),
    lambda: _("The call has ended. Check every application."),
)
comparison_begin = desk_button(
    any_selection,
    lambda request, selection: candidates.begin_comparison(
        by=person_of(request), selection=selection
    ),
    lambda: _("The candidates can be compared now."),
)
selection_decide = desk_button(
    any_selection,
    lambda request, selection: deciding.decide_selection(
        by=person_of(request), selection=selection
    ),
    lambda: _("The result is published, with all that it came from."),
)


@require_http_methods(FORM)
@kept
def candidacy_enter(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    """An application that came on paper."""
    sides = list(selection.posts.values_list("side", flat=True))
    form = CandidacyForm(request.POST or None, sides=sides)
    return one_form(
        request,
        selection,
        form,
        lambda: candidates.apply(selection=selection, by=person_of(request), **form.application()),
        done=_("The application is written down."),
        heading=_("Enter an application from paper"),
        button=_("Enter the application"),
    )


@require_http_methods(FORM)
@requires("councils.keep_council", candidacy)
def candidacy_screen(request: HttpRequest, found: Candidacy) -> HttpResponse:
    form = ScreeningForm(request.POST or None)
    return one_form(
        request,
        found.selection,
        form,
        lambda: candidates.screen(
            by=person_of(request),
            candidacy=found,
            is_admitted=form.cleaned_data["outcome"] == Candidacy.State.ADMITTED,
            reasons=form.cleaned_data["reasons"],
        ),
        done=_("The decision is published; the candidate is told."),
        heading=_("Check the application: %(name)s") % {"name": found.name},
        intro=found.statement,
        note=_("Contact: %(contact)s") % {"contact": found.contact} if found.contact else "",
        button=_("Decide"),
    )


@require_POST
@kept
def lot_prepare(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    """A draw among the admitted candidates."""
    texts = [
        Wording(text.language, text.title, text.summary, origin=text.origin)
        for text in selection.dossier.texts.all()
    ]
    return press(
        request,
        desk_of(selection),
        lambda: prepare_draw(
            by=person_of(request),
            council=selection.council,
            wordings=texts,
            size=selection.posts.count(),
            registers_until=selection.closes_at,
            selection=selection,
        ),
        _("The draw is prepared. Its steps stand on its own desk."),
    )


@require_http_methods(FORM)
@kept
def act_register(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    form = ActForm(request.POST or None)

    def register() -> None:
        data = {name: form.cleaned_data[name] for name in ("act", "act_on", "act_url")}
        by = request.user
        deciding.register_act(by=by, selection=selection, **data)  # type: ignore[arg-type]

    return one_form(
        request,
        selection,
        form,
        register,
        done=_("The act is registered. Appoint the elected next."),
        heading=_("Register the act"),
        intro=_(
            "The body signs its act on paper and approves nothing here. You write down which act "
            "it is; your name stands beside it in the public record."
        ),
        button=_("Register the act"),
    )


@require_http_methods(FORM)
@kept
def elected_appoint(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    form = AppointmentForm(request.POST or None)
    by: User = request.user  # type: ignore[assignment]
    return one_form(
        request,
        selection,
        form,
        lambda: deciding.appoint_elected(
            by=by, selection=selection, since=form.cleaned_data["since"]
        ),
        done=_("The elected sit on the council."),
        heading=_("Appoint the elected"),
        intro=_("All together, or nobody: if one of them may not sit, nothing changes."),
        button=_("Appoint them"),
    )


@require_http_methods(FORM)
@kept
def selection_fail(request: HttpRequest, selection: SelectionProcess) -> HttpResponse:
    form = ReasonsForm(request.POST or None)
    return one_form(
        request,
        selection,
        form,
        lambda: planning.fail_selection(
            by=person_of(request), selection=selection, reasons=form.cleaned_data["reasons"]
        ),
        done=_("The selection is ended without a result."),
        heading=_("End it without a result"),
        button=_("End the selection"),
        tone="danger",
    )
