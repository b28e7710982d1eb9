"""Page types: how to come to each, as whom, and with which status it answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest

from tests.e2e.browsing import LARGEST_VISIT, Visit, problems_of

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class PageType:
    """`path` follows the language; `then` goes on from there to the page that is meant."""

    name: str
    path: str
    person: str | None = None
    status: int = 200
    then: Callable[[Visit], None] | None = None


def in_every_language(pages: Iterable[PageType]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("page_type", "language"),
        [
            pytest.param(page, language, id=f"{page.name}-{language}")
            for page in pages
            for language in LANGUAGES
        ],
    )


def check(page_type: PageType, language: str, visitor: Callable[..., Any]) -> None:
    """The first visit is light, and the page that is meant has no fault."""
    visit: Visit = visitor(page_type.person)
    path = f"/{language}{page_type.path}"
    visit.open(path)
    led_to = unquote(visit.address)
    weight = visit.weight()
    if page_type.then is not None:
        page_type.then(visit)
    problems = problems_of(visit, language)
    if led_to != path:
        problems.append(f"{path} led to {led_to}")
    if visit.status != page_type.status:
        problems.append(f"status {visit.status} at {visit.address}")
    if weight > LARGEST_VISIT:
        problems.append(f"the first visit weighs {weight} bytes")
    assert not problems, "\n".join([visit.address, *problems])
