"""Votes on paper: stations, desks, batches, protocols."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views.paper import desk, keying, organiser, public

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

_organise: list[URLPattern | URLResolver] = [
    path("", organiser.station_manage, name="station-manage"),
    path("new/", organiser.station_open, name="station-open"),
    path("ballot/<int:envelope>.pdf", organiser.ballot_print, name="ballot-print"),
    path("<int:station>/", organiser.station_edit, name="station-edit"),
    path("<int:station>/officers/", organiser.officer_appoint, name="officer-appoint"),
    path("<int:station>/officers/<int:officer>/end/", organiser.officer_end, name="officer-end"),
    path(
        "<int:station>/protocol/<int:envelope>/",
        organiser.protocol_declare,
        name="protocol-declare",
    ),
]

_batch: list[URLPattern | URLResolver] = [
    path("", keying.batch_detail, name="batch-detail"),
    path("key/", keying.paper_key, name="paper-key"),
    path("papers/<int:number>/", keying.paper_decide, name="paper-decide"),
    path("close/", keying.batch_close, name="batch-close"),
]

_desk: list[URLPattern | URLResolver] = [
    path("", desk.station_desk, name="station-desk"),
    path("give/", desk.paper_give, name="paper-give"),
    path("batches/<int:batch>/", include(_batch)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("stations/", public.station_list, name="station-list"),
    path("stations/<int:station>/", public.station_protocol, name="station-protocol"),
    path("stations/<int:station>/desk/", include(_desk)),
    path("organise/stations/", include(_organise)),
]
