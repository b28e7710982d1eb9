"""The kinds of event that this app itself tells people of."""

from django.utils.translation import gettext_lazy as _

from participation.event_kinds import DIGEST, FOLLOWED, NEWSLETTER, EventKind, register
from participation.kinds import register_records
from participation.newsletters import NEWSLETTER_SENT, newsletter_context


def register_kinds() -> None:
    register(EventKind(DIGEST, FOLLOWED, _("What happened since yesterday")))
    register(
        EventKind(
            NEWSLETTER_SENT,
            NEWSLETTER,
            _("A letter from the organisers"),
            context=newsletter_context,
        )
    )
    register_records(
        {
            "participation.newsletter_sent": _("A letter to the residents of a place was sent"),
            "participation.newsletter_stopped": _("A letter to residents was stopped"),
        }
    )
