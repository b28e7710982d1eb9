"""A cycle as all see it, and as its organiser runs it."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views import cockpit, cycles, new_cycles, public

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = [
    path("", public.cycle_list, name="cycle-list"),
    path("new/", new_cycles.cycle_start, name="cycle-start"),
    path("new/<slug:key>/", new_cycles.cycle_create, name="cycle-create"),
]

_organise: list[URLPattern | URLResolver] = [
    path("", cockpit.cycle_organise, name="cycle-organise"),
    path("alike/", cockpit.proposal_alike, name="proposal-alike"),
    path("clone/", new_cycles.cycle_clone, name="cycle-clone"),
    path("dates/", cycles.cycle_dates, name="cycle-dates"),
    path("publish/", cycles.cycle_publish, name="cycle-publish"),
    path("freeze/<int:envelope>/", cycles.election_freeze, name="election-freeze"),
    path("advance/<int:envelope>/", cycles.election_advance, name="election-advance"),
    path("results/<int:envelope>/", cycles.results_publish, name="results-publish"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.cycle_detail, name="cycle-detail"),
    path("organise/", include(_organise)),
]
