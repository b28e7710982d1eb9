"""All that became of one matter, in order of time: meetings, votes, recommendations, answers, acts.

Each kind of row is one query, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Docket, LegalAct, Meeting, Motion, PublicControlAction, Recommendation
from participation.models import AnswerDue, Attachment
from participation.relations import relation_named

if TYPE_CHECKING:
    from participation.models import Dossier


@dataclass(frozen=True)
class Entry:
    """One event; `key` never changes, for feeds."""

    day: date
    what: str
    title: str
    url: str
    key: str
    language: str = ""
    note: str = ""
    tone: str = ""


def story_of(docket: Docket) -> list[Entry]:
    """Oldest first."""
    recommendations = list(
        docket.recommendations.public()
        .select_related("dossier")
        .prefetch_related("dossier__texts")
        .order_by("number")
    )
    entries: list[Entry] = [
        *_sources(docket),
        *_papers(docket),
        *_meetings(docket),
        *_motions(docket),
        *_recommendations(recommendations),
        *_answers(recommendations),
        *_acts(recommendations),
        *_control(docket),
    ]
    return sorted(entries, key=lambda entry: entry.day)


def _of(dossier: Dossier) -> dict[str, str]:
    text = dossier.text
    return {
        "title": dossier.title,
        "url": dossier.get_absolute_url(),
        "language": text.language if text else "",
    }


def _sources(docket: Docket) -> Iterator[Entry]:
    """What the matter came from, on this site."""
    links = docket.dossier.links_in.filter(source__published_at__isnull=False)
    for link in links.select_related("source").prefetch_related("source__texts"):
        day = timezone.localdate(link.source.published_at)
        relation = str(relation_named(link.relation).backward)
        yield Entry(day, relation, key=f"link-{link.pk}", **_of(link.source))


def _papers(docket: Docket) -> Iterator[Entry]:
    for paper in Attachment.objects.filter(dossier=docket.dossier, comment=None):
        day = timezone.localdate(paper.added_at)
        yield Entry(day, _("Paper"), paper.name, paper.get_absolute_url(), f"paper-{paper.pk}")


def _meetings(docket: Docket) -> Iterator[Entry]:
    about = Q(agenda__dockets=docket) | Q(hearing__docket=docket)
    found = Meeting.objects.public().filter(about, council=docket.council).distinct()
    for meeting in found.for_display():
        yield Entry(
            timezone.localdate(meeting.starts_at),
            str(meeting.get_kind_display()),
            key=f"meeting-{meeting.pk}",
            note=str(meeting.get_state_display()),
            tone="bad" if meeting.state in ("cancelled", "no_quorum") else "",
            **_of(meeting.dossier),
        )


def _motions(docket: Docket) -> Iterator[Entry]:
    decided = (Motion.State.ADOPTED, Motion.State.REJECTED)
    found = Motion.objects.filter(
        item__dockets=docket,
        item__meeting__council=docket.council,
        item__meeting__dossier__published_at__isnull=False,
        state__in=decided,
    )
    for motion in found.select_related("item__meeting__dossier").distinct():
        meeting = motion.item.meeting
        is_adopted = motion.state == Motion.State.ADOPTED
        yield Entry(
            timezone.localdate(meeting.starts_at),
            _("Decision"),
            motion.text,
            meeting.get_absolute_url(),
            f"motion-{motion.pk}",
            note=str(motion.get_state_display()),
            tone="ok" if is_adopted else "bad",
        )


def _recommendations(found: Iterable[Recommendation]) -> Iterator[Entry]:
    for one in found:
        about = _of(one.dossier)
        if one.adopted_on:
            yield Entry(one.adopted_on, _("Recommendation"), key=f"adopted-{one.pk}", **about)
        if one.delivered_on:
            yield Entry(
                one.delivered_on, _("Recommendation delivered"), key=f"delivered-{one.pk}", **about
            )
        if one.closed_on:
            yield Entry(
                one.closed_on,
                _("Recommendation closed unanswered"),
                key=f"closed-{one.pk}",
                note=one.closing_reason,
                tone="bad",
                **about,
            )


def _answers(found: list[Recommendation]) -> Iterator[Entry]:
    dues = AnswerDue.objects.filter(
        dossier__in=[one.dossier_id for one in found], answered_on__isnull=False, comment=None
    )
    for due in dues.select_related("addressee").prefetch_related("answers"):
        if due.answered_on is None or due.answer is None:
            continue
        yield Entry(
            due.answered_on,
            _("Answer of %(body)s") % {"body": due.addressee},
            due.subject,
            due.get_absolute_url(),
            f"answer-{due.pk}",
            note=str(due.answer.get_disposition_display()),
            tone="bad" if due.days_late else "ok",
        )


def _acts(found: list[Recommendation]) -> Iterator[Entry]:
    by_key = {one.pk: one for one in found}
    for act in LegalAct.objects.filter(recommendation__in=list(by_key)):
        url = by_key[act.recommendation_id].get_absolute_url()
        what = _("Legal act %(number)s") % {"number": act.number}
        yield Entry(act.adopted_on, what, act.name, url, f"act-{act.pk}", tone="ok")


def _control(docket: Docket) -> Iterator[Entry]:
    found = PublicControlAction.objects.public().filter(docket=docket).for_display()
    for action in found:
        about = _of(action.dossier)
        kind = str(action.get_kind_display())
        yield Entry(action.starts_on, kind, key=f"control-{action.pk}", **about)
        if action.ended_on:
            note = str(action.get_final_display() or action.get_state_display())
            yield Entry(action.ended_on, kind, key=f"control-end-{action.pk}", note=note, **about)
