"""Who visits the site: somebody who is here for the first time, or who comes again."""

from playwright.sync_api import Browser

from tests.e2e.browsing import PHONE, Visit
from tests.e2e.server import Site


class Visitor:
    """Makes visits for one test. Called: with a fresh profile, closed after the test."""

    def __init__(self, site: Site, browser: Browser, kept: dict[str | None, Visit]) -> None:
        self._site, self._browser, self._kept = site, browser, kept
        self._visits: list[Visit] = []

    def __call__(
        self, person: str | None = None, *, scripts: bool = True, width: int = PHONE
    ) -> Visit:
        visit = Visit(self._site, self._browser, person, scripts=scripts, width=width)
        self._visits.append(visit)
        return visit

    def again(self, person: str | None) -> Visit:
        """In the profile that reads all pages of the file as `person`: its cache is warm, which
        saves half of the time. For pages that leave nothing behind in it."""
        if person not in self._kept:
            self._kept[person] = Visit(self._site, self._browser, person)
        visit = self._kept[person]
        visit.start_over()
        return visit

    def leave(self) -> None:
        for visit in self._visits:
            visit.close()
