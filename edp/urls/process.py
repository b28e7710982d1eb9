"""The process itself: what everybody sees, and the organiser's desk."""

from django.urls import URLPattern, URLResolver, include, path

from edp.views import desk, groups, processes

organise_urls = [
    path("", desk.process_organise, name="process-organise"),
    path("text/", desk.process_edit, name="process-edit"),
    path("dates/", desk.process_dates, name="process-dates"),
    path("pass/", desk.gate_pass, name="gate-pass"),
    path("freeze/", desk.rules_freeze, name="rules-freeze"),
    path("waive/", desk.condition_waive, name="condition-waive"),
    path("decide/", desk.process_move, name="process-move"),
    path("decision/", desk.decision_publish, name="decision-publish"),
    path("resources/", desk.resources_edit, name="resources-edit"),
    path("outputs/", desk.outputs_edit, name="outputs-edit"),
    path("leads/", desk.lead_edit, name="lead-edit"),
    path("groups/", groups.membership_list, name="membership-list"),
    path("groups/<int:seat>/leave/", groups.membership_leave, name="membership-leave"),
]

# Before a process is chosen: /edp/…
list_urls: list[URLPattern | URLResolver] = [
    path("", processes.process_list, name="process-list"),
    path("new/", desk.process_create, name="process-create"),
]

# Of one process: /edp/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("", processes.process_detail, name="process-detail"),
    path("decisions/", processes.decision_list, name="decision-list"),
    path("clone/", desk.process_clone, name="process-clone"),
    path("groups/<int:seat>/interests/", groups.interests_declare, name="interests-declare"),
    path("organise/", include(organise_urls)),
]
