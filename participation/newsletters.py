"""What a message of a newsletter says: read when it is written, so that it is kept once."""

from typing import Any

from django.utils.translation import get_language

from participation.models import Event, Newsletter

NEWSLETTER_SENT = "newsletter"


def newsletter_context(event: Event) -> dict[str, Any]:
    newsletter = Newsletter.objects.select_related("territory").get(pk=event.data["newsletter"])
    return {"newsletter": newsletter.in_language((get_language() or "kk")[:2])}
