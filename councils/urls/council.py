"""A council and its members."""

from django.urls import URLPattern, URLResolver, path

from councils.views import councils

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [path("", councils.council_list, name="council-list")]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("", councils.council_detail, name="council-detail"),
]
