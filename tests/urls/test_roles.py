"""Every address × every role: one table says who sees what."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.translation import override

from accounts.models import User
from accounts.services import erase_person
from budgeting.models import Cycle
from config import urls
from tests.addresses import OUTSIDERS, ROLES, Page
from tests.urls.table import APPS, CSRF_EXEMPT, DRAFT, EXCLUDED, OPEN, OURS, PAGES
from tests.urls.world import World, answer, body_of, undone

pytestmark = pytest.mark.django_db


def _routes(resolver: Any = None, route: str = "/", space: str = "") -> Iterator[str]:
    """The name of every address; the address itself where it has no name."""
    with override("en"):
        for pattern in (resolver or get_resolver()).url_patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _routes(pattern, here, inner)
            else:
                yield f"{space}{pattern.name}" if pattern.name else here


def test_every_address_is_in_the_table() -> None:
    known = {page.name for page in PAGES}
    routes = {name for name in _routes() if not name.startswith(EXCLUDED)}
    assert routes - known == set()
    assert {name for name in known if not name.startswith(EXCLUDED)} - routes == set()


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(status=403)


@pytest.fixture
def _bare_errors(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Where only the status is asked for: half of all answers are errors, and drawing their pages
    takes as long as everything else."""
    monkeypatch.setattr(urls, "handler404", missing)
    settings.CSRF_FAILURE_VIEW = "tests.urls.test_roles.forged"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_the_page_of_an_error(world: World, role: str) -> None:
    response = answer(world, role, "get", "/en/no/such/page/")
    assert response.status_code == 404
    assert b"<h1" in response.content


@pytest.mark.usefixtures("_bare_errors")
@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_what_the_table_says(world: World, role: str, app: str) -> None:
    wrong = {}
    for page in APPS[app]:
        for method, data, expected in (
            ("get", None, page.get[role]),
            ("post", {"nothing": "1"}, page.post[role]),
        ):
            address = world.address_of(page)
            status = answer(world, role, method, address, data).status_code
            if status != expected:
                wrong[method, address] = (status, expected)
    assert wrong == {}


@pytest.mark.usefixtures("_bare_errors")
@pytest.mark.parametrize("gone", ["inactive", "erased"])
def test_who_is_gone_is_a_stranger(world: World, gone: str) -> None:
    desk = world.address_of(Page("budgeting:cycle-organise", {}, {}, (OPEN,)))
    assert answer(world, "organiser", "get", desk).status_code == 200
    wrong = {}
    with undone():
        organiser = User.objects.get(roles__kind="organiser", roles__territory__slug="taraz")
        if gone == "erased":
            erase_person(person=organiser)
        else:
            User.objects.filter(pk=organiser.pk).update(is_active=False)
        for page in PAGES:
            for method, data in (("get", None), ("post", {"nothing": "1"})):
                address = world.address_of(page)
                status = answer(world, "organiser", method, address, data).status_code
                if status != getattr(page, method)["anonymous"]:
                    wrong[method, address] = status
    assert wrong == {}


@pytest.mark.usefixtures("_bare_errors")
@pytest.mark.parametrize("role", ["anonymous", "organiser"])
def test_no_form_is_taken_without_its_token(world: World, role: str) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    taken = {}
    for page in PAGES:
        address = world.address_of(page)
        status = answer(world, role, "post", address, {"nothing": "1"}, client=strict).status_code
        if status != 403 and page.name not in CSRF_EXEMPT:
            taken[address] = status
    assert taken == {}


@pytest.mark.usefixtures("_bare_errors")
def test_only_declared_methods_are_answered(world: World) -> None:
    """Pages of ours refuse what they do not declare; they never fall through to reading."""
    ours = [page for page in PAGES if page.name.startswith(OURS)]
    answered = {
        (method, world.address_of(page)): status
        for page in ours
        for method in ("put", "patch", "delete")
        if (status := answer(world, "organiser", method, world.address_of(page)).status_code)
        not in (404, 405)
    }
    assert answered == {}


def test_head_answers_like_get(world: World) -> None:
    for page in PAGES:
        if page.name.startswith(OURS):
            address = world.address_of(page)
            response = answer(world, "organiser", "head", address)
            assert response.status_code == page.get["organiser"], address
            assert getattr(response, "content", b"") == b""


def test_no_page_tells_of_a_draft(world: World) -> None:
    """Neither its name nor its address, to anybody who has no role in it."""
    draft = Cycle.objects.get(slug=DRAFT)
    secrets = [text.title for text in draft.dossier.texts.all()] + [DRAFT]
    told = []
    for role in OUTSIDERS:
        for page in PAGES:
            if DRAFT in page.args or page.get[role] != 200:
                continue
            body = body_of(answer(world, role, "get", world.address_of(page)))
            told += [(role, page.name, secret) for secret in secrets if secret in body]
    assert told == []


@pytest.mark.usefixtures("_bare_errors")
def test_a_draft_answers_like_nothing_at_all(world: World) -> None:
    """Not even by its status does it show that it exists."""
    for role in ("anonymous", "elsewhere"):
        for page in PAGES:
            if DRAFT not in page.args:
                continue
            address = world.address_of(page)
            nothing = address.replace(DRAFT, "nothing-2030")
            for method in ("get", "post"):
                seen = answer(world, role, method, address).status_code
                assert seen == answer(world, role, method, nothing).status_code, (role, page)
