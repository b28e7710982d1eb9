"""Meetings and statements."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from edp.views.workshops import boards, capture, doors, hall, planning, public, statements

# Before a process is chosen: /edp/…
list_urls: list[URLPattern | URLResolver] = [
    path("join/", hall.hall_join, name="hall-join"),
    re_path(r"^join/(?P<code>[0-9]{6})/$", hall.hall_phone, name="hall-phone"),
    re_path(r"^join/(?P<code>[0-9]{6})/dots/$", hall.hall_dots, name="hall-dots"),
    path("obstacles/", statements.obstacle_list, name="obstacle-list"),
    path("obstacles.csv", statements.obstacle_file, name="obstacle-file"),
]

workshop_urls: list[URLPattern | URLResolver] = [
    path("", public.workshop_detail, name="workshop-detail"),
    path("calendar.ics", public.workshop_calendar, name="workshop-calendar"),
    path("register/", public.workshop_register, name="workshop-register"),
    path("place/", public.registration_detail, name="registration-detail"),
    path("place/cancel/", public.registration_cancel, name="registration-cancel"),
    path("desk/", planning.workshop_desk, name="workshop-desk"),
    path("edit/", planning.workshop_edit, name="workshop-edit"),
    path("announce/", planning.workshop_announce, name="workshop-announce"),
    path("begin/", planning.workshop_begin, name="workshop-begin"),
    path("end/", planning.workshop_end, name="workshop-end"),
    path("cancel/", planning.workshop_cancel, name="workshop-cancel"),
    path("report/", planning.workshop_report, name="workshop-report"),
    path("invitations/", doors.invitation_list, name="invitation-list"),
    path("invitations/list/", doors.invitation_paste, name="invitation-paste"),
    path("check-in/", doors.check_in_list, name="check_in-list"),
    path("check-in/<str:code>/", doors.check_in_detail, name="check_in-detail"),
    path("heads/", doors.head_count, name="head_count-edit"),
    path("capture/", capture.statement_capture, name="statement-capture"),
    path("capture/<int:statement>/", capture.statement_release, name="statement-release"),
    path("board/", boards.workshop_board, name="workshop-board"),
    path("board/move/", boards.statement_move, name="statement-move"),
    path("board/dots/open/", boards.dots_open, name="dots-open"),
    path("board/dots/paper/", boards.dots_on_paper, name="dots-paper"),
    path("board/dots/close/", boards.dots_close, name="dots-close"),
    path("screen/", hall.hall_screen, name="hall-screen"),
    re_path(r"^live/(?P<what>screen|phone)/$", hall.hall_live, name="hall-live"),
]

# Of one process: /edp/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("workshops/", public.workshop_list, name="workshop-list"),
    path("workshops/calendar.ics", public.calendar_feed, name="workshop-feed"),
    path("workshops/new/", planning.workshop_plan, name="workshop-plan"),
    path("workshops/<int:number>/", include(workshop_urls)),
    path("statements/", statements.statement_list, name="statement-list"),
    path("statements/<int:number>/", statements.statement_detail, name="statement-detail"),
    path(
        "statements/<int:number>/translate/",
        statements.statement_translate,
        name="statement-translate",
    ),
    path(
        "statements/<int:number>/supersede/",
        statements.statement_supersede,
        name="statement-supersede",
    ),
    path("statements/<int:number>/erase/", statements.statement_erase, name="statement-erase"),
]
