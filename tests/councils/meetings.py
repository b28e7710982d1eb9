"""A meeting of a council in any state, for tests of what happens there."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from councils.models import Council, Meeting
from councils.services.meetings.planning import (
    announce_meeting,
    begin_meeting,
    end_meeting,
    plan_meeting,
)
from participation.services import Wording

TEXTS = [
    Wording("kk", "Қоғамдық көлік", "Не талқыланады"),
    Wording("ru", "Общественный транспорт", "О чём речь"),
    Wording("en", "Public transport", "What it is about"),
]


def make_meeting(
    council: Council, *, state: str = "announced", starts_at: datetime | None = None, **fields: Any
) -> Meeting:
    """Planned, announced, open or held, by the services."""
    starts = starts_at or timezone.now()
    values: dict[str, Any] = {
        "kind": Meeting.Kind.MEETING,
        "wordings": TEXTS,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "Бейбітшілік көшесі, 11",
    }
    meeting = plan_meeting(by=None, council=council, **values | fields)
    if state != "planned":
        meeting = announce_meeting(by=None, meeting=meeting)
    if state in ("open", "held"):
        meeting = begin_meeting(by=None, meeting=meeting, at=starts)
    if state == "held":
        meeting = end_meeting(by=None, meeting=meeting, at=starts + timedelta(hours=2))
    return meeting
