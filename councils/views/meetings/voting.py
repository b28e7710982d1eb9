"""A member's own page in the hall: what is voted on now, and three choices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from councils.forms.meetings import VoteForm
from councils.meeting_pages import open_motion_of
from councils.models import Meeting, Motion
from councils.services.meetings.votes import cast_vote
from councils.views.loading import public_meeting
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.sit_on_council", public_meeting)
def vote_cast(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    motion = open_motion_of(meeting)
    context = {"meeting": meeting, "council": meeting.council, "motion": motion}
    if motion is None:
        return render(request, "councils/vote_cast.html", context)
    person = person_of(request)
    own = _own_choice(person, motion)
    form = VoteForm(request.POST or None, initial={"choice": own})

    def cast() -> str:
        cast_vote(
            by=request.user,  # type: ignore[arg-type]
            vote=motion.vote,
            choice=form.cleaned_data["choice"],
        )
        return request.path

    if answer := send(request, form, cast, _("Your vote is in.")):
        return answer
    has_voted = motion.vote.secret_marks.filter(mandate__person=person).exists()
    return form_page(
        request,
        "councils/vote_cast.html",
        form,
        **context,
        own=own,
        has_voted=has_voted,
        is_recused=motion.item.recusals.filter(mandate__person=person).exists(),
    )


def _own_choice(person: User | None, motion: Motion) -> str:
    own = motion.vote.person_votes.filter(mandate__person=person)
    return own.values_list("choice", flat=True).first() or ""
