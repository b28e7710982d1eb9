"""What people are told of recommendations, citizen checks and public control."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from councils.models import PublicControlAction, Recommendation
from participation.event_kinds import FOLLOWED, OWN, EventKind
from participation.models import Event


def _recommendations(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """As they stand when the messages are written."""
    rows = Recommendation.objects.for_display().in_bulk(
        {event.data["recommendation"] for event in events}
    )
    return {event.pk: {"recommendation": rows[event.data["recommendation"]]} for event in events}


def _controls(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    rows = PublicControlAction.objects.for_display().in_bulk(
        {event.data["control"] for event in events}
    )
    return {event.pk: {"control": rows[event.data["control"]]} for event in events}


RECOMMENDATION_KINDS = [
    EventKind(
        "recommendation_adopted",
        FOLLOWED,
        _("A council adopted a recommendation"),
        contexts=_recommendations,
    ),
    EventKind(
        "recommendation_delivered",
        FOLLOWED,
        _("A recommendation was delivered"),
        contexts=_recommendations,
    ),
    EventKind(
        "recommendation_moved",
        FOLLOWED,
        _("News of a recommendation"),
        contexts=_recommendations,
    ),
    EventKind(
        "citizen_check_opened",
        OWN,
        _("You are asked whether it has changed"),
        contexts=_recommendations,
    ),
    EventKind("control_moved", FOLLOWED, _("News of public control"), contexts=_controls),
]
