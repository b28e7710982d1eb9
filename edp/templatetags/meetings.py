"""What templates say of meetings."""

from uuid import uuid4

from django import template

from accounts.models import Helix
from edp.phases import WORKSHOP
from participation.kinds import kind_named

register = template.Library()


@register.filter
def workshop_tone(state: str) -> str:
    known = kind_named(WORKSHOP).state(state)
    return known.tone if known else ""


@register.filter
def helix_label(helix: str) -> str:
    return str(Helix(helix).label)


@register.simple_tag
def form_key() -> str:
    """A key of its own for each button of a page that has many."""
    return str(uuid4())
