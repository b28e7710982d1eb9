"""Refusals of the domain: each says what happened, in the reader's language, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Refused(Exception):
    """A service did not do what it was asked to; nothing was written.

    `message` is for people; `way_out` says what they can do instead, and may be empty.
    """

    message: _StrOrPromise = _("This cannot be done.")
    way_out: _StrOrPromise = ""

    def __init__(
        self, message: _StrOrPromise | None = None, *, way_out: _StrOrPromise | None = None
    ) -> None:
        if message is not None:
            self.message = message
        if way_out is not None:
            self.way_out = way_out
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refused):
    """The person does not hold the role that the act requires."""

    message = _("You do not hold the role that this requires.")
