from django.urls import URLPattern, URLResolver, include, path

from budgeting.views import organiser, proposals, public, results, voting

app_name = "budgeting"

envelope_urls = [
    path("", voting.ballot_cast, name="ballot-cast"),
    path("receipt/", voting.ballot_receipt, name="ballot-receipt"),
    path("log/", results.log_detail, name="log-detail"),
    path("log.csv", results.log_csv, name="log-csv"),
    path("openings.jsonl", results.openings_jsonl, name="openings-jsonl"),
    path("ballots.pb", results.ballots_pb, name="ballots-pb"),
    path("tally.json", results.tally_json, name="tally-json"),
    path("tally.csv", results.tally_csv, name="tally-csv"),
]

organiser_urls = [
    path("", organiser.cycle_organise, name="cycle-organise"),
    path("dates/", organiser.cycle_dates, name="cycle-dates"),
    path("publish/", organiser.cycle_publish, name="cycle-publish"),
    path("freeze/<int:envelope>/", organiser.election_freeze, name="election-freeze"),
    path("advance/<int:envelope>/", organiser.election_advance, name="election-advance"),
    path("results/<int:envelope>/", organiser.results_publish, name="results-publish"),
    path("proposals/", organiser.proposal_queue, name="proposal-queue"),
    path("proposals/<int:number>/", organiser.proposal_review, name="proposal-review"),
    path("residents/", organiser.residence_confirm, name="residence-confirm"),
]

cycle_urls: list[URLPattern | URLResolver] = [
    path("", public.cycle_detail, name="cycle-detail"),
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/new/", proposals.proposal_submit, name="proposal-submit"),
    path("proposals/<int:number>/", proposals.proposal_detail, name="proposal-detail"),
    path("ballot/<int:envelope>/", include(envelope_urls)),
    path("results/", results.results_detail, name="results-detail"),
    path("organise/", include(organiser_urls)),
]

urlpatterns = [
    path("", public.cycle_list, name="cycle-list"),
    path("promise/", public.vote_promise, name="vote-promise"),
    path("verify.py", public.verify_script, name="verify-script"),
    path("new/", organiser.cycle_create, name="cycle-create"),
    path("<slug:slug>/", include(cycle_urls)),
]
