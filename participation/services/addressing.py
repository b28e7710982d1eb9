"""From an event and people to delivery rows: one statement, however many people."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from participation.event_kinds import EventKind, Paces, kind_of_event
from participation.hours import hours
from participation.models import Event, Preference
from participation.models.reach import DEFAULT_TIME_ZONE

# One row for each person and channel that is wanted and can be reached. Rows that are there
# already stay as they are: whatever is repeated, nobody is told twice.
_INSERT = """
INSERT INTO participation_delivery
  (event_id, recipient_id, channel, state, attempts, next_attempt_at, error)
SELECT %(event)s::bigint, told.id, way.channel,
  CASE WHEN way.channel = 'site' THEN 'sent'
       WHEN wish.pace IN ('daily', 'weekly') THEN 'held' ELSE 'waiting' END,
  0,
  CASE WHEN way.channel = 'site' THEN %(now)s::timestamptz
       WHEN wish.pace = 'daily' THEN clock.daily
       WHEN wish.pace = 'weekly' THEN clock.weekly
       WHEN way.channel IN ('telegram', 'sms') THEN clock.waking
       ELSE %(now)s::timestamptz END,
  ''
FROM unnest(%(people)s::bigint[]) AS told(id)
JOIN accounts_user person ON person.id = told.id AND person.is_active
CROSS JOIN unnest(%(channels)s::text[], %(paces)s::text[]) AS way(channel, pace)
LEFT JOIN participation_reach reach ON reach.person_id = told.id
LEFT JOIN participation_preference chosen ON chosen.person_id = told.id
  AND chosen.category = %(category)s::text AND chosen.channel = way.channel
CROSS JOIN LATERAL (SELECT coalesce(chosen.pace, way.pace) AS pace) AS wish
JOIN unnest(%(zones)s::text[], %(daily)s::timestamptz[], %(weekly)s::timestamptz[],
            %(waking)s::timestamptz[]) AS clock(zone, daily, weekly, waking)
  ON clock.zone = coalesce(reach.time_zone, %(zone)s::text)
WHERE wish.pace <> 'never'
  AND (way.channel <> 'telegram' OR reach.telegram_chat <> '')
  AND (way.channel <> 'sms' OR reach.phone <> '')
ORDER BY told.id
ON CONFLICT DO NOTHING
"""


def address(event: Event, people: Sequence[int], *, channels: Sequence[str] | None = None) -> int:
    """Write the deliveries of an event to these people, by number. Returns how many are new.

    Whoever has left gets none. `channels`, where given, are used at once, whatever people prefer.
    """
    kind = kind_of_event(event.kind)
    paces = _paces(kind, channels)
    if not people or not paces:
        return 0
    asks_preferences = channels is None and kind.channels is None and not kind.is_legal
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "event": event.pk,
                "now": now,
                "people": sorted(people),
                "channels": [str(channel) for channel in paces],
                "paces": [str(pace) for pace in paces.values()],
                "category": kind.category if asks_preferences else "",
                "zone": DEFAULT_TIME_ZONE,
                **_clocks(now),
            },
        )
        return int(cursor.rowcount)


def _paces(kind: EventKind, channels: Sequence[str] | None) -> Paces:
    if channels is not None:
        return dict.fromkeys(channels, Preference.Pace.AT_ONCE)
    return kind.paces()


def _clocks(now: datetime) -> dict[str, list[object]]:
    """For each time zone that people can choose: when its next digests come, when it is awake."""
    zones = list(settings.TIME_ZONES)
    found = [hours(now, zone) for zone in zones]
    return {
        "zones": list(zones),
        "daily": [each.next_daily for each in found],
        "weekly": [each.next_weekly for each in found],
        "waking": [each.next_waking for each in found],
    }
