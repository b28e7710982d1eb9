from django.urls import include, path

from councils.urls import council, hearings, meetings, recommendations, selection, work

app_name = "councils"

parts = (council, selection, meetings, hearings, recommendations, work)

urlpatterns = [
    *[url for part in parts for url in part.list_urls],
    path("<slug:slug>/", include([url for part in parts for url in part.urlpatterns])),
]
