"""Who may vote, and how it is shown."""

from django.urls import URLPattern, URLResolver, path

from budgeting.views import proofs

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("organise/residents/", proofs.residence_confirm, name="residence-confirm"),
]
