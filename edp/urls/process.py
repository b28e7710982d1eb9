"""The process itself: what everybody sees, and the organiser's desk."""

from django.urls import URLPattern, URLResolver, path

from edp.views import processes

# Before a process is chosen: /edp/…
list_urls: list[URLPattern | URLResolver] = [
    path("", processes.process_list, name="process-list"),
]

# Of one process: /edp/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("", processes.process_detail, name="process-detail"),
]
