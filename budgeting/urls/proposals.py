"""Proposals: found, read, made."""

from django.urls import URLPattern, URLResolver, path

from budgeting.views import proposals

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/new/", proposals.proposal_submit, name="proposal-submit"),
    path("proposals/<int:number>/", proposals.proposal_detail, name="proposal-detail"),
]
