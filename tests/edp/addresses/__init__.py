"""The addresses of discovery processes and a world in which they exist, part by part.

The process OPEN is public and of the tests' city, where "organiser" organises; DRAFT is not public.
"""

from accounts.models import User
from participation.models import Territory
from tests.edp.addresses import (
    consultation,
    delphi,
    evaluation,
    evidence,
    ideas,
    process,
    strategy,
    workshops,
)
from tests.edp.making import make_process

PARTS = (process, evidence, workshops, delphi, ideas, evaluation, consultation, strategy)
PAGES = [page for part in PARTS for page in part.PAGES]
TYPED = [*ideas.TYPED]


def fill(people: dict[str, User | None], city: Territory) -> None:
    opened = make_process(city, slug="open", stage="discovery", territory=city)
    draft = make_process(city, slug="draft", territory=city, is_public=False)
    for part in PARTS:
        part.fill(opened, draft, people)
