"""The work of members: office hours, money, annual reports; and open data of councils."""

from django.urls import URLPattern, URLResolver, include, path

from councils.views import annual_reports, open_data
from councils.views.money import desk as money_desk
from councils.views.money import public as money
from councils.views.office_hours import desk, public

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("open-data/", open_data.open_data_list, name="open_data-list"),
    path("open-data/<slug:name>.json", open_data.open_data_json, name="open_data-json"),
    path("open-data/<slug:name>.csv", open_data.open_data_csv, name="open_data-csv"),
]

_office_hours: list[URLPattern | URLResolver] = [
    path("", public.office_hours_list, name="office_hours-list"),
    path("new/", desk.office_hours_create, name="office_hours-create"),
    path("desk/", desk.office_hours_desk, name="office_hours-desk"),
    path("booking/<str:code>/", public.booking_detail, name="booking-detail"),
    path("booking/<str:code>/cancel/", public.booking_cancel, name="booking-cancel"),
    path("booking/<str:code>/talk.ics", public.booking_calendar, name="booking-calendar"),
    path("talks/<int:booking>/note/", desk.note_write, name="note-write"),
    path("talks/<int:booking>/missed/", desk.booking_missed, name="booking-missed"),
    path("notes/<int:note>/matter/", desk.note_docket, name="note-docket"),
    path("<int:number>/", public.office_hours_detail, name="office_hours-detail"),
    path("<int:number>/calendar.ics", public.office_hours_calendar, name="office_hours-calendar"),
    path("<int:number>/<int:slot>/", public.booking_create, name="booking-create"),
    path("<int:number>/<int:slot>/withdraw/", desk.slot_withdraw, name="slot-withdraw"),
]

_money: list[URLPattern | URLResolver] = [
    path("", money.money_detail, name="money-detail"),
    path("money.csv", money.money_file, name="money-file"),
    path("budget/", money_desk.budget_edit, name="budget-edit"),
    path("claims/", money_desk.claim_list, name="claim-list"),
    path("claims/new/", money_desk.claim_create, name="claim-create"),
    path("claims/<int:number>/", money_desk.claim_detail, name="claim-detail"),
    path("claims/<int:number>/pay/", money_desk.claim_pay, name="claim-pay"),
    path("claims/<int:number>/receipt/", money_desk.claim_receipt, name="claim-receipt"),
]

_reports: list[URLPattern | URLResolver] = [
    path("", annual_reports.report_list, name="report-list"),
    path("<int:year>/", annual_reports.report_detail, name="report-detail"),
    path("<int:year>/print/", annual_reports.report_print, name="report-print"),
    path("<int:year>/report.json", annual_reports.report_file, name="report-file"),
    path("<int:year>/write/", annual_reports.report_write, name="report-write"),
    path("<int:year>/publish/", annual_reports.report_publish, name="report-publish"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("office-hours/", include(_office_hours)),
    path("money/", include(_money)),
    path("reports/", include(_reports)),
]
