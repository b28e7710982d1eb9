"""The kinds of thing people can take part in: each domain app registers its own at start-up.

So the shared app lists, names and links dossiers without importing the apps that own them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

    from participation.models import AnswerDue, Comment, Dossier


@dataclass(frozen=True)
class PhaseKind:
    """A phase of a process: its name, and what an open one invites people to do."""

    code: str
    label: LazyText
    call: LazyText | None = None


@dataclass(frozen=True)
class State:
    """A state that dossiers of a kind may be in; `tone` colours its tag (docs/face.md)."""

    code: str
    label: LazyText
    tone: str = ""


@dataclass(frozen=True)
class Kind:
    """`prefix` begins the public number; `is_process` puts it on the pages of places, and its
    open phases on lists of what is open now.

    `states` are those that pages show and searches filter by. `on_thread` is called with each
    comment that opens a thread as it becomes public, in the same transaction, wherever it was
    written; it may refuse the comment (participation.errors.Refused). `on_answers` is called, in
    the same transaction too, when a body is asked and when its answer is published or corrected.
    `on_support` is called before somebody backs a dossier and may refuse it; the button stands on
    the dossier's own page then, and not in the discussion.
    """

    code: str
    prefix: str
    label: LazyText
    is_process: bool = False
    phases: Sequence[PhaseKind] = field(default=())
    states: Sequence[State] = field(default=())
    on_thread: Callable[[Comment], None] | None = None
    on_answers: Callable[[AnswerDue], None] | None = None
    on_support: Callable[[Dossier], None] | None = None

    @property
    def has_own_support(self) -> bool:
        return self.on_support is not None

    def state(self, code: str) -> State | None:
        return next((state for state in self.states if state.code == code), None)

    def phase(self, code: str) -> PhaseKind:
        return next(phase for phase in self.phases if phase.code == code)


_KINDS: dict[str, Kind] = {}
_RECORDS: dict[str, LazyText] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.code] = kind


def kind_named(code: str) -> Kind:
    """The registered kind. Raises KeyError for one that no installed app registers."""
    return _KINDS[code]


def tell_of_answers(due: AnswerDue) -> None:
    """Hand it to the app whose dossier it is about."""
    if take := kind_named(due.dossier.kind).on_answers:
        take(due)


def kinds() -> list[Kind]:
    """All that are registered, in the order of the apps."""
    return list(_KINDS.values())


def process_kinds() -> list[str]:
    return [kind.code for kind in _KINDS.values() if kind.is_process]


def register_records(labels: dict[str, LazyText]) -> None:
    """Name the kinds of entries that an app writes into the public record."""
    _RECORDS.update(labels)


def record_label(kind: str) -> str:
    """What an entry of the record says happened; the bare kind if no app named it."""
    return str(_RECORDS.get(kind, kind))
