"""The addresses of a budget's parts and a world in which they exist, part by part.

"taraz-2027" is public and takes proposals, votes and verdicts; "taraz-2030" is being prepared.
"""

from types import ModuleType

from accounts.models import User
from participation.models import Territory
from tests.budgeting.addresses import feasibility, paper, proofs, proposals, trials, voting, works

PARTS: tuple[ModuleType, ...] = (proofs, proposals, trials, voting, works, feasibility, paper)
PAGES = [page for part in PARTS for page in part.PAGES]
TYPED = [*proofs.TYPED, *works.TYPED, *proposals.TYPED]


def fill(people: dict[str, User | None], city: Territory) -> None:
    for part in PARTS:
        part.fill(people, city)
