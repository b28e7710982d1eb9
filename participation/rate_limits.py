"""How often somebody may try: fixed windows counted in the cache.

Without the cache nothing is counted and nobody is stopped: a lost Valkey must not silence people.
"""

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.errors import Refused


class TooManyTries(Refused):
    """`seconds` until the next try counts anew."""

    message = _("You have sent too much in a short time. Your text is kept below.")

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = max(1, round(seconds / 60))
        wait = ngettext(
            "Send it again in %(number)s minute.", "Send it again in %(number)s minutes.", minutes
        )
        super().__init__(way_out=wait % {"number": minutes})


@dataclass(frozen=True)
class Limit:
    """`number` tries in each window of `seconds`; windows begin at whole multiples of them."""

    name: str
    number: int
    seconds: int

    def hit(self, who: str) -> None:
        """Count one try. Raises TooManyTries from the one after the last that is allowed."""
        now = int(time.time())
        window, begun = divmod(now, self.seconds)
        # Neither addresses nor people can be read from the cache.
        key = f"limit:{self.name}:{window}:{salted_hmac('rate-limit', who).hexdigest()[:32]}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            tries = cache.incr(key)
        except ValueError:  # the window ended between the two
            return
        if tries > self.number:
            raise TooManyTries(self.seconds - begun)


def address_of(request: HttpRequest) -> str:
    """The client's address; behind proxies as TRUSTED_PROXY_COUNT says."""
    return str(get_adapter(request).get_client_ip(request))
