"""Where a person served at a voting station, and how many papers they keyed: exported; it stays."""

from typing import Any

from django.db.models import Count

from accounts import personal_data
from accounts.models import User
from budgeting.models import PaperBatch, PaperEntry, StationOfficer, StationProtocol


def export(person: User) -> dict[str, Any]:
    served = StationOfficer.objects.filter(person=person).select_related("station__cycle")
    keyed = PaperEntry.objects.filter(keyer=person).order_by()
    declared = StationProtocol.objects.filter(declared_by=person).select_related("station__cycle")
    return {
        "stations": [
            {
                "cycle": row.station.cycle.slug,
                "station": row.station.number,
                "from": row.appointed_at.isoformat(),
                "until": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in served
        ],
        "papers_keyed": list(
            keyed.values("batch__station__cycle__slug", "batch__number").annotate(
                papers=Count("pk")
            )
        ),
        "batches_made": PaperBatch.objects.filter(made_by=person).count(),
        "protocols": [
            {"cycle": row.station.cycle.slug, "station": row.station.number} for row in declared
        ],
    }


def erase(person: User) -> None:
    """Nothing: that two people looked at each paper has to stay; the account left has no name."""


def connect() -> None:
    personal_data.register("budgeting_papers", export=export, erase=erase)
