"""Garbage in addresses, queries, cookies and forms never breaks a page, and no text is lost."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from tests.addresses import Page
from tests.budgeting import addresses as budgets
from tests.edp import addresses as discovery
from tests.urls.table import OPEN, PAGES, PUBLIC, due, reference, reference_of
from tests.urls.world import World, answer, body_of

pytestmark = pytest.mark.django_db


QUERIES = [
    "page=-1",
    "page=abc",
    "page=0",
    "page=99999999999999999999999999",
    "page=1&page=2",
    "page=%00",
    "page=%EF%BC%91",
    "q=%00",
    "q=%FF%FE",
    "q=%ED%A0%80",
    "q='%22%3Cscript%3E",
    "q=%25%5C_",
    "category=%00",
    "category=%FF",
    "state=nonsense",
    "%00=%00",
    "&&&===",
    "next=//evil.example/",
    "next=%00",
    "%FF%FF%FF",
    "q=" + "%D1%88" * 20_000,
]


def _broken(answers: Iterable[tuple[object, Any]]) -> list[object]:
    return [what for what, response in answers if response.status_code >= 500]


def test_no_query_string_breaks_a_page(world: World) -> None:
    """Every page that reads its query string gets all of it, every other page the worst."""
    pages = {page.name: page for page in PAGES if page.get["organiser"] == 200}
    readers = {
        "participation:journal-list",
        "participation:inbox",
        "participation:newsletter-list",
        "participation:discussion-detail",
        "participation:comment-detail",
        "participation:moderation-register",
        "participation:answer-board",
        "participation:answer-overdue",
        "participation:answer-body",
        "participation:answer-count",
        "budgeting:cycle-list",
        "budgeting:proposal-list",
        "budgeting:proposal-queue",
        "budgeting:proposal-similar",
        "budgeting:unit-cost-list",
    }
    assert readers <= set(pages)
    assert not _broken(
        ((name, query), answer(world, "organiser", "get", f"{world.address_of(page)}?{query}"))
        for name, page in pages.items()
        for query in (QUERIES if name in readers else QUERIES[-3:])
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_a_page(world: World, method: str) -> None:
    things = ["0", "-1", "999", "9" * 30, "9" * 5000, "%00", "%FF%FE", "%ED%A0%80", "..%2F..%2Fetc"]
    things += ["a" * 9000, "%D1%88", "'%22;--", "1.5", "١"]
    paths = [
        "/en/budgeting/{}/",
        "/en/budgeting/taraz-2027/proposals/{}/",
        "/en/budgeting/taraz-2027/ballot/{}/",
        "/en/budgeting/taraz-2027/ballot/{}/tally.json",
        "/en/budgeting/taraz-2027/organise/proposals/{}/",
        "/en/budgeting/taraz-2027/organise/freeze/{}/",
        "/en/regions/{}/",
        "/en/regions/taraz/letters/{}/",
        "/en/newsletters/{}/",
        "/en/messages/{}/",
        "/en/messages/unsubscribe/{}/",
        "/en/dossiers/{}/discussion/",
        "/en/comments/{}/",
        "/en/comments/{}/moderate/",
        "/en/attachments/{}/",
        "/en/answers/{}/",
        "/en/answers/bodies/{}/",
        "/en/answers/desk/{}/",
        "/en/answers/register/{}/",
        "/{}/",
    ]
    for path in paths:
        for thing in things:
            status = answer(world, "organiser", method, path.format(thing)).status_code
            assert 300 <= status < 500, (path, thing)


@pytest.mark.parametrize("cookie", ["region", "sessionid", "django_language", "messages"])
def test_no_cookie_breaks_a_page(world: World, cookie: str) -> None:
    for value in (r"\000", r"\000aaaaaaaaaaaa", "x" * 4000, "шшшшшшшшшшш", "%00"):
        sent = f'{cookie}="{value}"'.encode().decode("latin-1")
        response = answer(world, "anonymous", "get", "/en/", headers={"cookie": sent})
        assert response.status_code in (200, 400), value


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-7", "utf-16", "unicode_escape", "latin-1", "nonsense"]
)
def test_no_charset_breaks_a_page(world: World, charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    bodies = (b"territory=%5Cud800", b"name=\\ud800", b"name=+2AA-&language=en", b"\xff\x00=")
    assert not _broken(
        ((address, body), answer(world, "alice", "post", address, body, content_type=kind))
        for address in ("/en/regions/choose/", "/en/account/edit/")
        for body in bodies
    )
    # A GET may carry a content type too.
    query = {"q": "\\ud800+2AA-"}
    kind = f"text/plain; charset={charset}"
    headers = {"content-type": kind}
    response = answer(world, "alice", "get", "/en/budgeting/", query, headers=headers)
    assert response.status_code < 500


VALUES = ["", " ", "\0", "\ud800", "-1", "9" * 30, "9" * 5000, "NaN", "1e400", "2027-13-45"]
VALUES += ["31.12.9999 23:59", "01.01.0001 00:00", "00:00", "кириллица", "<script>", "ш" * 5_000]


def test_no_typed_value_breaks_a_form(world: World) -> None:
    """Each field of every form gets the same garbage, and so do keys that no form has."""
    forms = {page.name: page for page in PAGES if set(page.post.values()) & {200, 422, 403}}
    forms["participation:territory-choose"] = Page("participation:territory-choose", {}, {})
    for page in forms.values():
        role = next((r for r in ("organiser", "alice") if page.post.get(r) in (200, 422)), "alice")
        address = world.address_of(page)
        fields = _field_names(world, role, page) | {"form_key", "next", "territory", "step", "act"}
        for value in VALUES:
            raw = value.encode("utf-8", "surrogatepass")
            body = b"&".join(quote(field).encode() + b"=" + quote(raw).encode() for field in fields)
            kind = "application/x-www-form-urlencoded"
            response = answer(world, role, "post", address, body, content_type=kind)
            assert response.status_code < 500, (address, value[:20])


def _field_names(world: World, role: str, page: Page) -> set[str]:
    if page.get.get(role) != 200:
        return set()
    body = body_of(answer(world, role, "get", world.address_of(page)))
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', body))
    return names - {"csrfmiddlewaretoken"}


TYPED = [
    ("budgeting:proposal-review", "organiser", (OPEN, 1), ["reasons_kk", "cost", "running_cost"]),
    ("budgeting:residence-confirm", "registrar", (OPEN,), ["email", "born_on"]),
    ("budgeting:cycle-dates", "organiser", (OPEN,), ["voting_opens_at", "voting_closes_at"]),
    (
        "budgeting:cycle-create",
        "organiser",
        ("school",),
        ["year", "word", "title_kk", "title_ru", "rules", "rows", "place_1", "amount_1"],
    ),
    ("participation:discussion-detail", "alice", (reference,), ["text"]),
    ("participation:comment-reply", "alice", (PUBLIC,), ["text"]),
    ("participation:comment-report", "charlie", (PUBLIC,), ["note"]),
    ("participation:comment-moderate", "moderator", (PUBLIC,), ["explanation"]),
    (
        "participation:answer-due-register",
        "organiser",
        (reference_of(OPEN),),
        ["subject_kk", "subject_ru", "subject_en", "received_on"],
    ),
    (
        "participation:answer-write",
        "officer",
        (due("Open"),),
        ["reasoning_kk", "reasoning_ru", "reasoning_en", "change_reference", "signed_name"],
    ),
    ("participation:answer-clock", "officer", (due("Open"),), ["reason", "working_days"]),
    ("participation:answer-templates", "officer", (), ["name", "reasoning_kk", "reasoning_ru"]),
    ("accounts:person-edit", "alice", (), ["name"]),
    (
        "participation:newsletter-write",
        "organiser",
        ("taraz",),
        ["subject_kk", "body_kk", "subject_ru", "body_ru", "subject_en", "body_en"],
    ),
    ("account_signup", "anonymous", (), ["email", "name"]),
    *budgets.TYPED,
    *discovery.TYPED,
]


@pytest.mark.parametrize(("name", "role", "args", "fields"), TYPED, ids=[row[0] for row in TYPED])
def test_nothing_typed_is_lost(
    world: World, name: str, role: str, args: tuple[Any, ...], fields: list[str]
) -> None:
    typed = {field: f"«сөз {field}» & <i>" + "x" * 200 for field in fields}
    address = world.address_of(Page(name, {}, {}, args))
    response = answer(world, role, "post", address, typed)
    assert response.status_code in (200, 422)
    body = unescape(response.content.decode())
    assert [field for field, text in typed.items() if text not in body] == []
    assert response.content.count(b"<i>") == 0


def test_too_many_fields_are_refused_politely(world: World) -> None:
    data = {f"field{number}": "1" for number in range(2000)}
    assert answer(world, "alice", "post", "/en/regions/choose/", data).status_code == 400
    query = "&".join(data)
    assert answer(world, "alice", "get", f"/en/budgeting/?{query}").status_code == 400
