"""What a crowd asks for at once is made once in CROWD_SECONDS and handed to all of them.

A view says that its answer is the same for everybody, or for all who come without a cookie. The
answer is looked for before sessions, languages and people are; whoever first finds it too old makes
it anew, while the others still get the old one. A cache that is away costs nothing but the work
that it saves.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

KEPT, MAKING = 20, 5  # seconds: at hand while one makes it anew; how long the others wait for that
ASK_AGAIN = "Ask-Again"  # after how many seconds, in an answer that changes: static/js/hall.js
LIVE = "/live/"  # in the address of what is the same for everybody, cookie or not


@dataclass(frozen=True)
class Kept:
    content: bytes
    headers: dict[str, str]
    made_at: float

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The whole of it, or 304 for who has it."""
        whole = HttpResponse(self.content, headers=self.headers)
        found = get_conditional_response(request, etag=self.headers["ETag"], response=whole)
        if not isinstance(found, HttpResponse) or found is whole:
            return whole
        if ASK_AGAIN in self.headers:
            found[ASK_AGAIN] = self.headers[ASK_AGAIN]
        return found


def share(response: HttpResponse) -> HttpResponse:
    """Say that this answer is the same for everybody who may be given it."""
    response.is_shared = True  # type: ignore[attr-defined]
    return response


class CrowdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_shared(request):
            return self.get_response(request)
        key = f"crowd:{request.build_absolute_uri(request.path)}"
        kept: Kept | None = cache.get(key)
        if kept is not None and not _is_mine_to_make(key, kept):
            return kept.answer(request)
        response = self.get_response(request)
        if getattr(response, "is_shared", False) and not response.cookies:
            response = _keep(key, response).answer(request)
        elif kept is not None:
            cache.delete(key)
        return response


def _may_be_shared(request: HttpRequest) -> bool:
    if not settings.CROWD_SECONDS:
        return False
    is_plain = request.method == "GET" and not request.META.get("QUERY_STRING")
    return is_plain and (LIVE in request.path or not request.COOKIES)


def _is_mine_to_make(key: str, kept: Kept) -> bool:
    """Of those who find it old, the first."""
    is_old = time.time() - kept.made_at > settings.CROWD_SECONDS
    return is_old and cache.add(f"{key}:making", 1, timeout=MAKING)


def _keep(key: str, response: HttpResponse) -> Kept:
    etag = f'"{sha256(response.content).hexdigest()[:20]}"'
    kept = Kept(response.content, {**response.headers, "ETag": etag}, time.time())
    cache.set(key, kept, timeout=KEPT)
    cache.delete(f"{key}:making")
    return kept
