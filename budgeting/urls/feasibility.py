"""The city's check of what was proposed."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views.feasibility import authors, checking, desk, public, queue

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

_review: list[URLPattern | URLResolver] = [
    path("", checking.proposal_review, name="proposal-review"),
    path("checks/", checking.feasibility_checks, name="feasibility-checks"),
    path("estimate/", checking.feasibility_estimate, name="feasibility-estimate"),
    path("ask/", checking.question_ask, name="question-ask"),
    path("hand-over/", checking.review_handover, name="review-handover"),
    path("second-look/", desk.second_look, name="second-look"),
]

_authors: list[URLPattern | URLResolver] = [
    path("questions/<int:question>/", authors.question_answer, name="question-answer"),
    path("changes/", authors.changes_answer, name="changes-answer"),
    path("appeal/", authors.verdict_appeal, name="verdict-appeal"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("checking/", public.feasibility_progress, name="feasibility-progress"),
    path("organise/desk/", desk.feasibility_desk, name="feasibility-desk"),
    path("organise/desk/end/<int:role>/", desk.reviewer_end, name="reviewer-end"),
    path("organise/shortlist/", desk.proposal_shortlist, name="proposal-shortlist"),
    path("organise/proposals/", queue.proposal_queue, name="proposal-queue"),
    path("organise/proposals/assign/", queue.proposal_assign, name="proposal-assign"),
    path("organise/proposals/<int:number>/", include(_review)),
    path("proposals/<int:number>/", include(_authors)),
]
