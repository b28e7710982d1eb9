"""The Follow button, and the number of unread messages in the header."""

from typing import Any

from django import template

from accounts.models import Organisation, User
from participation.models import Dossier, Territory
from participation.services.following import follows
from participation.services.inbox import number_unread

register = template.Library()


@register.inclusion_tag("components/follow_button.html", takes_context=True)
def follow_button(
    context: dict[str, Any],
    dossier: Dossier | None = None,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
) -> dict[str, Any]:
    """One query for somebody signed in, none for a stranger. Nothing for an unpublished dossier."""
    things = {"dossier": dossier, "territory": territory, "organisation": organisation}
    ((name, thing),) = ((name, thing) for name, thing in things.items() if thing)
    request, person = context.get("request"), context.get("user")
    is_draft = isinstance(thing, Dossier) and thing.published_at is None
    return {
        "request": request,
        "user": person,
        "csrf_token": context.get("csrf_token"),
        "is_shown": request is not None and not is_draft,
        "is_person": isinstance(person, User),
        "name": name,
        "number": thing.pk,
        "is_followed": isinstance(person, User) and not is_draft and follows(person, thing),
    }


@register.simple_tag(takes_context=True)
def inbox_count(context: dict[str, Any]) -> int:
    """Unread messages; no query for a stranger."""
    person = context.get("user")
    return number_unread(person) if isinstance(person, User) else 0
