"""The kinds of event that tell of evidence."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from edp.models import DatasetVersion
from participation.event_kinds import FOLLOWED, EventKind
from participation.models import Event


def _versions(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    numbers = {event.pk: event.data["version"] for event in events}
    versions = DatasetVersion.objects.select_related("dataset").in_bulk(set(numbers.values()))
    return {pk: {"version": versions.get(number)} for pk, number in numbers.items()}


EVIDENCE_KINDS = [
    EventKind(
        "evidence_published",
        FOLLOWED,
        _("Figures of a discovery process are published"),
        tells_area=False,
        contexts=_versions,
    ),
]
