"""The city's check of what was proposed."""

from django.urls import URLPattern, URLResolver, path

from budgeting.views import feasibility

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("organise/proposals/", feasibility.proposal_queue, name="proposal-queue"),
    path(
        "organise/proposals/<int:number>/",
        feasibility.proposal_review,
        name="proposal-review",
    ),
]
