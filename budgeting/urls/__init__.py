from django.urls import include, path

from budgeting.urls import (
    cycles,
    feasibility,
    paper,
    proofs,
    proposals,
    results,
    trials,
    voting,
    works,
)

app_name = "budgeting"

parts = (cycles, proposals, feasibility, proofs, paper, trials, voting, results, works)

urlpatterns = [
    *[url for part in parts for url in part.list_urls],
    path("<slug:slug>/", include([url for part in parts for url in part.urlpatterns])),
]
