"""What became of a council's recommendations, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.facts.figure import Figure
from councils.models import Council, Recommendation
from participation.answer_figures import Figures, figures_of
from participation.models import Answer, AnswerDue, Disposition
from participation.models.answers import AnswerDueQuerySet
from participation.templatetags.kenes import percent


@dataclass(frozen=True)
class RecommendationFigures:
    """`answers` counts the answers that bodies owe; the rest counts recommendations or answers.

    A recommendation is answered when every body that has it has answered. What was passed on
    counts where it went to. An answer counts as its last version says.
    """

    delivered: int
    answered: int
    answers: Figures
    accepted: int
    in_part: int
    rejected: int
    done: int
    implemented_by_act: int
    closed_unanswered: int

    @property
    def on_time_share(self) -> Fraction | None:
        """In hundredths."""
        return self.answers.on_time_share


def recommendation_figures(
    council: Council, today: date, *, since: date | None = None, until: date | None = None
) -> RecommendationFigures:
    """Of those delivered from `since` up to but without `until`; three queries."""
    found = council.recommendations.public().delivered()
    if since:
        found = found.filter(delivered_on__gte=since)
    if until:
        found = found.filter(delivered_on__lt=until)
    is_owed = Q(dossier__answers_due__answered_on=None, dossier__answers_due__comment=None)
    rows = found.annotate(
        waiting=Count("dossier__answers_due", filter=is_owed, distinct=True),
        laws=Count("acts", distinct=True),
    ).values_list("dossier", "waiting", "laws", "state")
    told = list(rows)
    dues = AnswerDue.objects.filter(dossier__in=[row[0] for row in told], comment=None)
    said = _dispositions(dues)
    closed = Recommendation.State.CLOSED_UNANSWERED
    return RecommendationFigures(
        delivered=len(told),
        answered=sum(not waiting for _dossier, waiting, _laws, _state in told),
        answers=figures_of(dues, today),
        accepted=said[Disposition.ACCEPTED],
        in_part=said[Disposition.IN_PART],
        rejected=said[Disposition.REJECTED],
        done=said[Disposition.DONE],
        implemented_by_act=sum(bool(laws) for _dossier, _waiting, laws, _state in told),
        closed_unanswered=sum(state == closed for _dossier, _waiting, _laws, state in told),
    )


def _dispositions(dues: AnswerDueQuerySet) -> Counter[str]:
    last = (
        Answer.objects.filter(answer_due__in=dues)
        .order_by("answer_due_id", "-version")
        .distinct("answer_due_id")
    )
    return Counter(last.values_list("disposition", flat=True))


def figures_of_council(council: Council) -> list[Figure]:
    """What the council's page shows; nothing before the first recommendation is delivered."""
    found = recommendation_figures(council, timezone.localdate())
    if not found.delivered:
        return []
    on_time = found.answers
    return [
        Figure(
            f"{found.answered}/{found.delivered}",
            _("recommendations answered"),
            _("accepted %(accepted)s, in part %(in_part)s, rejected %(rejected)s")
            % {
                "accepted": found.accepted + found.done,
                "in_part": found.in_part,
                "rejected": found.rejected,
            },
        ),
        Figure(
            percent(found.on_time_share, 1),
            _("of answers on time"),
            _("%(on_time)s of %(come)s")
            % {"on_time": on_time.on_time, "come": on_time.answered + on_time.overdue},
        ),
        Figure(str(found.implemented_by_act), _("carried out by a legal act")),
    ]
