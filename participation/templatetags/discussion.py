"""The discussion on the page of a dossier."""

from typing import Any

from django import template
from django.urls import reverse

from participation.discussion_forms import CommentForm
from participation.models import Comment, Discussion, Dossier
from participation.services.comments import why_not_comment
from participation.threads import highlights, with_files

register = template.Library()

POSITION_TONES: dict[str, str] = {Comment.Position.FOR: "ok", Comment.Position.AGAINST: "bad"}


@register.filter
def position_tone(position: object) -> str:
    """The class of a position's tag; the word itself always stands in it."""
    return POSITION_TONES.get(str(position), "")


@register.inclusion_tag("participation/discussion.html", takes_context=True)
def discussion(context: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    """Counts, the best arguments or the newest comments, and the form: two queries."""
    request = context["request"]
    found = Discussion.objects.for_reader(request.user).get(dossier=dossier)
    found.dossier = dossier
    comments = highlights(found, request.user) if found.comments else []
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "discussion": found,
        "dossier": dossier,
        "threads": with_files(comments),
        "form": CommentForm(),
        "refusal": why_not_comment(person=request.user, discussion=found),
        "address": reverse("participation:discussion-detail", args=[dossier.reference]),
    }
