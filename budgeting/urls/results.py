"""What was decided."""

from django.urls import URLPattern, URLResolver, path

from budgeting.views import results

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("results/", results.results_detail, name="results-detail"),
]
