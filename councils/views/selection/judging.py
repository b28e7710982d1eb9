"""The sheet of one member of the working group: scores, or votes."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.forms.selection import ScoreForm, VoteForm
from councils.models import Candidacy, GroupMember, SelectionProcess
from councils.services.selection.deciding import give_scores, give_vote
from councils.services.selection.errors import NotJudgedNow
from councils.views.loading import group_member
from participation.guards import requires
from participation.views.form_pages import form_page, person_of, send

Way = SelectionProcess.Way


@require_http_methods(["GET", "HEAD", "POST"])
@requires("councils.judge_candidates", group_member)
def judgement_give(request: HttpRequest, member: GroupMember) -> HttpResponse:
    selection = member.selection
    admitted = list(selection.candidacies.filter(state=Candidacy.State.ADMITTED))
    is_scoring = selection.way == Way.SCORING
    form = _score_form(request, member, admitted) if is_scoring else _vote_form(
        request, member, admitted
    )  # fmt: skip

    def give() -> str:
        for candidacy in admitted:
            if isinstance(form, ScoreForm):
                points = form.points(candidacy)
                give_scores(
                    by=person_of(request), member=member, candidacy=candidacy, points=points
                )
            else:
                choice = form.choice(candidacy)
                give_vote(by=person_of(request), member=member, candidacy=candidacy, choice=choice)
        return selection.get_absolute_url()

    is_open = selection.state == SelectionProcess.State.SELECTION and selection.decided_at is None
    is_judged = is_open and selection.way != Way.LOT
    if is_judged and (answer := send(request, form, give, _("Your sheet is kept."))):
        return answer
    return form_page(
        request,
        "councils/judgement_give.html",
        form,
        selection=selection,
        council=selection.council,
        member=member,
        candidates=admitted,
        is_scoring=is_scoring,
        refusal=None if is_judged else NotJudgedNow(),
    )


def _score_form(request: HttpRequest, member: GroupMember, admitted: list[Candidacy]) -> ScoreForm:
    rows = member.scores.values_list("candidacy", "criterion", "points")
    return ScoreForm(
        request.POST or None,
        candidacies=admitted,
        criteria=list(member.selection.criteria.all()),
        given={(candidacy, criterion): points for candidacy, criterion, points in rows},
    )


def _vote_form(request: HttpRequest, member: GroupMember, admitted: list[Candidacy]) -> VoteForm:
    given = dict(member.votes.values_list("candidacy", "choice"))
    return VoteForm(request.POST or None, candidacies=admitted, given=given)
