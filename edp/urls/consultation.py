"""Below /edp/<slug>/consultation/: reading and commenting, voting, the report, the desk."""

from django.urls import URLPattern, URLResolver, include, path

from edp.views.consultation import desk, reading, report, voting

in_a_round: list[URLPattern | URLResolver] = [
    path("", reading.round_detail, name="round-detail"),
    path("versions/<int:version>/", reading.round_version, name="round-version"),
    path("changes/", reading.round_changes, name="round-changes"),
    path("passages/<int:key>/", reading.passage_detail, name="passage-detail"),
    path("report/", report.round_report, name="round-report"),
    path("report.csv", report.round_report_csv, name="round-report-csv"),
    path("report.json", report.round_report_json, name="round-report-json"),
    path("vote/", voting.vote_next, name="vote-next"),
    path("vote/<int:statement>/", voting.vote_cast, name="vote-cast"),
    path("statements/", voting.vote_list, name="vote-list"),
    path("statements/new/", voting.vote_propose, name="vote-propose"),
    path("votes.csv", voting.vote_csv, name="vote-csv"),
    path("votes.json", voting.vote_json, name="vote-json"),
    path("enter/", desk.comment_enter, name="comment-enter"),
    path("organise/", desk.round_organise, name="round-organise"),
    path("organise/act/", desk.round_act, name="round-act"),
    path("organise/change/", desk.round_change, name="round-change"),
    path("organise/extend/", desk.round_extend, name="round-extend"),
    path("organise/passages/new/", desk.passage_add, name="passage-add"),
    path("organise/passages/<int:key>/", desk.passage_change, name="passage-change"),
    path("organise/passages/<int:key>/remove/", desk.passage_remove, name="passage-remove"),
    path("organise/statements/new/", desk.vote_add, name="vote-add"),
    path("organise/statements/<int:statement>/", desk.vote_decide, name="vote-decide"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultation/", reading.consultation_detail, name="consultation-detail"),
    path("consultation/organise/", desk.consultation_organise, name="consultation-organise"),
    path("consultation/new/", desk.consultation_create, name="consultation-create"),
    path("consultation/<int:number>/", include(in_a_round)),
]
