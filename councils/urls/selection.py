"""Selection of members and draws by lot."""

from django.urls import URLPattern, URLResolver, include, path

from councils.views.draws import desk as draw_desk
from councils.views.draws import public as draws
from councils.views.selection import desk, judging, public

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("verify_draw.py", draws.draw_script, name="draw-script"),
]

selection_urls: list[URLPattern | URLResolver] = [
    path("", public.selection_detail, name="selection-detail"),
    path("apply/", public.candidacy_apply, name="candidacy-apply"),
    path("withdraw/", public.candidacy_withdraw, name="candidacy-withdraw"),
    path("desk/", desk.selection_desk, name="selection-desk"),
    path("group/", desk.group_edit, name="group-edit"),
    path("group/<int:member>/remove/", desk.group_remove, name="group-remove"),
    path("group/<int:member>/sheet/", judging.judgement_give, name="judgement-give"),
    path("criteria/", desk.criterion_add, name="criterion-add"),
    path("group/form/", desk.group_form, name="group-form"),
    path("call/open/", desk.call_open, name="call-open"),
    path("call/close/", desk.call_close, name="call-close"),
    path("candidates/enter/", desk.candidacy_enter, name="candidacy-enter"),
    path("candidates/<int:candidate>/", desk.candidacy_screen, name="candidacy-screen"),
    path("compare/", desk.comparison_begin, name="comparison-begin"),
    path("lot/", desk.lot_prepare, name="lot-prepare"),
    path("decide/", desk.selection_decide, name="selection-decide"),
    path("act/", desk.act_register, name="act-register"),
    path("appoint/", desk.elected_appoint, name="elected-appoint"),
    path("fail/", desk.selection_fail, name="selection-fail"),
]

draw_urls: list[URLPattern | URLResolver] = [
    path("", draws.draw_detail, name="draw-detail"),
    path("files/<str:name>", draws.draw_file, name="draw-file"),
    path("volunteer/", draws.volunteer_edit, name="volunteer-edit"),
    path("volunteer/withdraw/", draws.volunteer_withdraw, name="volunteer-withdraw"),
    path("desk/", draw_desk.draw_desk, name="draw-desk"),
    path("attributes/", draw_desk.feature_edit, name="feature-edit"),
    path("open/", draw_desk.pool_open, name="pool-open"),
    path("paper/", draw_desk.volunteer_enter, name="volunteer-enter"),
    path("freeze/", draw_desk.pool_freeze, name="pool-freeze"),
    path("randomness/", draw_desk.randomness_announce, name="randomness-announce"),
    path("secrets/", draw_desk.secret_enter, name="secret-enter"),
    path("lottery/", draw_desk.lottery_ask, name="lottery-ask"),
    path("reveal/", draw_desk.secret_reveal, name="secret-reveal"),
    path("draw/", draw_desk.panel_draw, name="panel-draw"),
    path("replace/", draw_desk.seat_replace, name="seat-replace"),
    path("close/", draw_desk.draw_close, name="draw-close"),
    path("void/", draw_desk.draw_void, name="draw-void"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("selection/", public.selection_list, name="selection-list"),
    path("selection/new/", desk.selection_plan, name="selection-plan"),
    path("selection/<int:number>/", include(selection_urls)),
    path("draws/new/", draw_desk.draw_plan, name="draw-plan"),
    path("draws/<int:number>/", include(draw_urls)),
]
