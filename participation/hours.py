"""Local mornings and nights: when a digest comes, and when a telephone stays quiet. No Django."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(8)
NIGHT = time(21)
MONDAY = 0


@dataclass(frozen=True)
class Hours:
    """Moments in one time zone, seen from one moment."""

    next_daily: datetime
    next_weekly: datetime
    next_waking: datetime


def is_night(moment: datetime, zone: str) -> bool:
    """Between 21:00 (included) and 8:00 (excluded) in that zone."""
    local = moment.astimezone(ZoneInfo(zone)).time()
    return local >= NIGHT or local < MORNING


def next_morning(moment: datetime, zone: str) -> datetime:
    """The next 8:00 in that zone that is later than the moment."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(zone))


def next_monday(moment: datetime, zone: str) -> datetime:
    """The next Monday 8:00 in that zone that is later than the moment."""
    morning = next_morning(moment, zone)
    days = (MONDAY - morning.weekday()) % 7
    return datetime.combine(morning.date() + timedelta(days=days), MORNING, ZoneInfo(zone))


def hours(moment: datetime, zone: str) -> Hours:
    """`next_waking` is the moment itself by day, and the morning by night."""
    morning = next_morning(moment, zone)
    waking = morning if is_night(moment, zone) else moment
    return Hours(morning, next_monday(moment, zone), waking)
