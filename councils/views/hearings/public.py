"""Hearings for everybody: the list, one hearing before, live and after, a table of questions."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.facts.hearing_record import registrations_of
from councils.hearing_reading import floor_of, position_bars, questions_of, tally
from councils.models import Council, Meeting, Submission, SubmissionFile
from councils.services.hearings.places import places_left
from councils.views.hearings.live import fragment, seconds_between
from councils.views.loading import public_council, public_hearing
from participation.crowds import share
from participation.csv_files import lines_of
from participation.guards import requires
from participation.views.form_pages import person_of

HEARINGS_A_PAGE = 20
AHEAD = (Meeting.State.ANNOUNCED, Meeting.State.OPEN)


@require_safe
@requires(None, public_council)
def hearing_list(request: HttpRequest, council: Council) -> HttpResponse:
    may_run = request.user.has_perm("councils.run_meeting", council)
    rows = Meeting.objects.filter(council=council, kind=Meeting.Kind.HEARING).for_display()
    came = Count("hearing_registrations", Q(hearing_registrations__state="present"))
    rows = rows.annotate(came=came)
    ahead = rows.filter(state__in=AHEAD).public().order_by("starts_at")
    past = rows.exclude(state__in=[*AHEAD, Meeting.State.PLANNED]).public()
    page = Paginator(past.order_by("-starts_at"), HEARINGS_A_PAGE)
    context = {
        "council": council,
        "ahead": ahead,
        "planned": rows.filter(state=Meeting.State.PLANNED) if may_run else [],
        "page": page.get_page(request.GET.get("page")),
        "may_run": may_run,
    }
    return render(request, "councils/hearing_list.html", context)


@require_safe
@requires(None, public_hearing)
def hearing_detail(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One address for its whole life."""
    person = person_of(request)
    own = meeting.hearing_registrations.filter(person=person).first() if person else None
    notices = list(meeting.notices.all())
    is_over = meeting.state in (Meeting.State.HELD, Meeting.State.NO_QUORUM)
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "detail": meeting.hearing,
        "text": meeting.dossier.text,
        "notice": notices[-1] if notices else None,
        "earlier_notices": notices[:-1],
        "own": own if own and own.state != "cancelled" else None,
        "left": places_left(meeting) if meeting.state in AHEAD else None,
        "is_ahead": meeting.state in AHEAD,
        "is_over": is_over,
        "may_run": request.user.has_perm("councils.run_meeting", meeting),
        "submissions": submissions_of(meeting),
        "now": timezone.now(),
        **(_after(meeting) if is_over else {}),
    }
    if meeting.state == Meeting.State.OPEN and meeting.council:
        context["live"] = fragment(meeting.council.slug, meeting.number, "page")
        context["every"] = seconds_between("page")
    elif meeting.state == Meeting.State.ANNOUNCED:
        context["questions"] = list(questions_of(meeting))
    response = render(request, "councils/hearing_detail.html", context)
    # A crowd comes when it begins; before and after, nobody waits for two seconds to see a change.
    return share(response) if meeting.state == Meeting.State.OPEN else response


def _after(meeting: Meeting) -> dict[str, Any]:
    questions = list(questions_of(meeting))
    counts = registrations_of(meeting)
    versions = list(meeting.minutes.filter(published_at__isnull=False).order_by("-version"))
    return {
        "questions": questions,
        "fates": tally(questions),
        "counts": counts,
        "positions": position_bars(counts["positions"]),
        "floor": floor_of(meeting),
        "minutes": versions[0] if versions else None,
        "older_minutes": versions[1:],
    }


def submissions_of(meeting: Meeting) -> list[Submission]:
    found = list(meeting.submissions.public().prefetch_related("files").order_by("number"))
    for row in found:  # its number is made of the hearing's
        row.meeting = meeting
    return found


@require_safe
@requires(None, public_hearing)
def question_file(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All questions with what became of them, for programs and offices."""
    header = ["number", "language", "question", "state", "wanted", "answer", "answered_by",
              "second", "declined_because", "due_on", "answered_on"]  # fmt: skip
    rows = [
        [
            row.number,
            row.language,
            "" if row.is_hidden else row.text,
            row.state,
            row.wanted,  # type: ignore[attr-defined]  # of with_support()
            row.answer,
            row.answered_by,
            "" if row.second is None else row.second,
            row.declined_because,
            row.answer_due.due_on.isoformat() if row.answer_due else "",
            row.answer_due.answered_on or "" if row.answer_due else "",
        ]
        for row in questions_of(meeting).order_by("number")
    ]
    answer = HttpResponse("".join(lines_of([header, *rows])), "text/csv; charset=utf-8")
    name = f"{meeting.dossier.reference}-questions.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def submission_file(request: HttpRequest, key: UUID) -> FileResponse:
    """A file of a public submission; also for the secretary, who reads them all."""
    rows = SubmissionFile.objects.select_related(
        "submission__meeting__dossier", "submission__meeting__council__dossier"
    )
    found = get_object_or_404(rows, key=key)
    submission = found.submission
    is_public = submission.may_publish and submission.withdrawn_at is None
    is_shown = is_public and submission.meeting.dossier.published_at is not None
    if not is_shown and not request.user.has_perm("councils.run_meeting", submission.meeting):
        raise Http404
    answer = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
