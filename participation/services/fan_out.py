"""From an event to the many people who follow: in batches, each a transaction of its own."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from participation.event_kinds import kind_of_event
from participation.models import Event, FanOut, Territory
from participation.services.addressing import address

log = structlog.get_logger()

BATCH = 1000
# A task ends long before Celery would end it; the next bell goes on where it stopped.
SECONDS_A_TASK = 240.0

_FOLLOWERS = """
SELECT person_id FROM participation_follow
WHERE person_id > %(reached)s::bigint
  AND (dossier_id = %(dossier)s::bigint OR organisation_id = %(organisation)s::bigint
       OR territory_id = ANY(%(places)s::bigint[]))
UNION
SELECT person_id FROM participation_role
WHERE person_id > %(reached)s::bigint AND kind = ANY(%(roles)s::text[])
  AND valid_from <= statement_timestamp()
  AND (valid_to IS NULL OR valid_to > statement_timestamp())
  AND (dossier_id = %(dossier)s::bigint OR territory_id = ANY(%(role_places)s::bigint[]))
ORDER BY person_id LIMIT %(limit)s::int
"""
# A letter to a place concerns whoever follows it, a place in it, or one above it.
NEWSLETTER_READERS = """
WITH RECURSIVE below AS (
  SELECT id FROM participation_territory WHERE id = %(territory)s::bigint
  UNION ALL SELECT part.id FROM participation_territory part JOIN below ON part.parent_id = below.id
), above AS (
  SELECT id, parent_id FROM participation_territory WHERE id = %(territory)s::bigint
  UNION ALL SELECT upper.id, upper.parent_id
  FROM participation_territory upper JOIN above ON upper.id = above.parent_id
)
SELECT DISTINCT person_id FROM participation_follow
WHERE person_id > %(reached)s::bigint
  AND (territory_id IN (SELECT id FROM below) OR territory_id IN (SELECT id FROM above))
"""


def fan_out_waiting() -> int:
    """Go on with every fan-out under way. Returns how many deliveries were written."""
    written, deadline = 0, monotonic() + SECONDS_A_TASK
    while monotonic() < deadline and (batch := _next_batch()) is not None:
        written += batch
    return written


@transaction.atomic
def _next_batch() -> int | None:
    """One batch of one fan-out; None if there is none that no other worker holds.

    The row's lock is the lease: a worker that is killed gives it back with its transaction, and
    with it everything the batch had written.
    """
    working = FanOut.objects.filter(state=FanOut.State.WORKING).order_by("pk")
    locked = working.select_for_update(skip_locked=True, of=("self",))
    fan_out = locked.select_related("event__dossier__territory", "event__territory").first()
    if fan_out is None:
        return None
    people = AUDIENCES[fan_out.audience](fan_out)
    event = fan_out.event
    told = [person for person in people if person != event.actor_id]
    written = address(event, told)
    fan_out.people += len(told)
    if len(people) < BATCH:
        fan_out.state, fan_out.finished_at = FanOut.State.DONE, timezone.now()
        log.info("fan_out_done", kind=event.kind, people=fan_out.people)
    else:
        fan_out.reached = people[-1]
    fan_out.save(update_fields=["people", "state", "finished_at", "reached"])
    return written


def _followers(fan_out: FanOut) -> list[int]:
    event = fan_out.event
    places = with_places_above(event)
    tells_area = kind_of_event(event.kind).tells_area and _is_public(event)
    return _numbers(
        _FOLLOWERS,
        reached=fan_out.reached,
        dossier=event.dossier_id if _is_public(event) else None,
        organisation=event.organisation_id,
        places=places if tells_area else [],
        roles=[str(role) for role in fan_out.roles],
        role_places=places,
        limit=BATCH,
    )


def _newsletter_readers(fan_out: FanOut) -> list[int]:
    return _numbers(
        f"{NEWSLETTER_READERS} ORDER BY person_id LIMIT %(limit)s::int",
        territory=fan_out.event.territory_id,
        reached=fan_out.reached,
        limit=BATCH,
    )


def _is_public(event: Event) -> bool:
    """Whoever follows a place is not told of drafts in it."""
    return event.dossier is None or event.dossier.published_at is not None


def with_places_above(event: Event) -> list[int]:
    """The place of an event and those above it, by number."""
    place: Territory | None = event.dossier.territory if event.dossier else event.territory
    found = []
    while place is not None:
        found.append(place.pk)
        place = place.parent
    return found


def _numbers(sql: str, **parameters: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


AUDIENCES: dict[str, Callable[[FanOut], list[int]]] = {
    FanOut.Audience.FOLLOWERS: _followers,
    FanOut.Audience.NEWSLETTER: _newsletter_readers,
}
