"""Addresses of the site and whom each answers how: the words of the table in tests/urls."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import override

ROLES = (
    "anonymous", "charlie", "alice", "organiser", "elsewhere", "reviewer", "registrar", "moderator",
    "officer", "secretary", "member",
)  # fmt: skip
OUTSIDERS = ("anonymous", "alice", "elsewhere")
Statuses = dict[str, int]


def everyone(status: int) -> Statuses:
    return dict.fromkeys(ROLES, status)


def signed_in(status: int) -> Statuses:
    """Strangers are led to the sign-in page."""
    return everyone(status) | {"anonymous": 302}


def only(*roles: str, status: int = 200, others: int = 404) -> Statuses:
    """To all others the page does not exist: 404, never 403."""
    return signed_in(others) | dict.fromkeys(roles, status)


def guests(status: int = 200) -> Statuses:
    """Pages of somebody who is about to sign in; who is signed in is led on."""
    return everyone(302) | {"anonymous": status}


@dataclass(frozen=True)
class Page:
    """A page, whom it answers how, and what stands in its address."""

    name: str
    get: Statuses
    post: Statuses
    args: tuple[Any, ...] = ()

    @property
    def address(self) -> str:
        if self.name.startswith("/"):
            return self.name
        args = [arg() if callable(arg) else arg for arg in self.args]
        with override("en"):
            return reverse(self.name, args=args)


SAFE = everyone(405)  # POST where only reading is declared
BUTTON = everyone(405)  # GET where only a form's button leads
MISSING = everyone(404)
UNBEGUN = everyone(302)  # a step of a flow that has not begun leads to its start
ORGANISERS = only("organiser")
NOBODY = only()
