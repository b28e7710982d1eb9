"""During a meeting: who comes and goes, the agenda, motions and their votes."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from councils.forms.meetings import (
    GuestForm,
    HandsForm,
    ItemForm,
    MotionForm,
    PaperForm,
    RecusalForm,
    TextsForm,
)
from councils.models import AgendaItem, Mandate, Meeting, Motion
from councils.services.meetings import agenda, attendance, votes
from councils.services.meetings.locking import members_at
from councils.views.loading import item_of, motion_of
from councils.views.meetings.planning import FORM, desk_of, form_view, run, words_of
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, press, send

run_item = requires("councils.run_meeting", item_of)
run_motion = requires("councils.run_meeting", motion_of)


def _desk_form(
    request: HttpRequest,
    meeting: Meeting,
    form: Any,
    act: Callable[[], object],
    done: str,
    words: dict[str, Any],
) -> HttpResponse:
    """A page of one form that leads back to the desk."""

    def run_act() -> str:
        act()
        return desk_of(meeting)

    if answer := send(request, form, run_act, done):
        return answer
    return form_page(request, FORM, form, meeting=meeting, council=meeting.council, **words)


def _members(meeting: Meeting) -> Any:
    return members_at(meeting, meeting.starts_at).order_by("post__number")


# --- Who is there ---------------------------------------------------------------------------------


@require_POST
@run
def presence_mark(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One tap: in the room, or gone."""
    key = request.POST.get("mandate", "")
    mandates = Mandate.objects.filter(council=meeting.council)
    mandate = get_object_or_404(mandates, pk=int(key) if key.isdecimal() else 0)
    verb = attendance.mark_gone if "gone" in request.POST else attendance.mark_present
    done = _("%(name)s: noted.") % {"name": mandate.name}
    back = f"{desk_of(meeting)}#member-{mandate.pk}"
    act = lambda: verb(by=person_of(request), meeting=meeting, mandate=mandate)  # noqa: E731
    return press(request, back, act, done)


@form_view
@run
def guest_add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = GuestForm(request.POST or None)
    words = words_of(_("Add a guest"), _("Save"), _("A guest's name stands in the minutes."))
    return _desk_form(
        request,
        meeting,
        form,
        lambda: attendance.add_guest(
            by=person_of(request),
            meeting=meeting,
            name=form.cleaned_data["name"],
            capacity=form.cleaned_data["capacity"],
        ),
        _("The guest is on the list."),
        words,
    )


# --- The agenda -----------------------------------------------------------------------------------


@form_view
@run
def item_add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = ItemForm(request.POST or None, council=meeting.council)
    words = words_of(_("Add an item to the agenda"), _("Save"))
    return _desk_form(
        request,
        meeting,
        form,
        lambda: agenda.add_item(
            by=person_of(request),
            meeting=meeting,
            names=form.cleaned_data,
            dockets=form.cleaned_data["dockets"],
        ),
        _("The item is on the agenda."),
        words,
    )


@form_view
@run
def paper_add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = PaperForm(request.POST or None, request.FILES or None)
    words = words_of(_("Add a paper"), _("Save"), _("Everybody can read it as soon as it is here."))
    return _desk_form(
        request,
        meeting,
        form,
        lambda: agenda.add_papers(
            by=request.user,  # type: ignore[arg-type]
            meeting=meeting,
            uploads=[form.cleaned_data["paper"]],
        ),
        _("The paper is with the meeting."),
        {**words, "has_files": True},
    )


@form_view
@run_item
def decision_enter(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    given = {code: getattr(item, f"decision_{code}") for code in ("kk", "ru", "en")}
    form = TextsForm(request.POST or None, initial=given)
    words = words_of(_("Decision: %(item)s") % {"item": item.name}, _("Save"))
    return _desk_form(
        request,
        item.meeting,
        form,
        lambda: agenda.enter_decision(by=person_of(request), item=item, texts=form.cleaned_data),
        _("The decision is saved and recorded."),
        words,
    )


@form_view
@run_item
def recusal_declare(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = RecusalForm(request.POST or None, members=_members(item.meeting))
    words = words_of(
        _("Recusal: %(item)s") % {"item": item.name},
        _("Declare"),
        _("Who has an interest in an item does not vote on it. Name and interest are public."),
    )
    return _desk_form(
        request,
        item.meeting,
        form,
        lambda: attendance.declare_recusal(
            by=person_of(request),
            item=item,
            mandate=form.cleaned_data["mandate"],
            reason=form.cleaned_data["reason"],
        ),
        _("The recusal is recorded."),
        words,
    )


@form_view
@run_item
def motion_table(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = MotionForm(request.POST or None, members=_members(item.meeting))
    words = words_of(_("Motion: %(item)s") % {"item": item.name}, _("Save"))
    return _desk_form(
        request,
        item.meeting,
        form,
        lambda: votes.table_motion(
            by=person_of(request),
            item=item,
            texts=form.cleaned_data,
            tabled_by=form.cleaned_data["tabled_by"],
            is_secret=form.cleaned_data["is_secret"],
        ),
        _("The motion is tabled."),
        words,
    )


# --- Votes ----------------------------------------------------------------------------------------


def _vote_button(
    verb: Callable[[Any, Motion], object], done: Callable[[], str]
) -> Callable[..., HttpResponseBase]:
    @require_POST
    @run_motion
    def view(request: HttpRequest, motion: Motion) -> HttpResponse:
        back = f"{desk_of(motion.item.meeting)}#motion-{motion.pk}"
        return press(request, back, lambda: verb(person_of(request), motion), done())

    return view


vote_open = _vote_button(
    lambda by, motion: votes.open_vote(by=by, motion=motion),
    lambda: _("The vote is open; members can vote on their phones."),
)
vote_close = _vote_button(
    lambda by, motion: votes.close_vote(by=by, vote=_vote_of(motion)),
    lambda: _("The vote is counted; its outcome is public."),
)
motion_withdraw = _vote_button(
    lambda by, motion: votes.withdraw_motion(by=by, motion=motion),
    lambda: _("The motion is withdrawn."),
)


def _vote_of(motion: Motion) -> Any:
    vote = getattr(motion, "vote", None)
    if vote is None:
        raise Http404
    return vote


@form_view
@run_motion
def hands_enter(request: HttpRequest, motion: Motion) -> HttpResponse:
    """A show of hands, member by member; what members have sent themselves stands there."""
    vote, meeting = _vote_of(motion), motion.item.meeting
    here = meeting.participations.filter(presences__present_from__lte=vote.opened_at)
    recused = motion.item.recusals.values("mandate")
    members = _members(meeting).filter(pk__in=here.values("mandate")).exclude(pk__in=recused)
    given = {} if motion.is_secret else dict(vote.person_votes.values_list("mandate", "choice"))
    form = HandsForm(request.POST or None, members=list(members), given=given)
    words = words_of(_("Show of hands"), _("Save the votes"), motion.text)
    return _desk_form(
        request,
        meeting,
        form,
        lambda: votes.enter_hands(by=person_of(request), vote=vote, choices=form.choices()),
        _("The votes are saved. Close the vote to count them."),
        words,
    )
