from django.urls import URLPattern, URLResolver, path

from edp.views import needs, priorities
from edp.views.ideas import desk, pledges, public, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("ideas/", public.idea_list, name="idea-list"),
    path("ideas/ideas.csv", public.ideas_csv, name="ideas-csv"),
    path("ideas/ideas.json", public.ideas_json, name="ideas-json"),
    path("ideas/new/", writing.idea_create, name="idea-create"),
    path("ideas/similar/", public.idea_similar, name="idea-similar"),
    path("ideas/desk/", desk.idea_desk, name="idea-desk"),
    path("ideas/<int:number>/", public.idea_detail, name="idea-detail"),
    path("ideas/<int:number>/edit/", writing.idea_edit, name="idea-edit"),
    path("ideas/<int:number>/sources/", writing.idea_sources, name="idea-sources"),
    path("ideas/<int:number>/submit/", writing.idea_submit, name="idea-submit"),
    path("ideas/<int:number>/decide/", desk.idea_decide, name="idea-decide"),
    path("ideas/<int:number>/again/", desk.idea_again, name="idea-again"),
    path("ideas/<int:number>/translate/", desk.idea_translate, name="idea-translate"),
    path("ideas/<int:number>/pledge/", pledges.pledge_make, name="pledge-make"),
    path(
        "ideas/<int:number>/pledges/<int:pledge>/withdraw/",
        pledges.pledge_withdraw,
        name="pledge-withdraw",
    ),
    path("needs/", needs.need_list, name="need-list"),
    path("needs/suggest/", needs.match_suggest, name="match-suggest"),
    path("needs/<int:match>/confirm/", needs.match_confirm, name="match-confirm"),
    path("needs/<int:match>/dismiss/", needs.match_dismiss, name="match-dismiss"),
    path("priorities/", priorities.priority_list, name="priority-list"),
    path("priorities/<int:number>/", priorities.priority_detail, name="priority-detail"),
]
