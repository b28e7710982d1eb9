"""What a person has said and sent: exported, and erased so that threads and counts hold."""

from typing import Any

from django.db.models import Case, Value, When

from accounts.models import User
from participation.models import (
    Appeal,
    Attachment,
    Comment,
    CommentVersion,
    Decision,
    Report,
    Support,
)
from participation.services.attachments import remove_attachments


def export(person: User) -> dict[str, Any]:
    comments = Comment.objects.filter(author=person).select_related("dossier").order_by("pk")
    supports = Support.objects.filter(person=person).select_related("dossier").order_by("pk")
    return {
        "comments": [
            {
                "number": comment.pk,
                "dossier": comment.dossier.reference,
                "written_at": comment.created_at.isoformat(),
                "text": comment.text,
                "position": comment.position,
                "helix": comment.helix,
                "state": comment.state,
                "earlier_texts": [version.text for version in comment.versions.all()],
            }
            for comment in comments.prefetch_related("versions")
        ],
        "supports": [
            {
                "dossier": support.dossier.reference,
                "comment": support.comment_id,
                "given_at": support.given_at.isoformat(),
            }
            for support in supports
        ],
        "files": [
            {"name": file.name, "size": file.size, "added_at": file.added_at.isoformat()}
            for file in Attachment.objects.filter(uploaded_by=person)
        ],
        "reports": [
            {"comment": report.comment_id, "reason": report.reason, "note": report.note}
            for report in Report.objects.filter(reporter=person).order_by("pk")
        ],
        "appeals": [
            {"comment": appeal.against.comment_id, "text": appeal.text}
            for appeal in Appeal.objects.filter(against__comment__author=person).select_related(
                "against"
            )
        ],
        "decisions_as_moderator": [
            {"comment": decision.comment_id, "outcome": decision.outcome}
            for decision in Decision.objects.filter(decided_by=person).order_by("pk")
        ],
    }


def erase(person: User) -> None:
    """Empty what the person wrote and sent; a stub stands in its place, replies to it survive.

    Supports and decisions stay with the tombstone: they say nothing of the person any more.
    """
    remove_attachments(person=person)
    CommentVersion.objects.filter(comment__author=person).update(text="", html="")
    Appeal.objects.filter(against__comment__author=person).update(text="")
    Report.objects.filter(reporter=person).update(note="")
    Comment.objects.filter(author=person).update(
        author=None,
        text="",
        html="",
        fingerprint="",
        state=Case(
            When(state=Comment.State.PUBLIC, then=Value(Comment.State.ERASED)), default="state"
        ),
    )
