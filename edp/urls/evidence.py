"""What the region knows of itself: public pages, files, and the analyst's desk."""

from django.urls import URLPattern, URLResolver, include, path

from edp.views.evidence import desk, downloads, entries, public

version = [
    path("", public.version_detail, name="version-detail"),
    path("file.csv", downloads.version_file, name="version-file"),
    path("observations.csv", downloads.version_observations, name="version-observations"),
    path("results.csv", downloads.version_results, name="version-results"),
    path("datapackage.json", downloads.version_package, name="version-package"),
    path("publish/", desk.version_publish, name="version-publish"),
]

manage = [
    path("", desk.evidence_manage, name="evidence-manage"),
    path("publish/", desk.evidence_publish, name="evidence-publish"),
    path("datasets/new/", desk.dataset_create, name="dataset-create"),
    path("datasets/<int:dataset>/upload/", desk.version_upload, name="version-upload"),
    path("datasets/<int:dataset>/preview/", desk.version_preview, name="version-preview"),
    path("swot/<int:entry>/evidence/", entries.swot_link, name="swot-link"),
    path("swot/<int:entry>/evidence/<int:link>/remove/", entries.swot_unlink, name="swot-unlink"),
    path("<slug:kind>/new/", entries.entry_create, name="entry-create"),
    path("<slug:kind>/<int:entry>/", entries.entry_edit, name="entry-edit"),
    path("<slug:kind>/<int:entry>/publish/", entries.entry_publish, name="entry-publish"),
    path("<slug:kind>/<int:entry>/remove/", entries.entry_remove, name="entry-remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("evidence/", public.evidence_detail, name="evidence-detail"),
    path("evidence/method/", public.method_detail, name="method-detail"),
    path("evidence/assets/", public.asset_list, name="asset-list"),
    path("evidence/swot/", public.swot_detail, name="swot-detail"),
    path("evidence/trends/", public.trend_list, name="trend-list"),
    path("evidence/datasets/<int:dataset>/<int:number>/", include(version)),
    path("evidence/manage/", include(manage)),
]
