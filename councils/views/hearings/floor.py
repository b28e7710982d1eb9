"""The desk of a hearing under way: big buttons for the floor, and the fate of each question."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from councils.forms.hearing_desk import AnswerForm, DeclineForm, InvitedSpeakerForm
from councils.hearing_reading import floor_of, tally
from councils.models import Meeting, Question, SpeakerSlot
from councils.services.hearings import floor, questions
from councils.views.hearings.planning import address, run
from councils.views.loading import any_hearing
from participation.guards import requires
from participation.views.form_pages import person_of, press, send

# What a button of the desk does with a speaker.
FLOOR_BUTTONS: dict[str, Callable[..., object]] = {
    "call": floor.call_speaker,
    "begin": floor.begin_speech,
    "pause": floor.pause_speech,
    "end": floor.end_speech,
    "skip": floor.skip_speaker,
}


@require_http_methods(["GET", "HEAD", "POST"])
@run
def floor_desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who has the floor, who is next by the rules, and somebody invited to answer."""
    form = InvitedSpeakerForm(request.POST or None)
    here = address("hearing_floor-desk", meeting)

    def invite() -> str:
        data = form.cleaned_data
        floor.invite_speaker(
            by=person_of(request), meeting=meeting, name=data["name"], kind=data["kind"]
        )
        return here

    if answer := send(request, form, invite, _("On the list of speakers.")):
        return answer
    context = {
        "form": form,
        "meeting": meeting,
        "council": meeting.council,
        "floor": floor_of(meeting),
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_floor.html", context, status=status)


@require_POST
@requires("councils.run_meeting", lambda slug, number, speaker, verb: any_hearing(slug, number))
def floor_press(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One of the big buttons; pressed twice on a bad network it acts once."""
    named = _named(request)
    slot = get_object_or_404(SpeakerSlot, meeting=meeting, number=named["speaker"])
    slot.meeting = meeting
    act = FLOOR_BUTTONS[named["verb"]]
    done = {
        "call": _("Called to the microphone."),
        "begin": _("The time runs."),
        "pause": _("The time stands still."),
        "end": _("The speech has ended."),
        "skip": _("Passed over."),
    }
    here = address("hearing_floor-desk", meeting)
    return press(request, here, lambda: act(by=person_of(request), slot=slot), done[named["verb"]])


def _named(request: HttpRequest) -> dict[str, Any]:
    """What the address names beside the hearing."""
    return dict(request.resolver_match.kwargs) if request.resolver_match else {}


@require_http_methods(["GET", "HEAD"])
@run
def question_desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All questions: those that nobody has read yet first."""
    rows = list(meeting.questions.select_related("answer_due"))
    states = Question.State
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "waiting": [row for row in rows if row.state == states.WAITING],
        "shown": [row for row in rows if row.state == states.SHOWN],
        "settled": [row for row in rows if row.state not in (states.WAITING, states.SHOWN)],
        "fates": tally(rows),
        "reasons": Question.Declined.choices,
    }
    return render(request, "councils/hearing_questions.html", context)


def _question(slug: str, number: int, question: int, **_more: object) -> Question:
    meeting = any_hearing(slug, number)
    row = get_object_or_404(meeting.questions, number=question)
    row.meeting = meeting
    row.council = meeting.council  # type: ignore[attr-defined]
    return row


@require_POST
@requires("councils.run_meeting", _question)
def question_press(request: HttpRequest, question: Question) -> HttpResponse:
    """Show it, leave it to be answered in writing, or do not put it."""
    verb = _named(request)["verb"]
    by = person_of(request)
    done = {
        "show": _("Everybody sees the question."),
        "write": _("It is to be answered in writing; the body owes the answer."),
        "decline": _("It is not put; the page says why."),
    }
    here = address("hearing_question-desk", question.meeting)
    return press(request, here, lambda: _press(request, by, question, verb), done[verb])


def _press(request: HttpRequest, by: User | None, question: Question, verb: str) -> None:
    if verb == "show":
        questions.show(by=by, question=question)
    elif verb == "write":
        questions.answer_in_writing(by=by, question=question)
    else:
        form = DeclineForm(request.POST)
        fallback = Question.Declined.OFF_MATTER
        because = form.cleaned_data["because"] if form.is_valid() else fallback
        questions.decline(by=by, question=question, because=because)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.run_meeting", _question)
def question_answer(request: HttpRequest, question: Question) -> HttpResponseBase:
    """What was answered aloud; the minute in the recording is noted by itself."""
    language = (get_language() or "kk")[:2]
    form = AnswerForm(request.POST or None, initial={"language": language})
    here = address("hearing_question-desk", question.meeting)

    def answer() -> str:
        data = form.cleaned_data
        questions.answer(
            by=person_of(request),
            question=question,
            text=data["text"],
            language=data["language"],
            answered_by=data["answered_by"],
        )
        return here

    if done := send(request, form, answer, _("The answer is noted.")):
        return done
    meeting = question.meeting
    context = {"form": form, "question": question, "meeting": meeting, "council": meeting.council}
    status = 422 if form.is_bound else 200
    return render(request, "councils/hearing_answer.html", context, status=status)
