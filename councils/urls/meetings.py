"""Meetings, sessions of state bodies, calendars."""

from django.urls import URLPattern, URLResolver, include, path

from councils.views.meetings import public

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = []

meeting_urls: list[URLPattern | URLResolver] = [
    path("", public.meeting_detail, name="meeting-detail"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", public.meeting_list, name="meeting-list"),
    path("meetings/<int:number>/", include(meeting_urls)),
]
