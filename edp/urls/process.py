"""The process itself: what everybody sees, and the organiser's desk."""

from django.urls import URLPattern, URLResolver

# Before a process is chosen: /edp/…
list_urls: list[URLPattern | URLResolver] = []

# Of one process: /edp/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = []
