"""A trial of a vote before its freeze."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views import trial_booth, trials

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

_organise: list[URLPattern | URLResolver] = [
    path("", trials.trial_detail, name="trial-detail"),
    path("open/", trials.trial_open, name="trial-open"),
    path("link/", trials.trial_link, name="trial-link"),
    path("revoke/", trials.trial_revoke, name="trial-revoke"),
    path("fill/", trials.trial_fill, name="trial-fill"),
    path("count/", trials.trial_count, name="trial-count"),
    path("end/", trials.trial_end, name="trial-end"),
]

_booth: list[URLPattern | URLResolver] = [
    path("", trial_booth.trial_cast, name="trial-cast"),
    path("link/<str:secret>/", trial_booth.trial_enter, name="trial-enter"),
    path("receipt/<uuid:ballot>/", trial_booth.trial_receipt, name="trial-receipt"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("organise/trial/<int:envelope>/", include(_organise)),
    path("trial/<int:envelope>/", include(_booth)),
]
