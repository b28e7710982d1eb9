"""What is the same for everybody is made once in a while; nobody gets what is somebody else's."""

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from participation.crowds import CrowdMiddleware, share

PAGE, LIVE = "/kk/somewhere/", "/kk/somewhere/live/page/"


@pytest.fixture(autouse=True)
def _for_two_seconds(settings):
    settings.CROWD_SECONDS = 2
    cache.clear()


class Site:
    """Answers with how often it was asked; `shares` says whether its answers may be shared."""

    def __init__(self, *, shares: bool = True) -> None:
        self.asked, self.shares, self.status = 0, shares, 200
        self.middleware = CrowdMiddleware(self._view)

    def _view(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(f"{self.asked}", status=self.status)
        return share(response) if self.shares else response

    def get(self, path: str = PAGE, *, cookie: bool = False, **headers: str) -> HttpResponse:
        request = RequestFactory().get(path, headers=headers)
        if cookie:
            request.COOKIES["sessionid"] = "x"
        return self.middleware(request)


def test_one_answer_for_two_seconds() -> None:
    site = Site()
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        assert [site.get().content for _ in range(3)] == [b"1"] * 3
        clock.shift(3)
        assert site.get().content == b"2"
        assert site.get().content == b"2"


def test_who_has_it_gets_304_and_headers() -> None:
    site = Site()
    first = site.get(LIVE)
    again = site.get(LIVE, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, site.asked) == (304, b"", 1)


def test_while_one_makes_it_anew_the_others_get_the_old_one() -> None:
    site = Site()
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        site.get()
        clock.shift(3)
        seen = []
        inner = site.middleware.get_response

        def slow(request: HttpRequest) -> HttpResponse:
            site.middleware.get_response = inner
            seen.append(site.get().content)  # somebody else, meanwhile
            return inner(request)

        site.middleware.get_response = slow
        assert site.get().content == b"2"
    assert seen == [b"1"]


def test_who_has_a_cookie_gets_a_page_of_their_own() -> None:
    site = Site()
    site.get()
    assert site.get(cookie=True).content == b"2"
    assert site.get().content == b"1"
    assert site.get(LIVE).content == b"3"
    assert site.get(LIVE, cookie=True).content == b"3"


@pytest.mark.parametrize("path", [f"{PAGE}?page=2", f"{LIVE}?x=1"])
def test_an_address_with_a_query_is_not_shared(path: str) -> None:
    site = Site()
    assert [site.get(path).content for _ in range(2)] == [b"1", b"2"]


def test_what_is_not_marked_is_not_kept() -> None:
    site = Site(shares=False)
    assert [site.get().content for _ in range(2)] == [b"1", b"2"]


def test_an_answer_with_a_cookie_is_nobody_elses() -> None:
    site = Site()
    inner = site.middleware.get_response

    def greeting(request: HttpRequest) -> HttpResponse:
        response = inner(request)
        response.set_cookie("csrftoken", "secret")
        return response

    site.middleware.get_response = greeting
    assert [site.get().content for _ in range(2)] == [b"1", b"2"]


def test_what_is_gone_is_forgotten() -> None:
    site = Site()
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        site.get()
        clock.shift(3)
        site.shares, site.status = False, 404
        assert site.get().status_code == 404
        assert site.get().status_code == 404
