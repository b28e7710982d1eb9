"""Setting up stations, and who serves there."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from accounts.multilingual import Told
from budgeting.models import Cycle, Station, StationOfficer
from budgeting.services.paper.errors import ServesAlready, StationsNeedRegister
from budgeting.voting_rules import VotingRules
from participation.services import record


@dataclass(frozen=True)
class StationDraft:
    name: Told
    address: Told
    hours: Told

    def fields(self) -> dict[str, str]:
        parts = (("name", self.name), ("address", self.address), ("hours", self.hours))
        return {key: text for name, told in parts for key, text in told.fields(name).items()}


@transaction.atomic
def open_station(*, by: User, cycle: Cycle, draft: StationDraft) -> Station:
    """Raises StationsNeedRegister."""
    if not VotingRules.from_data(cycle.ruleset.data).voter_rules.needs_line:
        raise StationsNeedRegister
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)  # numbers without gaps
    last = cycle.stations.aggregate(last=Max("number"))["last"] or 0
    station = Station.objects.create(cycle=cycle, number=last + 1, **draft.fields())
    _record("budgeting.station_opened", by, station)
    return station


@transaction.atomic
def change_station(*, by: User, station: Station, draft: StationDraft) -> None:
    for name, text in draft.fields().items():
        setattr(station, name, text)
    station.save()
    _record("budgeting.station_changed", by, station)


@transaction.atomic
def appoint_officer(*, by: User, station: Station, person: User) -> StationOfficer:
    """Raises ServesAlready."""
    Station.objects.select_for_update(no_key=True).get(pk=station.pk)
    if station.officers.filter(person=person, ended_at=None).exists():
        raise ServesAlready
    officer = StationOfficer.objects.create(station=station, person=person, appointed_by=by)
    _record("budgeting.station_officer_appointed", by, station)
    return officer


@transaction.atomic
def end_service(*, by: User, officer: StationOfficer) -> None:
    """What the officer keyed stays."""
    officer = StationOfficer.objects.select_for_update().get(pk=officer.pk)
    if officer.ended_at is None:
        officer.ended_at = timezone.now()
        officer.save(update_fields=["ended_at"])
        _record("budgeting.station_officer_ended", by, officer.station)


def _record(kind: str, by: User, station: Station) -> None:
    record(kind=kind, dossier=station.cycle.dossier, actor=by, station=station.number)
