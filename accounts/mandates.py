"""Who holds a mandate (a role in force, say): each app that hands out mandates tells how to see it.

An official's account opens more than their own data, so it needs two-step sign-in.
"""

from collections.abc import Callable

from accounts.models import User

Holds = Callable[[User], bool]

_HOLDS: list[Holds] = []


def register(holds: Holds) -> None:
    """`holds` says whether a person has a mandate at this moment; one indexed query at most."""
    if holds not in _HOLDS:
        _HOLDS.append(holds)


def holds_mandate(person: User) -> bool:
    return person.is_staff or any(holds(person) for holds in _HOLDS)
