"""Where to vote on paper, and what each box held: for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgeting.models import Cycle, Station
from budgeting.views.loading import named_cycle, public_station
from participation.guards import requires


@require_safe
@requires(None, named_cycle)
def station_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    stations = cycle.stations.prefetch_related("protocols")
    return render(request, "budgeting/station_list.html", {"cycle": cycle, "stations": stations})


@require_safe
@requires(None, public_station)
def station_protocol(request: HttpRequest, station: Station) -> HttpResponse:
    protocols = station.protocols.select_related("election__envelope").order_by(
        "election__envelope__number"
    )
    context = {"cycle": station.cycle, "station": station, "protocols": protocols}
    return render(request, "budgeting/station_protocol.html", context)
