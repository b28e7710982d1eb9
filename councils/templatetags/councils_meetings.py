"""How meetings are shown."""

from uuid import UUID, uuid4

from django import template

from councils.models import Meeting, Motion

register = template.Library()
_TONES: dict[str, str] = {
    Meeting.State.ANNOUNCED: "ok",
    Meeting.State.OPEN: "warn",
    Meeting.State.NO_QUORUM: "bad",
    Meeting.State.CANCELLED: "bad",
}
_MOTION_TONES: dict[str, str] = {
    Motion.State.OPEN: "warn",
    Motion.State.ADOPTED: "ok",
    Motion.State.REJECTED: "bad",
    Motion.State.NO_QUORUM: "bad",
}


@register.filter
def meeting_tone(meeting: Meeting) -> str:
    return _TONES.get(meeting.state, "")


@register.filter
def motion_tone(motion: Motion) -> str:
    return _MOTION_TONES.get(motion.state, "")


@register.simple_tag
def new_key() -> UUID:
    """Each button of a page is a form of its own, sent once (services.once)."""
    return uuid4()
