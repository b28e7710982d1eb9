from django.urls import path

from participation.views import public, territories

app_name = "participation"
urlpatterns = [
    path("", public.home, name="home"),
    path("record/", public.journal_list, name="journal-list"),
    path("regions/", territories.territory_list, name="territory-list"),
    path("regions/choose/", territories.territory_choose, name="territory-choose"),
    path("regions/<slug:slug>/", territories.territory_detail, name="territory-detail"),
]
