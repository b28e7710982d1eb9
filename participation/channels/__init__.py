"""Ways to reach people, behind one small protocol. They know messages, not rows.

On the site nothing is sent: the delivery row is the message.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """One message, written in its reader's language.

    `key` is the same however often it is sent, so that a repeat can be recognised. `address` is
    an e-mail address, a chat or a telephone number. `short` is for channels without room.
    `unsubscribe` is an address for one-click unsubscription (RFC 8058), or empty.
    """

    key: str
    address: str
    subject: str
    text: str
    html: str
    short: str
    unsubscribe: str = ""


class SendingFailed(Exception):
    """A message was not handed over."""


class RefusedForGood(SendingFailed):
    """It will never be taken. `address_is_bad`: nor will any other for this address."""

    def __init__(self, reason: str, *, address_is_bad: bool = False) -> None:
        super().__init__(reason)
        self.address_is_bad = address_is_bad


class TryLater(SendingFailed):
    """This one may be taken later; others may be taken now."""


class Hangs(TryLater):
    """No answer in time: this one later, and all others after a pause."""


class ChannelAway(SendingFailed):
    """Nothing can be sent by this channel now; it is no fault of the message."""


class Channel(Protocol):
    def send(self, message: Message) -> None:
        """Hand the message over. Raises SendingFailed."""


OpenChannel = Callable[[], AbstractContextManager[Channel]]
