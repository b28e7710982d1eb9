"""Public hearings."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from councils.views.hearings import (
    coming,
    doors,
    floor,
    live,
    minutes,
    phones,
    planning,
    public,
)

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("join/", phones.phone_join, name="hearing_phone-join"),
    re_path(r"^join/(?P<code>[0-9]{6})/$", phones.phone_detail, name="hearing_phone-detail"),
    re_path(
        r"^join/(?P<code>[0-9]{6})/questions/(?P<number>[0-9]{1,5})/$",
        phones.question_support,
        name="hearing_question-support",
    ),
    path("submissions/files/<uuid:key>/", public.submission_file, name="submission-file"),
]

hearing_urls: list[URLPattern | URLResolver] = [
    path("", public.hearing_detail, name="hearing-detail"),
    path("questions.csv", public.question_file, name="hearing_question-file"),
    path("screen/", live.hearing_screen, name="hearing-screen"),
    re_path(r"^live/(?P<what>page|screen|phone)/$", live.hearing_live, name="hearing-live"),
    path("register/", coming.place_create, name="hearing_place-create"),
    path("places/<str:code>/", coming.place_detail, name="hearing_place-detail"),
    re_path(
        r"^places/(?P<code>\w+)/(?P<verb>confirm|cancel|speak)/$",
        coming.place_change,
        name="hearing_place-change",
    ),
    path("ask/", phones.question_ask, name="hearing_question-ask"),
    path("submit/", coming.submission_create, name="submission-create"),
    path("submissions/<str:code>/", coming.submission_detail, name="submission-detail"),
    path("desk/", planning.hearing_desk, name="hearing-desk"),
    path("edit/", planning.hearing_edit, name="hearing-edit"),
    path("announce/", planning.hearing_announce, name="hearing-announce"),
    path("move/", planning.hearing_move, name="hearing-move"),
    path("cancel/", planning.hearing_cancel, name="hearing-cancel"),
    path("fail/", planning.hearing_fail, name="hearing-fail"),
    path("begin/", planning.hearing_begin, name="hearing-begin"),
    path("end/", planning.hearing_end, name="hearing-end"),
    path(
        "desk/submissions/<int:submission>/withdraw/",
        planning.submission_withdraw,
        name="submission-withdraw",
    ),
    path("minutes/", minutes.minutes_write, name="hearing_minutes-write"),
    re_path(
        r"^minutes/(?P<verb>secretary|chair|publish)/$",
        minutes.minutes_press,
        name="hearing_minutes-press",
    ),
    path("door/", doors.door_list, name="hearing_door-list"),
    path("door/<str:code>/", doors.door_detail, name="hearing_door-detail"),
    path("floor/", floor.floor_desk, name="hearing_floor-desk"),
    re_path(
        r"^floor/(?P<speaker>[0-9]{1,4})/(?P<verb>call|begin|pause|end|skip)/$",
        floor.floor_press,
        name="hearing_floor-press",
    ),
    path("questions/", floor.question_desk, name="hearing_question-desk"),
    path("questions/<int:question>/answer/", floor.question_answer, name="hearing_question-answer"),
    re_path(
        r"^questions/(?P<question>[0-9]{1,5})/(?P<verb>show|write|decline)/$",
        floor.question_press,
        name="hearing_question-press",
    ),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("hearings/", public.hearing_list, name="hearing-list"),
    path("hearings/new/", planning.hearing_plan, name="hearing-plan"),
    path("hearings/<int:number>/", include(hearing_urls)),
]
