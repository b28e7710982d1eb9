"""What templates say of hearings."""

from uuid import uuid4

from django import template

from councils.models import SpeakerSlot
from councils.phases import MEETING
from councils.speaking import clock
from participation.kinds import kind_named

register = template.Library()


@register.filter
def hearing_tone(state: str) -> str:
    known = kind_named(MEETING).state(state)
    return known.tone if known else ""


@register.filter
def minutes_and_seconds(seconds: int) -> str:
    return clock(seconds)


@register.filter
def speech_left(slot: SpeakerSlot) -> str:
    """Of the time that the speaker has, when it last stood still."""
    return clock(slot.seconds - slot.spoken)


@register.simple_tag
def form_key() -> str:
    """A key of its own for each button of a page that has many."""
    return str(uuid4())
