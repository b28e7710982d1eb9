"""Meetings, sessions of state bodies, calendars."""

from django.urls import URLPattern, URLResolver, include, path

from councils.views.meetings import calendars, floor, minutes, planning, public, sessions, voting

session_urls: list[URLPattern | URLResolver] = [
    path("", sessions.session_detail, name="session-detail"),
    path("calendar.ics", calendars.session_calendar, name="session-calendar"),
    path("move/", sessions.session_move, name="session-move"),
    path("cancel/", sessions.session_cancel, name="session-cancel"),
    path("agenda/new/", sessions.session_item_add, name="session_item-add"),
    path("agenda/<int:item>/decision/", sessions.session_decision, name="session_decision-enter"),
]

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("calendar/", calendars.calendar_list, name="calendar-list"),
    path("calendar/<slug:region>.ics", calendars.region_feed, name="calendar-region"),
    path("sessions/<int:body>/<int:number>/", include(session_urls)),
]

item_urls: list[URLPattern | URLResolver] = [
    path("decision/", floor.decision_enter, name="decision-enter"),
    path("recusal/", floor.recusal_declare, name="recusal-declare"),
    path("motions/new/", floor.motion_table, name="motion-table"),
    path("motions/<int:motion>/open/", floor.vote_open, name="vote-open"),
    path("motions/<int:motion>/hands/", floor.hands_enter, name="hands-enter"),
    path("motions/<int:motion>/close/", floor.vote_close, name="vote-close"),
    path("motions/<int:motion>/withdraw/", floor.motion_withdraw, name="motion-withdraw"),
]

meeting_urls: list[URLPattern | URLResolver] = [
    path("", public.meeting_detail, name="meeting-detail"),
    path("calendar.ics", calendars.meeting_calendar, name="meeting-calendar"),
    path("live/", public.meeting_live, name="meeting-live"),
    path("come/", public.meeting_come, name="meeting-come"),
    path("vote/", voting.vote_cast, name="vote-cast"),
    path("desk/", planning.meeting_desk, name="meeting-desk"),
    path("edit/", planning.meeting_edit, name="meeting-edit"),
    path("move/", planning.meeting_move, name="meeting-move"),
    path("cancel/", planning.meeting_cancel, name="meeting-cancel"),
    path("announce/", planning.meeting_announce, name="meeting-announce"),
    path("begin/", planning.meeting_begin, name="meeting-begin"),
    path("end/", planning.meeting_end, name="meeting-end"),
    path("presence/", floor.presence_mark, name="presence-mark"),
    path("guests/new/", floor.guest_add, name="guest-add"),
    path("papers/new/", floor.paper_add, name="paper-add"),
    path("agenda/new/", floor.item_add, name="agenda_item-add"),
    path("agenda/<int:item>/", include(item_urls)),
]

minutes_urls: list[URLPattern | URLResolver] = [
    path("", minutes.minutes_detail, name="minutes-detail"),
    path("write/", minutes.minutes_write, name="minutes-write"),
    path("sign/", minutes.minutes_sign, name="minutes-sign"),
    path("publish/", minutes.minutes_publish, name="minutes-publish"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", public.meeting_list, name="meeting-list"),
    path("meetings/new/", planning.meeting_plan, name="meeting-plan"),
    path("meetings/calendar.ics", calendars.council_feed, name="meeting-feed"),
    path("meetings/feed.xml", calendars.council_atom, name="meeting-atom"),
    path("meetings/<int:number>/", include(meeting_urls)),
    path("minutes/<int:number>/", include(minutes_urls)),
    path("sessions/new/", sessions.session_plan, name="session-plan"),
]
