"""A cycle's year in words: on each date what changes, and for whom, as its rules and phases say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import phases
from budgeting.proposal_rules import ProposalRules
from budgeting.voting_rules import VotingRules


class Dated(Protocol):
    """A phase, kept or still being planned."""

    @property
    def kind(self) -> str: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...


@dataclass(frozen=True)
class Facts:
    """`check_days`: working days of a department for its verdict; None before its rules are
    chosen. `rules` is None where they cannot be read."""

    place: str
    rules: VotingRules | None
    threshold: int = 0
    check_days: int | None = None

    @classmethod
    def of(cls, place: str, data: dict[str, Any], check_days: int | None = None) -> "Facts":
        """From the data of a ruleset, whatever it holds."""
        try:
            rules = VotingRules.from_data(data)
            threshold = ProposalRules.from_data(data).support_threshold
        except (TypeError, ValueError):
            return cls(place, None, 0, check_days)
        return cls(place, rules, threshold, check_days)


@dataclass(frozen=True)
class Change:
    """For whom, and what."""

    who: str
    what: str


@dataclass(frozen=True)
class Turn:
    """A moment at which something changes; `titles` name what opens and closes then."""

    at: datetime
    titles: list[str]
    changes: list[Change]


def turns_of(cycle_phases: Iterable[Dated], facts: Facts) -> list[Turn]:
    """In the order of time. What happens at the same moment is one turn."""
    ends = sorted(_ends(cycle_phases), key=lambda end: (end[0], end[2] == "opens"))
    turns = []
    for at, group in groupby(ends, key=lambda end: end[0]):
        found = list(group)
        changes = [change for _at, kind, end in found for change in _TOLD[kind, end](facts)]
        turns.append(Turn(at, [_title(kind, end) for _at, kind, end in found], changes))
    return turns


def _ends(cycle_phases: Iterable[Dated]) -> Iterator[tuple[datetime, str, str]]:
    for phase in cycle_phases:
        yield phase.opens_at, phase.kind, "opens"
        yield phase.closes_at, phase.kind, "closes"


def _title(kind: str, end: str) -> str:
    label = next(known.label for known in phases.PHASE_KINDS if known.code == kind)
    words = _("%(phase)s: begins") if end == "opens" else _("%(phase)s: ends")
    return words % {"phase": label}


def _proposals_open(facts: Facts) -> Sequence[Change]:
    changes = [
        Change(_("Residents"), _("Whoever has an account may propose a project and back others.")),
        Change(_("Organisers"), _("Proposals on paper can be entered.")),
    ]
    if facts.threshold:
        changes.append(Change(_("Authors"), _ask_for_backers(facts.threshold)))
    return changes


def _ask_for_backers(threshold: int) -> str:
    return ngettext(
        "A proposal needs %(number)s supporter to go on.",
        "A proposal needs %(number)s supporters to go on.",
        threshold,
    ) % {"number": threshold}


def _proposals_close(facts: Facts) -> Sequence[Change]:
    changes = [
        Change(
            _("Authors"),
            _("They can no longer edit their proposals, only withdraw them; nothing new is taken."),
        ),
        Change(_("Residents"), _("Support is no longer taken.")),
    ]
    if facts.threshold:
        changes.append(
            Change(
                _("Authors"),
                ngettext(
                    "What fewer than %(number)s person backs goes no further, with a notice.",
                    "What fewer than %(number)s people back goes no further, with a notice.",
                    facts.threshold,
                )
                % {"number": facts.threshold},
            )
        )
    return changes


def _check_opens(facts: Facts) -> Sequence[Change]:
    queue = _("They get their queue: the organiser hands every proposal to one of them.")
    if facts.check_days:
        queue += " " + ngettext(
            "Each verdict is due in %(days)s working day.",
            "Each verdict is due in %(days)s working days.",
            facts.check_days,
        ) % {"days": facts.check_days}
    return [
        Change(_("Departments"), queue),
        Change(_("Authors"), _("They answer public questions, and may appeal against a verdict.")),
    ]


def _check_closes(facts: Facts) -> Sequence[Change]:
    return [
        Change(
            _("Departments"),
            _("Proposals that no department has count as overdue, for everybody to see."),
        ),
        Change(
            _("Organisers"),
            _("Put what is feasible on the ballot and freeze the vote before it opens."),
        ),
    ]


def _vote_opens(facts: Facts) -> Sequence[Change]:
    fixed = _("Projects, costs, money, dates and rules are fixed; a vote not frozen does not open.")
    voters = []
    if facts.rules is not None:
        sentence = facts.rules.voter_rules.sentence(facts.place)
        voters = [Change(_("Voters"), f"{sentence} {facts.rules.limit_text}")]
    return [*voters, Change(_("Organisers"), fixed)]


def _vote_closes(facts: Facts) -> Sequence[Change]:
    return [
        Change(_("Voters"), _("No ballot is taken or changed any more.")),
        Change(
            _("Organisers"),
            _("The ballots are opened and counted by themselves; you publish what they say."),
        ),
    ]


def _results_open(facts: Facts) -> Sequence[Change]:
    return [
        Change(_("Organisers"), _("This is the day announced for the results: publish them.")),
        Change(
            _("Everybody"),
            _("Winners, the cut line, who took part and all ballots can be read and recounted."),
        ),
    ]


def _works_open(facts: Facts) -> Sequence[Change]:
    return [
        Change(
            _("Builders"),
            _("They tell of milestones, money and delays; followers hear of every entry."),
        ),
    ]


def _works_close(facts: Facts) -> Sequence[Change]:
    return [
        Change(_("Everybody"), _("What is not finished goes on, and its delays stay in the list.")),
    ]


def _nothing(facts: Facts) -> Sequence[Change]:
    return []


_TOLD = {
    (phases.PROPOSALS, "opens"): _proposals_open,
    (phases.PROPOSALS, "closes"): _proposals_close,
    (phases.FEASIBILITY, "opens"): _check_opens,
    (phases.FEASIBILITY, "closes"): _check_closes,
    (phases.VOTING, "opens"): _vote_opens,
    (phases.VOTING, "closes"): _vote_closes,
    (phases.RESULTS, "opens"): _results_open,
    (phases.RESULTS, "closes"): _nothing,
    (phases.WORKS, "opens"): _works_open,
    (phases.WORKS, "closes"): _works_close,
}
