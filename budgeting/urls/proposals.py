"""Proposals: found, read, made, shaped."""

from django.urls import URLPattern, URLResolver, path

from budgeting.views.proposals import authoring, desk, drafting, public

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

DRAFT = "proposals/drafts/<uuid:key>"
PROPOSAL = "proposals/<int:number>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/", public.proposal_list, name="proposal-list"),
    path("proposals/new/", drafting.proposal_submit, name="proposal-submit"),
    path("proposals/similar/", drafting.proposal_similar, name="proposal-similar"),
    path("proposals/drafts/", drafting.draft_list, name="draft-list"),
    path(f"{DRAFT}/what/", drafting.draft_what, name="draft-what"),
    path(f"{DRAFT}/where/", drafting.draft_where, name="draft-where"),
    path(f"{DRAFT}/how/", drafting.draft_how, name="draft-how"),
    path(f"{DRAFT}/save/", drafting.draft_save, name="draft-save"),
    path(f"{DRAFT}/photo/", drafting.draft_photo, name="draft-photo"),
    path(f"{DRAFT}/delete/", drafting.draft_delete, name="draft-delete"),
    path(f"{PROPOSAL}/", public.proposal_detail, name="proposal-detail"),
    path(f"{PROPOSAL}/versions/", public.proposal_versions, name="proposal-versions"),
    path(f"{PROPOSAL}/edit/", authoring.proposal_edit, name="proposal-edit"),
    path(f"{PROPOSAL}/withdraw/", authoring.proposal_withdraw, name="proposal-withdraw"),
    path(f"{PROPOSAL}/invite/", authoring.proposal_invite, name="proposal-invite"),
    path(f"{PROPOSAL}/invitation/", authoring.invitation_answer, name="invitation-answer"),
    path(f"{PROPOSAL}/note/", authoring.note_write, name="note-write"),
    path(f"{PROPOSAL}/merge/", authoring.proposal_merge, name="proposal-merge"),
    path(f"{PROPOSAL}/merge/undo/", authoring.merge_undo, name="merge-undo"),
    path(f"{PROPOSAL}/merge/<int:merge>/", authoring.merge_answer, name="merge-answer"),
    path("organise/paper/", desk.paper_enter, name="paper-enter"),
    path("organise/usual-costs/", desk.unit_cost_list, name="unit-cost-list"),
    path("organise/usual-costs/<int:row>/remove/", desk.unit_cost_remove, name="unit-cost-remove"),
]
