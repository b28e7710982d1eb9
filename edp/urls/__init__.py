from django.urls import include, path

from edp.urls import (
    consultation,
    delphi,
    evaluation,
    evidence,
    ideas,
    process,
    strategy,
    workshops,
)

app_name = "edp"

parts = (process, evidence, workshops, delphi, ideas, evaluation, consultation, strategy)

urlpatterns = [
    *process.list_urls,
    *workshops.list_urls,
    path("<slug:slug>/", include([url for part in parts for url in part.urlpatterns])),
]
