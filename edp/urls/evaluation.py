"""Evaluation: what everybody sees, the assessor's desk, the chair's."""

from django.urls import URLPattern, URLResolver, include, path

from edp.views.evaluation import assessor, lead, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("evaluation/", include([
        path("", public.evaluation_detail, name="evaluation-detail"),
        path("reports/<int:version>/", include([
            path("", public.report_detail, name="evaluation-report"),
            path("report.json", public.report_snapshot, name="evaluation-snapshot"),
            path("scores.json", public.report_scores, name="evaluation-scores"),
            path("scores.csv", public.report_table, name="evaluation-table"),
        ])),
        path("mine/", assessor.assessment_list, name="assessment-list"),
        path("mine/<int:number>/", assessor.assessment_write, name="assessment-write"),
        path("mine/<int:number>/interest/", assessor.interest_declare, name="interest-declare"),
        path("criteria/", lead.criteria_edit, name="criteria-edit"),
        path("criteria/sets/", lead.criteria_choose, name="criteria-choose"),
        path("panel/", lead.panel_manage, name="evaluation-organise"),
        path("panel/<int:pk>/ruling/", lead.interest_rule, name="interest-rule"),
        path("panel/<int:pk>/reopening/", lead.sheet_reopen, name="sheet-reopen"),
        path("publish/", lead.evaluation_publish, name="evaluation-publish"),
        path("decision/", lead.priorities_select, name="priorities-select"),
        path("ideas/<int:number>/exception/", lead.idea_excuse, name="idea-excuse"),
    ])),
]  # fmt: skip
