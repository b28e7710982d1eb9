"""Visiting the site in a real browser, and what is wrong with a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
)

from tests.e2e.server import Site

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, SMALL_PHONE, DESKTOP = 390, 320, 1280
HEIGHT = 844
PATIENCE = 30_000  # milliseconds; two busy cores may be shared with other tests
LARGEST_VISIT = 60_000  # bytes
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

AXE = """tags => axe.run(document, {
  runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
}).then(found => found.violations.map(rule =>
  `${rule.id}: ` + rule.nodes.slice(0, 4).map(node =>
    `${node.target.join(' ')} (${node.failureSummary.split('\\n').slice(1).join(';').trim()})`
  ).join(' | ')))"""
# What is cut off or makes the page scroll sideways; tables and codes may scroll in themselves.
TOO_WIDE = """() => {
  const {clientWidth: width, scrollWidth} = document.documentElement;
  if (Math.max(scrollWidth, document.body.scrollWidth) <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1;
  });
  return ['' + scrollWidth, ...out.slice(0, 5).map(element =>
    element.tagName.toLowerCase() + (element.className ? '.' + element.className : ''))];
}"""
FACTS = """() => ({
  language: document.documentElement.lang, title: document.title,
  headings: document.querySelectorAll('h1').length,
})"""
TELL_OF_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event =>
  console.error(`CSP ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


def find_chromium() -> str | None:
    """KENES_CHROMIUM, or one that is installed; None if there is none."""
    installed = filter(None, map(shutil.which, PROGRAMS))
    return os.environ.get("KENES_CHROMIUM") or next(installed, None)


@contextmanager
def launch(playwright: Playwright, program: str) -> Iterator[Browser]:
    """Chromium with a profile of its own, which goes with it."""
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


class Visit:
    """A fresh profile on the site; `complaints` is what the browser said against its pages."""

    def __init__(
        self,
        site: Site,
        browser: Browser,
        person: str | None,
        *,
        scripts: bool = True,
        width: int = PHONE,
    ) -> None:
        self.site = site
        self.complaints: list[str] = []
        self.status = 0
        self._requests: list[Request] = []
        self._context = browser.new_context(
            base_url=site.address,
            java_script_enabled=scripts,
            viewport={"width": width, "height": HEIGHT},
        )
        self._context.set_default_timeout(PATIENCE)
        self._sign_in(person)
        if scripts:
            self._context.add_init_script(TELL_OF_VIOLATIONS)
        self.page: Page = self._context.new_page()
        self.page.on("response", self._on_response)
        self.page.on("requestfinished", lambda request: self._requests.append(request))
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self._inspector = self._context.new_cdp_session(self.page)
        self._width = width

    def close(self) -> None:
        self._context.close()

    def open(self, path: str) -> Page:
        """Go to `path`, which begins with its language."""
        self.page.goto(path)
        return self.page

    def press(self, button: str | Locator) -> Page:
        """Click what leads to a page, and wait until that page is whole.

        A bare click returns as soon as the answer begins to arrive, and whoever counts then
        counts half a page.
        """
        locator = self.page.locator(button) if isinstance(button, str) else button
        with self.next_page():
            locator.click()
        return self.page

    @contextmanager
    def next_page(self) -> Iterator[None]:
        """What is done within leads to a page; afterwards that page is whole."""
        with self.page.expect_navigation():
            yield

    def go_offline(self) -> None:
        self._context.set_offline(True)

    def go_online(self) -> None:
        self._context.set_offline(False)

    def become(self, person: str | None, *, is_new: bool) -> None:
        """Somebody else with a phone, who was never here before or has kept only the files.

        A profile of their own would cost most of a second.
        """
        self._context.clear_cookies()
        if is_new:
            self._inspector.send("Network.clearBrowserCache")
            # What the page at hand has in memory goes too.
            self._inspector.send("Network.enable")
            self._inspector.send("Network.setCacheDisabled", {"cacheDisabled": True})
            self._inspector.send("Network.setCacheDisabled", {"cacheDisabled": False})
        self._sign_in(person)
        self.complaints.clear()
        self._requests.clear()
        self.resize(PHONE)

    def _sign_in(self, person: str | None) -> None:
        if person is not None:
            session = self.site.sessions[person]
            cookie = {"name": "sessionid", "value": session, "url": self.site.address}
            self._context.add_cookies([cookie])  # type: ignore[list-item]

    def choose_region(self, slug: str) -> None:
        cookie = {"name": "region", "value": slug, "url": self.site.address}
        self._context.add_cookies([cookie])  # type: ignore[list-item]

    @property
    def address(self) -> str:
        """Path and query of the page shown."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def resize(self, width: int) -> None:
        if width != self._width:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self._width = width

    def weight(self) -> int:
        """Bytes that came over the wire so far: bodies as they were compressed."""
        return sum(request.sizes()["responseBodySize"] for request in self._requests)

    def _on_response(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.status = response.status

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser calls a page that answers 404 or 422 an error; its status is looked at apart.
        is_page_itself = (
            message.location.get("url", "").split("#")[0] == self.page.url.split("#")[0]
            and "Failed to load resource" in message.text
        )
        if message.type in ("error", "warning") and not is_page_itself:
            self.complaints.append(f"{message.type}: {message.text}")


def problems_of(visit: Visit, language: str, *, with_axe: bool = True) -> list[str]:
    """Everything wrong with the page shown, whatever the page is."""
    page = visit.page
    facts = page.evaluate(FACTS)
    found = [*visit.complaints]
    if facts["language"] != language:
        found.append(f"html lang is {facts['language']}")
    if facts["headings"] != 1:
        found.append(f"{facts['headings']} h1")
    if not facts["title"].split("–")[0].strip():
        found.append(f"title is {facts['title']!r}")
    for width in (SMALL_PHONE, PHONE):
        visit.resize(width)
        if out := page.evaluate(TOO_WIDE):
            found.append(f"scrolls sideways at {width}: {', '.join(out)}")
    if with_axe:
        page.evaluate(_axe())
        for width in (PHONE, DESKTOP):
            visit.resize(width)
            found += [f"axe at {width}: {violation}" for violation in page.evaluate(AXE, WCAG)]
    return found
