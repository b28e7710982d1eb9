"""Whole journeys with JavaScript off: every page is forms and links that work by themselves."""

import re
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.world import PASSWORD

pytestmark = pytest.mark.browser


def press(visit: Visit, step: str) -> None:
    visit.press(f"[name=step][value={step}]")


def values(page: Page, boxes: str) -> list[str]:
    return [box.get_attribute("value") or "" for box in page.locator(boxes).all()]


def chosen(page: Page) -> set[str]:
    return set(values(page, "[name=project]:checked"))


def choose_only(page: Page, projects: set[str]) -> None:
    for box in page.locator("[name=project]").all():
        box.set_checked(box.get_attribute("value") in projects)


def points(page: Page) -> dict[str, str]:
    fields = page.locator("[name^=points-]").all()
    return {field.get_attribute("name") or "": field.input_value() for field in fields}


def commitment(visit: Visit) -> str:
    assert urlsplit(visit.page.url).path.endswith("/receipt/")
    assert visit.status == 200
    text = visit.page.locator("#receipt-commitment").inner_text().strip()
    assert re.fullmatch(r"[0-9a-f]{64}", text)
    return text


def fields_of(form: Locator) -> list[tuple[str, str]]:
    """What the form would send, without its buttons."""
    return [
        (field.get_attribute("name") or "", field.input_value())
        for field in form.locator("input[name]").all()
    ]


def send_again(visit: Visit, path: str, fields: list[tuple[str, str]]) -> None:
    """What a browser does that lost the answer on a bad network: the same form, once more."""
    answer = visit.page.request.post(
        path,
        data=urlencode(fields),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": visit.site.address + path,
        },
    )
    assert answer.status == 200


def test_vote_within_a_budget(visitor: Visitor) -> None:
    """Sign in, choose too much, lose nothing, correct it, cast, read the receipt, change it."""
    visit = visitor(scripts=False)
    page = visit.open("/kk/budgeting/taraz-2027/ballot/1/")
    assert page.locator("[name=step]").count() == 0
    visit.press(page.locator("main a[href*='/account/login/']").first)
    page.locator("main [name=login]").fill("knapsack@example.org")
    page.locator("main [name=password]").fill(PASSWORD)
    with visit.next_page():
        page.locator("main [name=password]").press("Enter")
    assert visit.address == "/kk/budgeting/taraz-2027/ballot/1/"

    order = values(page, "[name=project]")
    choose_only(page, set(order))
    press(visit, "review")
    assert visit.status == 422
    assert page.locator(".govuk-error-summary").is_visible()
    assert chosen(page) == set(order)

    choose_only(page, {"1", "2"})
    press(visit, "sum")
    assert visit.status == 200
    assert chosen(page) == {"1", "2"}
    assert values(page, "[name=project]") == order
    assert page.locator("[data-chosen]").first.inner_text() == "2"

    press(visit, "review")
    assert page.locator("main tbody tr").count() == 2
    press(visit, "edit")
    assert chosen(page) == {"1", "2"}
    press(visit, "review")
    press(visit, "cast")
    first = commitment(visit)
    assert page.locator("main tbody tr").count() == 2

    visit.press(page.locator("main a[href$='/ballot/1/']").first)
    assert chosen(page) == {"1", "2"}
    choose_only(page, {"3"})
    press(visit, "review")
    press(visit, "cast")
    assert commitment(visit) != first
    assert page.locator("main tbody tr").count() == 1


def test_vote_with_points(visitor: Visitor) -> None:
    visit = visitor("points", scripts=False)
    page = visit.open("/ru/budgeting/taraz-points/ballot/1/")
    fields = page.locator("[name^=points-]")
    fields.nth(0).fill("7")
    fields.nth(1).fill("4")
    given = points(page)
    press(visit, "review")
    assert visit.status == 422
    assert points(page) == given
    page.locator("[name^=points-]").nth(1).fill("3")
    press(visit, "review")
    assert page.locator("main tbody tr").count() == 2
    press(visit, "cast")
    commitment(visit)


def test_vote_by_approval(visitor: Visitor) -> None:
    visit = visitor("approval", scripts=False)
    page = visit.open("/en/budgeting/taraz-approval/ballot/1/")
    press(visit, "review")
    assert visit.status == 422
    choose_only(page, {"1", "2", "5", "6"})
    press(visit, "review")
    press(visit, "cast")
    commitment(visit)
    assert page.locator("main tbody tr").count() == 4


def test_a_ballot_sent_twice_is_one(visitor: Visitor) -> None:
    visit = visitor("twice", scripts=False)
    page = visit.open("/kk/budgeting/taraz-approval/ballot/1/")
    choose_only(page, {"2"})
    press(visit, "review")
    path = urlsplit(page.url).path
    fields = [*fields_of(page.locator("main form")), ("step", "cast")]
    press(visit, "cast")
    first = commitment(visit)
    send_again(visit, path, fields)
    page.reload()
    assert commitment(visit) == first


def test_a_project_is_proposed_once(visitor: Visitor) -> None:
    """Errors first, then right through three steps, then back and once more."""
    visit = visitor("proposer", scripts=False)
    page = visit.open("/kk/budgeting/taraz-ideas/proposals/new/")
    go_on = "main form button[value=go_on]"
    page.locator("main [name=summary]").fill("Балалар алаңы.")
    visit.press(go_on)
    assert visit.status == 422
    assert page.locator("main [name=summary]").input_value() == "Балалар алаңы."
    for link in page.locator(".govuk-error-summary a").all():
        assert page.locator(link.get_attribute("href") or "").count() == 1
    assert page.locator("main [name=title]").get_attribute("aria-invalid") == "true"

    title = "Жаңа ойын алаңы"
    page.locator("main [name=title]").fill(title)
    visit.press(go_on)
    page.locator("main [name=point]").fill("D4")
    visit.press(go_on)
    page.locator("main [name=cost]").fill("150 000")
    visit.press("main form button[value=send]")
    assert re.search(r"/proposals/\d+/$", page.url)
    there = page.url
    assert title in page.locator("h1").inner_text()
    assert "150\u00a0000" in page.locator("main dl").inner_text()

    # The step that was sent leads to what became of it.
    page.go_back()
    assert page.url == there
    visit.open(f"/kk/budgeting/taraz-ideas/proposals/?q={title}")
    assert page.locator("main article").count() == 1


def test_organiser_from_the_list_to_the_freeze(visitor: Visitor) -> None:
    visit = visitor("organiser", scripts=False)
    organise = "/ru/budgeting/taraz-prepared/organise/"
    page = visit.open(organise)
    freeze = page.locator("form[action*='/freeze/']")
    assert page.locator(".todo .open").count() == 1
    assert freeze.count() == 0
    assert page.locator("main .refusal").is_visible()

    visit.press("main a[href$='/organise/proposals/']")
    visit.press("main tbody a[href$='/organise/proposals/1/']")
    page.locator("[name=decision][value=feasible]").check()
    page.locator("[name=reasons_kk]").fill("Салуға болады.")
    page.locator("[name=reasons_ru]").fill("Можно построить.")
    page.locator("[name=signed_post]").fill("Акимат")
    visit.press(page.locator("main form").first.locator("button[type=submit]"))
    assert page.locator("main [role=status]").is_visible()

    visit.open(organise)
    visit.press(page.locator("main a[href$='/organise/shortlist/']").first)
    visit.press("main form button[type=submit]")
    assert page.locator("main [role=status]").is_visible()

    visit.open(organise)
    assert page.locator("#votes .todo .open").count() == 0
    fields = fields_of(freeze)
    path = freeze.get_attribute("action") or ""
    visit.press(freeze.locator("button"))
    assert page.locator("main [role=status]").is_visible()
    assert freeze.count() == 0
    send_again(visit, path, fields)
    visit.open(organise)
    assert page.locator("main [role=alert]").count() == 0

    visit.open("/ru/budgeting/taraz-prepared/ballot/1/")
    assert page.locator("[name=project]").count() == 6
    visit.open("/ru/record/")
    frozen = page.locator("main tbody tr", has_text="budgeting.election_frozen")
    assert frozen.filter(has=page.locator("a[href$='/taraz-prepared/']")).count() == 1


def test_organiser_publishes_what_was_counted(visitor: Visitor) -> None:
    visit = visitor("organiser", scripts=False)
    visit.open("/kk/budgeting/taraz-counted/results/")
    assert visit.status == 404
    page = visit.open("/kk/budgeting/taraz-counted/organise/")
    visit.press("form[action*='/organise/results/'] button")
    assert page.locator("main [role=status]").is_visible()
    visit.open("/kk/budgeting/taraz-counted/results/")
    assert visit.status == 200
    assert page.locator("table.results").first.locator("tbody tr").count() > 0


def test_a_region_is_remembered(visitor: Visitor) -> None:
    visit = visitor(scripts=False)
    page = visit.open("/kk/regions/")
    page.locator("[name=territory]").select_option("zhambyl")
    visit.press("form[action$='/regions/choose/'] button")
    assert visit.address == "/kk/regions/zhambyl/"
    visit.open("/kk/regions/")
    assert page.locator("[name=territory]").input_value() == "zhambyl"


def test_filters_are_removable(visitor: Visitor) -> None:
    visit = visitor(scripts=False)
    page = visit.open("/ru/budgeting/taraz-2027/proposals/")
    everything = page.locator("main article").count()
    page.locator("#category").select_option("light")
    visit.press("form.filters button")
    assert 0 < page.locator("main article").count() < everything
    visit.press(page.locator(".pills a").first)
    assert page.locator("main article").count() == everything


def test_discuss(visitor: Visitor) -> None:
    """Say something, once although it is sent twice; support somebody, and take it back."""
    visit = visitor("talker", scripts=False)
    page = visit.open("/kk/budgeting/taraz-2027/proposals/3/")
    form = page.locator("#discussion form[action$='#say']")
    text = "Аялдамада күн тәртібі де ілулі тұрса екен."
    form.locator("[name=text]").fill(text)
    form.locator("[name=position][value=for]").check()
    action, fields = form.get_attribute("action") or "", []
    for name in ("csrfmiddlewaretoken", "form_key"):
        fields.append((name, form.locator(f"[name={name}]").input_value()))
    visit.press(form.locator("button[type=submit]"))
    assert re.search(r"/comments/\d+/#comment-\d+$", page.url)
    assert text in page.locator("article.comment").inner_text()
    send_again(visit, action.split("#")[0], [*fields, ("text", text), ("position", "for")])
    visit.open(action.split("#")[0])
    assert page.locator("article.comment", has_text=text).count() == 1
    for wanted in ("1", "0"):
        button = page.locator("article.comment button[formaction]").first
        assert button.get_attribute("value") == wanted
        visit.press(button)
    assert page.locator("article.comment button[formaction][value='0']").count() == 0
