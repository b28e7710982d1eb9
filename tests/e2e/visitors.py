"""Who visits the site: somebody who is here for the first time, or who comes again."""

from playwright.sync_api import Browser

from tests.e2e.browsing import PHONE, Visit
from tests.e2e.server import Site


class Visitor:
    """Makes visits for one test. Called: with a fresh profile, closed after the test."""

    def __init__(self, site: Site, browser: Browser, kept: list[Visit]) -> None:
        self._site, self._browser, self._kept = site, browser, kept
        self._visits: list[Visit] = []

    def __call__(
        self, person: str | None = None, *, scripts: bool = True, width: int = PHONE
    ) -> Visit:
        visit = Visit(self._site, self._browser, person, scripts=scripts, width=width)
        self._visits.append(visit)
        return visit

    def again(self, person: str | None, *, is_new: bool) -> Visit:
        """In the window in which all page types of the file are visited, one person after the
        other; without `is_new` the files that all pages share are there already."""
        if not self._kept:
            self._kept.append(Visit(self._site, self._browser, None))
        visit = self._kept[0]
        visit.become(person, is_new=is_new)
        return visit

    def leave(self) -> None:
        for visit in self._visits:
            visit.close()
