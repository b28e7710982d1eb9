"""The path of a recommendation, and colours of states."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.citizen_voices import Voices
from councils.models import (
    ImplementationUpdate,
    LegalAct,
    PublicControlAction,
    Recommendation,
    RecommendationEvidence,
)
from participation.kinds import kind_named

register = template.Library()
NEWS = {"progress": "", "late": "warn", "done": "ok"}


def _tone(thing: Recommendation | PublicControlAction) -> str:
    state = kind_named(thing.dossier.kind).state(thing.state)
    return state.tone if state else ""


@register.filter
def recommendation_tone(recommendation: Recommendation) -> str:
    return _tone(recommendation)


@register.filter
def control_tone(action: PublicControlAction) -> str:
    return _tone(action)


@register.filter
def news_tone(news: ImplementationUpdate) -> str:
    return NEWS.get(news.kind, "")


@register.inclusion_tag("councils/recommendation_path.html")
def recommendation_path(
    recommendation: Recommendation,
    evidence: Sequence[RecommendationEvidence],
    acts: Sequence[LegalAct],
    voices: Sequence[Voices],
) -> dict[str, Any]:
    """Words at the hearing → motion → recommendation → answer → act → what citizens say."""
    motion, act = recommendation.motion, next(iter(acts), None)
    meeting = motion.item.meeting if motion else None
    is_answered = recommendation.state not in ("adopted", "delivered", "closed_unanswered")
    words = len(evidence)
    answered = sum(told.answered for told in voices)
    return {
        "steps": [
            _step(_("Words and papers"), ngettext("%(n)s place", "%(n)s places", words), n=words),
            _step(
                _("Vote of the council"),
                _day(recommendation.adopted_on),
                url=meeting.get_absolute_url() if meeting else "",
                is_done=motion is not None,
            ),
            _step(
                _("Delivered to state bodies"),
                _day(recommendation.delivered_on),
                is_done=recommendation.delivered_on is not None,
            ),
            _step(_("Answer"), recommendation.get_state_display(), is_done=is_answered),
            _step(_("Legal act"), _day(act.adopted_on) if act else "", is_done=act is not None),
            _step(
                _("What citizens say"),
                ngettext("%(n)s answer", "%(n)s answers", answered) if voices else "",
                url="#voices",
                is_done=bool(answered),
                n=answered,
            ),
        ]
    }


def _step(
    label: str, note: Any = "", *, url: str = "", is_done: bool = True, n: int | None = None
) -> dict[str, Any]:
    told = str(note) % {"n": n} if n is not None and note else str(note)
    return {"label": label, "note": told, "url": url, "is_done": is_done}


def _day(day: Any) -> str:
    return date_format(day) if day else ""
