from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("i18n/language/", set_language, name="set_language"),
]

urlpatterns += i18n_patterns(
    path("", include("participation.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("budgeting/", include("budgeting.urls")),
    path("edp/", include("edp.urls")),
    path("councils/", include("councils.urls")),
    path("operator/", admin.site.urls),
)

if settings.IS_DEMO or settings.IS_TEST:
    urlpatterns += i18n_patterns(path("demo/mail/", views.demo_mail, name="demo-mail"))

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
