from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = _("Public councils")

    def ready(self) -> None:
        from councils import (
            notices,
            person_checks,
            person_page,
            personal_data,
            personal_data_of_recommendations,
            personal_data_of_selection,
            personal_data_of_work,
            phases,
        )

        phases.register_kinds()
        notices.register_kinds()
        # Before the mandates, which lead to a person's expenses, forget whose they are.
        personal_data_of_work.connect()
        personal_data.connect()
        personal_data_of_recommendations.connect()
        personal_data_of_selection.connect()
        person_page.connect()
        person_checks.connect()
