"""Page types: how to come to each, as whom, and with which status it answers."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote
from zlib import crc32

import pytest

from tests.e2e.browsing import LARGEST_VISIT, Visit, problems_of
from tests.e2e.visitors import Visitor

LANGUAGES = ("kk", "ru", "en")
EVERYWHERE = os.environ.get("KENES_AXE") == "everywhere"


@dataclass(frozen=True)
class PageType:
    """`path` follows the language; `then` goes on from there to the page that is meant. `region`
    is the slug of the one that the visitor has chosen."""

    name: str
    path: str
    person: str | None = None
    status: int = 200
    then: Callable[[Visit], None] | None = None
    region: str = ""

    def is_for_axe(self, language: str) -> bool:
        """In one language, fixed by the name: each language gets a third of the pages."""
        return EVERYWHERE or language == LANGUAGES[crc32(self.name.encode()) % len(LANGUAGES)]


def in_every_language(pages: Iterable[PageType]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("page_type", "language"),
        [
            pytest.param(page, language, id=f"{page.name}-{language}")
            for page in pages
            for language in LANGUAGES
        ],
    )


def check(page_type: PageType, language: str, visitor: Visitor) -> None:
    """The first visit is light, and the page that is meant has no fault."""
    is_first = language == LANGUAGES[0]
    visit = visitor.again(page_type.person, is_new=is_first)
    if page_type.region:
        visit.choose_region(page_type.region)
    path = f"/{language}{page_type.path}"
    visit.open(path)
    led_to = unquote(visit.address)
    weight = visit.weight() if is_first else 0
    if page_type.then is not None:
        page_type.then(visit)
    problems = problems_of(visit, language, with_axe=page_type.is_for_axe(language))
    if led_to != path:
        problems.append(f"{path} led to {led_to}")
    if visit.status != page_type.status:
        problems.append(f"status {visit.status} at {visit.address}")
    if weight > LARGEST_VISIT:
        problems.append(f"the first visit weighs {weight} bytes")
    assert not problems, "\n".join([visit.address, *problems])
