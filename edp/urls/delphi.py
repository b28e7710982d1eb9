"""Delphi studies: /edp/<slug>/delphi/…"""

from django.urls import URLPattern, URLResolver, include, path

from edp.views import delphi

urlpatterns: list[URLPattern | URLResolver] = [
    path("delphi/", include([
        path("", delphi.delphi_list, name="delphi-list"),
        path("new/", delphi.delphi_create, name="delphi-create"),
        path("<int:number>/", include([
            path("", delphi.delphi_detail, name="delphi-detail"),
            path("ratings.csv", delphi.delphi_ratings, name="delphi-ratings"),
            path("rate/", delphi.delphi_rate, name="delphi-rate"),
            path("organise/", delphi.delphi_organise, name="delphi-organise"),
            path("organise/step/", delphi.delphi_advance, name="delphi-advance"),
        ])),
    ])),
]  # fmt: skip
