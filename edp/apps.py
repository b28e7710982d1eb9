from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EdpConfig(AppConfig):
    name = "edp"
    verbose_name = _("Entrepreneurial discovery")

    def ready(self) -> None:
        from edp import notices, person_page, personal_data, phases

        phases.register_kinds()
        notices.register_kinds()
        personal_data.connect()
        person_page.connect()
