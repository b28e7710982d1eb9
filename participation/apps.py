from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Participation")

    def ready(self) -> None:
        from participation import (
            answer_notices,
            contributions,
            discussion,
            kinds,
            notices,
            person_page,
            personal_data,
        )
        from participation.search import connecting

        kinds.register_records(
            {"participation.residence_confirmed": _("A residence was confirmed")}
        )
        answer_notices.register_kinds()
        answer_notices.register_records()
        notices.register_kinds()
        personal_data.connect()
        person_page.connect()
        discussion.connect()
        contributions.connect()
        connecting.connect()
