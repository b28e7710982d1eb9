from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login
        from django.contrib import admin

        # Operators sign in like everybody else: with rate limits and their second step.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
