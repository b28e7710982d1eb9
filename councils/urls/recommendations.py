"""Matters, recommendations and public control."""

from django.urls import URLPattern, URLResolver, include, path

from councils.views import control, dockets
from councils.views.recommendations import checks, desk, following_up, public

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("has-it-changed/<str:token>/", checks.check_token, name="check-token"),
]

docket_urls: list[URLPattern | URLResolver] = [
    path("", dockets.docket_detail, name="docket-detail"),
    path("atom.xml", dockets.docket_feed, name="docket-feed"),
    path("papers/new/", dockets.docket_paper, name="docket-paper"),
    path("tie/", dockets.docket_tie, name="docket-tie"),
]

recommendation_urls: list[URLPattern | URLResolver] = [
    path("", public.recommendation_detail, name="recommendation-detail"),
    path("draft/", desk.recommendation_draft, name="recommendation-draft"),
    path("edit/", desk.recommendation_edit, name="recommendation-edit"),
    path("evidence/new/", desk.evidence_add, name="evidence-add"),
    path("evidence/<int:pk>/remove/", desk.evidence_remove, name="evidence-remove"),
    path("adopt/", desk.recommendation_adopt, name="recommendation-adopt"),
    path("deliver/", desk.recommendation_deliver, name="recommendation-deliver"),
    path("close/", desk.recommendation_close, name="recommendation-close"),
    path("commitments/new/", following_up.commitment_add, name="commitment-add"),
    path("news/new/", following_up.update_add, name="update-add"),
    path("acts/new/", following_up.act_add, name="act-add"),
    path("check/", checks.check_detail, name="check-detail"),
    path("check/new/", desk.check_open, name="check-open"),
    path("check/links/", checks.check_links, name="check-links"),
]

control_urls: list[URLPattern | URLResolver] = [
    path("", control.control_detail, name="control-detail"),
    path("begin/", control.control_begin, name="control-begin"),
    path("finish/", control.control_finish, name="control-finish"),
    path("drop/", control.control_drop, name="control-drop"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("dockets/", dockets.docket_list, name="docket-list"),
    path("dockets/new/", dockets.docket_open, name="docket-open"),
    path("dockets/<int:number>/", include(docket_urls)),
    path("recommendations/", public.recommendation_list, name="recommendation-list"),
    path("recommendations.csv", public.recommendation_csv, name="recommendation-csv"),
    path("recommendations/new/", desk.recommendation_create, name="recommendation-create"),
    path("recommendations/<int:number>/", include(recommendation_urls)),
    path("control/", control.control_list, name="control-list"),
    path("control/new/", control.control_plan, name="control-plan"),
    path("control/<int:number>/", include(control_urls)),
]
