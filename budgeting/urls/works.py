"""What became of the winners, who voted, and the years before."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views import works

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = [
    path("archive/", works.archive_list, name="archive-list"),
]

_work: list[URLPattern | URLResolver] = [
    path("", works.work_detail, name="work-detail"),
    path("builder/", works.work_entrust, name="work-entrust"),
    path("news/", works.work_report, name="work-report"),
    path("money/", works.work_money, name="work-money"),
    path("milestones/", works.milestone_plan, name="milestone-plan"),
    path("milestones/<int:milestone>/reached/", works.milestone_reach, name="milestone-reach"),
    path("milestones/<int:milestone>/put-off/", works.milestone_put_off, name="milestone-put_off"),
    *(path(f"{kind}/", view, name=f"work-{kind}") for kind, view in works.turns.items()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("works/", works.work_list, name="work-list"),
    path("works/<int:number>/", include(_work)),
    path("participation/", works.participation_detail, name="participation-detail"),
]
