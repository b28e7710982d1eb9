"""Somebody who votes by a code from a letter: a person in the booth, nobody anywhere else.

Their row cannot sign in. The session remembers whose letter was opened, for half an hour, and the
booth of that budget alone takes them for that person; every other page sees a visitor.
"""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from budgeting.models import Cycle

SESSION_KEY = "voter_by_code"
HALF_AN_HOUR = 30 * 60  # seconds; a telephone is lent to a neighbour
BOOTH = "budgeting:ballot-"


def open_booth(request: HttpRequest, voter: User, cycle: Cycle) -> None:
    """From here on this browser votes as the person of the letter."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = {
        "person": voter.pk,
        "cycle": cycle.slug,
        "until": int(time.time()) + HALF_AN_HOUR,
    }


def leave_booth(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def voter_in(request: HttpRequest, slug: str) -> User | None:
    """Whose letter is open for this budget, if it still is."""
    opened = request.session.get(SESSION_KEY)
    if not opened or opened["cycle"] != slug or opened["until"] < time.time():
        return None
    # An account signs in; only who cannot is let in by a letter.
    return User.objects.filter(pk=opened["person"], is_active=False, erased_at=None).first()


class VoterByCode:
    """Lets the person of an open letter into the booth of its budget."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if match is None or not match.view_name.startswith(BOOTH):
            return
        if SESSION_KEY in request.session and not request.user.is_authenticated:
            voter = voter_in(request, kwargs.get("slug", ""))
            if voter is not None:
                request.user = voter
