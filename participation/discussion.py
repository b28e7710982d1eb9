"""What the discussion brings to the rest of the house: kinds of record, of message, of data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from participation import discussion_data, kinds
from participation.event_kinds import DISCUSSION, OWN, EventKind, register
from participation.models import Comment, Decision, Event


def _comment(event: Event) -> dict[str, Any]:
    comment = Comment.objects.select_related("author").get(pk=event.data["comment"])
    return {"comment": comment}


def _decision(event: Event) -> dict[str, Any]:
    decision = Decision.objects.select_related("comment", "appeal").get(pk=event.data["decision"])
    return {"decision": decision}


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
        EventKind("comment_answered", DISCUSSION, _("Somebody answered you"), context=_comment),
        EventKind(
            "comment_written",
            DISCUSSION,
            _("A comment on what you follow"),
            tells_area=False,
            context=_comment,
        ),
        EventKind(
            "comment_moderated",
            OWN,
            _("A moderator decided about your comment"),
            is_legal=True,
            context=_decision,
        ),
    ):
        register(kind)
    personal_data.register("discussion", export=discussion_data.export, erase=discussion_data.erase)
