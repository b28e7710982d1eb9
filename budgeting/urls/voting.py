"""The booth, and what keeps it honest."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views import conditions, envelopes, public, results, voting

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = [
    path("promise/", public.vote_promise, name="vote-promise"),
    path("verify.py", public.verify_script, name="verify-script"),
]

_envelope: list[URLPattern | URLResolver] = [
    path("", voting.ballot_cast, name="ballot-cast"),
    path("choose/", envelopes.envelope_choose, name="envelope-choose"),
    path("receipt/", voting.ballot_receipt, name="ballot-receipt"),
    path("log/", results.log_detail, name="log-detail"),
    path("log.csv", results.log_csv, name="log-csv"),
    path("openings.jsonl", results.openings_jsonl, name="openings-jsonl"),
    path("ballots.pb", results.ballots_pb, name="ballots-pb"),
    path("tally.json", results.tally_json, name="tally-json"),
    path("tally.csv", results.tally_csv, name="tally-csv"),
]

_conditions: list[URLPattern | URLResolver] = [
    path("", conditions.envelope_conditions, name="envelope-conditions"),
    path("conflict/", conditions.conflict_add, name="conflict-add"),
    path("conflict/remove/", conditions.conflict_remove, name="conflict-remove"),
    path("earmark/", conditions.projects_earmark, name="projects-earmark"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("ballot/", envelopes.envelope_list, name="envelope-list"),
    path("organise/conditions/<int:envelope>/", include(_conditions)),
    path("ballot/<int:envelope>/", include(_envelope)),
]
