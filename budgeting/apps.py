from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetingConfig(AppConfig):
    name = "budgeting"
    verbose_name = _("Participatory budgeting")

    def ready(self) -> None:
        from budgeting import (
            notices,
            person_page,
            personal_data,
            personal_data_of_papers,
            personal_data_of_reviews,
            personal_data_of_works,
            phases,
        )

        phases.register_kinds()
        notices.register_kinds()
        personal_data.connect()
        personal_data_of_works.connect()
        personal_data_of_reviews.connect()
        personal_data_of_papers.connect()
        person_page.connect()
