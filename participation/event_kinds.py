"""The kinds of event people are told of: each app registers its own at start-up.

A kind's words are templates, `emails/<code>/subject.txt` and `body.txt`, written in the language
and time of whoever reads them, with `recipient`, `dossier`, `data`, `link` and `site_name`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from participation.models import Delivery, Event, Preference

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

EMAIL, SITE = Delivery.Channel.EMAIL, Delivery.Channel.SITE
TELEGRAM, SMS = Delivery.Channel.TELEGRAM, Delivery.Channel.SMS
Pace = Preference.Pace
Paces = Mapping[str, str]

_USUAL: Paces = {EMAIL: Pace.DAILY, SITE: Pace.AT_ONCE, TELEGRAM: Pace.DAILY, SMS: Pace.NEVER}
_LETTERS: Paces = {**_USUAL, EMAIL: Pace.AT_ONCE}
LEGAL_PACES: Paces = {EMAIL: Pace.AT_ONCE, SITE: Pace.AT_ONCE}


@dataclass(frozen=True)
class Category:
    """What people choose a pace for; `paces` are the defaults, a pace for each channel."""

    code: str
    label: LazyText
    hint: LazyText
    paces: Paces


FOLLOWED, OWN, DISCUSSION, NEWSLETTER = "followed", "own", "discussion", "newsletter"
CATEGORIES = {
    category.code: category
    for category in (
        Category(
            FOLLOWED,
            _("News of what I follow"),
            _("A decision, an answer, a new phase of something or some place you follow."),
            _USUAL,
        ),
        Category(
            OWN,
            _("What becomes of my own contributions"),
            _("A verdict on your proposal, an answer to what you asked."),
            _USUAL,
        ),
        Category(
            DISCUSSION,
            _("Discussion"),
            _("Replies to you, and comments on what you follow."),
            _USUAL,
        ),
        Category(
            NEWSLETTER,
            _("Letters from organisers"),
            _("What those who run a process in a place you follow write to its residents."),
            _LETTERS,
        ),
    )
}


@dataclass(frozen=True)
class EventKind:
    """`category` is one of CATEGORIES. A legal notice is sent at once, whatever people prefer.

    `channels`, where given, are the only ones. With `tells_area` the followers of the place and
    of those above it hear of it too, not only the followers of the thing. `context` adds to what
    the templates know: it reads rows when a message is written, and is asked for one event.
    `contexts` does the same for many at once, by the numbers of the events, for lists of messages.
    """

    code: str
    category: str
    label: LazyText
    is_legal: bool = False
    tells_area: bool = True
    channels: tuple[str, ...] | None = None
    context: Callable[[Event], dict[str, Any]] | None = None
    contexts: Callable[[Sequence[Event]], Mapping[int, dict[str, Any]]] | None = None

    def paces(self) -> Paces:
        """The channels that a message of this kind may take, and the pace of each by default."""
        paces = LEGAL_PACES if self.is_legal else CATEGORIES[self.category].paces
        if self.channels is not None:
            return dict.fromkeys(self.channels, Pace.AT_ONCE)
        return paces


# The one message that stands for many; it is written by services.digests.
DIGEST = "digest"

_KINDS: dict[str, EventKind] = {}


def register(kind: EventKind) -> None:
    """Raises KeyError for a category that does not exist."""
    if not kind.is_legal:
        CATEGORIES[kind.category]
    _KINDS[kind.code] = kind


def kind_of_event(code: str) -> EventKind:
    """The registered kind. Raises KeyError for one that no installed app registers."""
    return _KINDS[code]


def codes_in(category: str) -> list[str]:
    """The kinds that people's choice for this category concerns."""
    return [k.code for k in _KINDS.values() if k.category == category and not k.is_legal]
