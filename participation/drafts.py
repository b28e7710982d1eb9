"""A text that was sent without being signed in waits in the session until it is sent again."""

from typing import Any

from django.http import HttpRequest, QueryDict

KEY = "comment_draft"
LONGEST = 6000  # characters
FIELDS = ("text", "position")


def _place(request: HttpRequest) -> str:
    """The page below its language: who signs in may read it in another one."""
    return request.path.split("/", 2)[-1]


def keep(request: HttpRequest, sent: QueryDict) -> None:
    """One draft a session, the latest: files cannot be kept, and drafts are no storage."""
    fields = {name: sent.get(name, "").replace("\0", "")[:LONGEST] for name in FIELDS}
    request.session[KEY] = {"place": _place(request), **fields}


def kept(request: HttpRequest) -> dict[str, Any]:
    """What the form of this page begins with; asks the session only of who has one."""
    if not request.session.session_key:
        return {}
    draft = request.session.get(KEY)
    if not draft or draft["place"] != _place(request):
        return {}
    return {name: draft[name] for name in FIELDS}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
