from django.urls import URLPattern, URLResolver, include, path

from edp.views import follow_up
from edp.views.strategy import organiser, public

part = "<str:kind>/<int:key>/"
version: list[URLPattern | URLResolver] = [
    path("", public.strategy_version, name="strategy-version"),
    path("annexes/", public.strategy_annexes, name="strategy-annexes"),
    path("print/", public.strategy_print, name="strategy-print"),
    path("document/<str:language>/", public.strategy_document, name="strategy-document"),
    path("edit/texts/", organiser.strategy_texts, name="strategy-texts"),
    path("edit/publish/", organiser.strategy_publish, name="strategy-publish"),
    path("edit/submit/", organiser.council_submit, name="strategy-submit"),
    path("edit/council/", organiser.council_opinion, name="strategy-council"),
    path("edit/akimat/", organiser.akimat_approve, name="strategy-akimat"),
    path("edit/maslikhat/", organiser.maslikhat_approve, name="strategy-maslikhat"),
    path("edit/enforce/", organiser.strategy_enforce, name="strategy-enforce"),
    path("edit/amend/", organiser.strategy_amend, name="strategy-amend"),
    path("edit/expire/", organiser.strategy_expire, name="strategy-expire"),
    path("edit/documents/", organiser.documents_make, name="strategy-documents"),
    path("edit/new/<str:kind>/<int:parent>/", organiser.part_add, name="strategy-part-add"),
    path(f"edit/{part}", organiser.part_detail, name="strategy-part"),
    path(f"edit/{part}edit/", organiser.part_edit, name="strategy-part-edit"),
    path(f"edit/{part}move/", organiser.part_move, name="strategy-part-move"),
    path(f"edit/{part}remove/", organiser.part_remove, name="strategy-part-remove"),
    path(
        "edit/priority/<int:key>/alignment/",
        organiser.alignment_edit,
        {"kind": "priority"},
        name="strategy-alignment",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("strategy/", public.strategy_detail, name="strategy-detail"),
    path("strategy/organise/", organiser.strategy_organise, name="strategy-organise"),
    path("strategy/organise/start/", organiser.strategy_start, name="strategy-start"),
    path("strategy/organise/next/", organiser.version_start, name="strategy-next"),
    path("strategy/plans/", organiser.plan_list, name="plan-list"),
    path("strategy/plans/<int:key>/new/", organiser.plan_objective_add, name="plan-objective-add"),
    path("strategy/<int:version>/", include(version)),
    path("follow-up/", follow_up.follow_up_detail, name="follow-up-detail"),
    path("follow-up/organise/", follow_up.follow_up_organise, name="follow-up-organise"),
    path("follow-up/indicators/<int:key>/", follow_up.indicator_measure, name="indicator-measure"),
    path(
        "follow-up/measurements/<int:key>/", follow_up.measurement_correct,
        name="measurement-correct",
    ),
    path("follow-up/spending/<int:key>/", follow_up.spending_add, name="spending-add"),
    path("follow-up/wheel/", follow_up.wheel_fill, name="wheel-fill"),
    path("follow-up/calls/new/", follow_up.call_add, name="call-add"),
    path("follow-up/calls/<int:key>/", follow_up.call_edit, name="call-edit"),
    path("follow-up/revision/", follow_up.revision_decide, name="revision-decide"),
]  # fmt: skip
