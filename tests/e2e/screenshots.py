"""Pictures of the main pages, to look at before showing them to anybody.

`python -m tests.e2e.screenshots FOLDER [ADDRESS]` shoots a running demo (http://localhost:8000),
in Kazakh and Russian, as wide as a phone and as a desktop. The demo's citizen casts a ballot.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browsing import DESKTOP, HEIGHT, PATIENCE, PHONE, find_chromium, launch

LANGUAGES = ("kk", "ru")
PASSWORD = "kenes-demo-2027"  # as `make demo` prints it
TALLEST = 4000  # pixels; what is below says no more about the looks
BOOTH = "/budgeting/taraz-2027/ballot/1/"


def _choose_too_much(page: Page) -> None:
    for box in page.locator("[name=project]").all():
        box.check()
    page.locator("[name=step][value=review]").click()


def _choose_some(page: Page) -> None:
    for number, box in enumerate(page.locator("[name=project]").all()):
        box.set_checked(number < 3)


def _review(page: Page) -> None:
    _choose_some(page)
    page.locator("[name=step][value=review]").click()
    page.locator("[name=step][value=cast]").wait_for()


def _cast(page: Page) -> None:
    _review(page)
    page.locator("[name=step][value=cast]").click()
    page.wait_for_url("**/receipt/")


def _send_empty(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


Act = Callable[[Page], None] | None
SHOTS: list[tuple[str, str | None, str, Act]] = [
    ("home", None, "/", None),
    ("regions", None, "/regions/", None),
    ("region", None, "/regions/zhambyl/", None),
    ("cycles", None, "/budgeting/", None),
    ("cycle-voting", None, "/budgeting/taraz-2027/", None),
    ("cycle-feasibility", None, "/budgeting/astana-2026/", None),
    ("proposals", None, "/budgeting/taraz-2027/proposals/?state=shortlisted", None),
    ("proposal", None, "/budgeting/taraz-2027/proposals/1/", None),
    ("results", None, "/budgeting/swiecie-2023/results/", None),
    ("results-long", None, "/budgeting/warszawa-bemowo-2024/results/", None),
    ("log", None, BOOTH + "log/", None),
    ("promise", None, "/budgeting/promise/", None),
    ("record", None, "/record/", None),
    ("sign-in", None, "/account/login/", None),
    ("sign-up", None, "/account/signup/", None),
    ("no-such-page", None, "/no/such/page/", None),
    ("booth-anonymous", None, BOOTH, None),
    ("booth", "citizen", BOOTH, _choose_some),
    ("booth-error", "citizen", BOOTH, _choose_too_much),
    ("review", "citizen", BOOTH, _review),
    ("receipt", "citizen", BOOTH, _cast),
    ("person", "citizen", "/account/", None),
    ("edit", "citizen", "/account/edit/", None),
    ("two-steps", "citizen", "/account/2fa/", None),
    ("organise-to-do", "organiser", "/budgeting/astana-2026/organise/", None),
    ("organise-frozen", "organiser", "/budgeting/taraz-2027/organise/", None),
    ("dates", "organiser", "/budgeting/astana-2026/organise/dates/", None),
    ("queue", "organiser", "/budgeting/astana-2026/organise/proposals/", None),
    ("check", "organiser", "/budgeting/astana-2026/organise/proposals/1/", None),
    ("residence-error", "organiser", "/budgeting/taraz-2027/organise/residents/", _send_empty),
    ("new-budget", "organiser", "/budgeting/new/", None),
    ("demo-mail", None, "/demo/mail/", None),
]


def _sign_in(page: Page, person: str) -> None:
    page.goto("/kk/account/login/?next=/kk/")
    page.locator("main [name=login]").fill(f"{person}@demo.example")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main [name=password]").press("Enter")
    page.wait_for_url("**/kk/")


def shoot(folder: Path, address: str, program: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright, program) as browser:
        for person in dict.fromkeys(person for _, person, _, _ in SHOTS):
            context = browser.new_context(base_url=address, color_scheme="light")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())  # "leave without voting?"
            if person is not None:
                _sign_in(page, person)
            for name, _, path, act in (shot for shot in SHOTS if shot[1] == person):
                for language in LANGUAGES:
                    for width in (PHONE, DESKTOP):
                        page.set_viewport_size({"width": width, "height": HEIGHT})
                        page.goto(f"/{language}{path}")
                        if act is not None:
                            act(page)
                        _picture(page, folder / f"{name}-{language}-{width}.png", width)
            context.close()


def _picture(page: Page, path: Path, width: int) -> None:
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.screenshot(
        path=path,
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
    )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    chromium = find_chromium() or sys.exit("Chromium is not installed: apt-get install chromium")
    shoot(Path(sys.argv[1]), (sys.argv[2:] or ["http://localhost:8000"])[0], chromium)
