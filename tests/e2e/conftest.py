"""A site, a browser, and visits to pages that notice what a browser complains of."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsing import Visit, find_chromium, launch
from tests.e2e.server import Site, running_site
from tests.e2e.visitors import Visitor

__all__ = ["Visitor"]


@pytest.fixture(scope="session")
def chromium() -> str:
    program = find_chromium()
    if program is None:
        lack = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("KENES_REQUIRE_SYSTEM_PARTS") == "1":
            pytest.fail(lack)
        pytest.skip(lack)
    return program


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if worker else folder  # of all workers
    number = int((worker or "gw0").removeprefix("gw"))
    with running_site(tmp_path_factory.mktemp("site"), number, shared) as site:
        yield site


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One a file: while Playwright runs in this thread, Django refuses to use the database."""
    with sync_playwright() as playwright, launch(playwright, chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def kept(browser: Browser) -> Iterator[list[Visit]]:
    """The window in which one page is visited after the other."""
    visits: list[Visit] = []
    yield visits
    for visit in visits:
        visit.close()


@pytest.fixture
def visitor(site: Site, browser: Browser, kept: list[Visit]) -> Iterator[Visitor]:
    visitor = Visitor(site, browser, kept)
    yield visitor
    visitor.leave()
