"""What the discussion brings to the rest of the house: kinds of record, of message, of data."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from participation import discussion_data, kinds
from participation.event_kinds import DISCUSSION, OWN, EventKind, register
from participation.models import Comment, Decision, Event


def _comments(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """The comments as they stand when the messages are written: perhaps hidden meanwhile."""
    rows = Comment.objects.select_related("author")
    found = rows.in_bulk({event.data["comment"] for event in events})
    return {event.pk: {"comment": found[event.data["comment"]]} for event in events}


def _decisions(events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    found = Decision.objects.in_bulk({event.data["decision"] for event in events})
    return {event.pk: {"decision": found[event.data["decision"]]} for event in events}


def connect() -> None:
    kinds.register_records(
        {
            "participation.comment_kept": _("A reported comment stays public"),
            "participation.comment_hidden": _("A comment was hidden"),
            "participation.comment_restored": _("A hidden comment is public again"),
            "participation.moderation_appealed": _("The hiding of a comment was appealed against"),
            "participation.discussion_closed": _("A discussion was closed"),
            "participation.discussion_opened": _("A discussion was opened again"),
        }
    )
    for kind in (
        EventKind("comment_answered", DISCUSSION, _("Somebody answered you"), contexts=_comments),
        EventKind(
            "comment_written",
            DISCUSSION,
            _("A comment on what you follow"),
            tells_area=False,
            contexts=_comments,
        ),
        EventKind(
            "comment_moderated",
            OWN,
            _("A moderator decided about your comment"),
            is_legal=True,
            contexts=_decisions,
        ),
    ):
        register(kind)
    personal_data.register("discussion", export=discussion_data.export, erase=discussion_data.erase)
