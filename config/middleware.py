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
    """Refuses addresses and cookies that hold what the database cannot store: NUL bytes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = chain(request.COOKIES.values(), *(values for _, values in request.GET.lists()))
        if any("\0" in text for text in given):
            raise BadRequest("NUL byte in the address or a cookie")
        return self.get_response(request)
