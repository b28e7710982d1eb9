"""Public hearings."""

from django.urls import URLPattern, URLResolver

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = []

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = []
