"""What every request passes through that Django does not bring along."""

import re
import uuid
from collections.abc import Callable
from itertools import chain

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
_PLAIN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Binds one id to every log line of a request and returns it, so that a report can name it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _PLAIN_ID.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class PlainInputMiddleware:
    """Refuses what no browser sends and no form can hold: NUL bytes in an address or a cookie,
    and texts in another encoding than UTF-8, which is that of all our pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").strip("\"'").lower()
        if charset not in ("utf-8", "utf8"):
            request.encoding = "utf-8"  # for the page that says so
            raise BadRequest("the request is not in UTF-8")
        given = chain(request.COOKIES.values(), *(values for _, values in request.GET.lists()))
        if any("\0" in text for text in given):
            raise BadRequest("NUL byte in the address or a cookie")
        return self.get_response(request)
