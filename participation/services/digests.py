"""One message for many: what is held until a morning is gathered for each person and channel."""

from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from participation.event_kinds import DIGEST
from participation.models import Delivery, Event

log = structlog.get_logger()

MORNINGS_A_TASK = 200

# A digest for everybody who has something held for this morning, by the channel that holds it.
_GATHER = """
INSERT INTO participation_delivery
  (event_id, recipient_id, channel, state, attempts, next_attempt_at, error)
SELECT DISTINCT %(event)s::bigint, recipient_id, channel, 'waiting', 0, %(now)s::timestamptz, ''
FROM participation_delivery
WHERE state = 'held' AND digest_id IS NULL AND next_attempt_at = %(morning)s::timestamptz
ON CONFLICT DO NOTHING
RETURNING id
"""
# What is held travels in the digest that was just made, never in one that may be on its way.
_ATTACH = """
UPDATE participation_delivery held SET digest_id = digest.id
FROM participation_delivery digest
WHERE digest.id = ANY(%(digests)s::bigint[])
  AND digest.recipient_id = held.recipient_id AND digest.channel = held.channel
  AND held.state = 'held' AND held.digest_id IS NULL
  AND held.next_attempt_at = %(morning)s::timestamptz
"""
# It was written too late for the digest of that morning: it goes with the next one.
_TOMORROW = """
UPDATE participation_delivery SET next_attempt_at = next_attempt_at + interval '1 day'
WHERE state = 'held' AND digest_id IS NULL AND next_attempt_at = %(morning)s::timestamptz
"""


def gather_due() -> int:
    """Make the digests whose morning has come. Returns how many."""
    made = 0
    for _ in range(MORNINGS_A_TASK):
        gathered = _gather_oldest()
        if gathered is None:
            break
        made += gathered
    return made


@transaction.atomic
def _gather_oldest() -> int | None:
    """The digests of the oldest morning that is due; None if there is none.

    There is one event for a morning, so the key of deliveries allows each person one digest a
    morning and channel, however many workers gather.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7000, 2)")
        held = Delivery.objects.held(timezone.now()).order_by("next_attempt_at")
        morning = held.values_list("next_attempt_at", flat=True).first()
        if morning is None:
            return None
        event, _ = Event.objects.get_or_create(
            key=f"{DIGEST}:{morning.isoformat()}", defaults={"kind": DIGEST}
        )
        values: dict[str, Any] = {"event": event.pk, "now": timezone.now(), "morning": morning}
        cursor.execute(_GATHER, values)
        digests = [row[0] for row in cursor.fetchall()]
        cursor.execute(_ATTACH, {**values, "digests": digests})
        cursor.execute(_TOMORROW, values)
    log.info("digests_gathered", number=len(digests))
    return len(digests)
