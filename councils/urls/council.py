"""A council and its members."""

from django.urls import URLPattern, URLResolver, path

from councils.views import council_desk, councils, mandates

# Before a council is chosen: /councils/…
list_urls: list[URLPattern | URLResolver] = [
    path("", councils.council_list, name="council-list"),
    path("new/", council_desk.council_create, name="council-create"),
]

# Of one council: /councils/<slug>/…
urlpatterns: list[URLPattern | URLResolver] = [
    path("", councils.council_detail, name="council-detail"),
    path("composition/", councils.composition_detail, name="composition-detail"),
    path("members/", councils.member_list, name="member-list"),
    path("members/new/", mandates.mandate_create, name="mandate-create"),
    path("members/<int:mandate>/", councils.member_detail, name="member-detail"),
    path("members/<int:mandate>/end/", mandates.mandate_end, name="mandate-end"),
    path("members/<int:mandate>/office/", mandates.mandate_office, name="mandate-office"),
    path("members/<int:mandate>/name/", mandates.mandate_name, name="mandate-name"),
    path("seats/new/", council_desk.seat_create, name="seat-create"),
    path("seats/<int:number>/close/", council_desk.seat_close, name="seat-close"),
    path("members/<int:mandate>/interests/", mandates.interest_create, name="interest-create"),
    path("interests/<int:declaration>/end/", mandates.interest_end, name="interest-end"),
    path("desk/", council_desk.council_desk, name="council-desk"),
    path("edit/", council_desk.council_edit, name="council-edit"),
    path("terms/new/", council_desk.term_begin, name="term-begin"),
    path("publish/", council_desk.council_publish, name="council-publish"),
    path("commissions/new/", council_desk.commission_create, name="commission-create"),
    path("commissions/<int:commission>/", council_desk.commission_edit, name="commission-edit"),
]
