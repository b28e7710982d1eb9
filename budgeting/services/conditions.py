"""Which projects exclude each other, and which may use the money that is kept for some."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from budgeting import errors
from budgeting.models import ConflictEntry, EarmarkedProject, Election, Envelope, Proposal
from participation.services import record


@transaction.atomic
def add_conflict_set(*, by: User, envelope: Envelope, proposals: Collection[Proposal]) -> int:
    """Of these projects at most one will be funded; returns the number of the set.

    Raises ConflictTooSmall for fewer than two, ConflictExists for a set that is there already,
    WrongState once the vote is frozen.
    """
    _lock(envelope)
    chosen = {proposal.pk for proposal in proposals}
    if len(chosen) < 2:
        raise errors.ConflictTooSmall
    sets = conflict_sets(envelope)
    if chosen in [{proposal.pk for proposal in group} for group in sets.values()]:
        raise errors.ConflictExists
    number = max(sets, default=0) + 1
    ConflictEntry.objects.bulk_create(
        ConflictEntry(envelope=envelope, number=number, proposal_id=pk) for pk in sorted(chosen)
    )
    _tell(by, envelope, "budgeting.conflict_set_added", number=number)
    return number


@transaction.atomic
def remove_conflict_set(*, by: User, envelope: Envelope, number: int) -> None:
    """Raises WrongState once the vote is frozen, or if there is no such set."""
    _lock(envelope)
    removed, _counts = envelope.conflict_entries.filter(number=number).delete()
    if not removed:
        raise errors.WrongState
    _tell(by, envelope, "budgeting.conflict_set_removed", number=number)


@transaction.atomic
def earmark_projects(*, by: User, envelope: Envelope, proposals: Collection[Proposal]) -> None:
    """Mark exactly these projects of the envelope. Raises WrongState once the vote is frozen."""
    _lock(envelope)
    chosen = {proposal.pk for proposal in proposals}
    marked = set(envelope.earmarked_projects.values_list("proposal", flat=True))
    envelope.earmarked_projects.filter(proposal__in=marked - chosen).delete()
    EarmarkedProject.objects.bulk_create(
        EarmarkedProject(envelope=envelope, proposal_id=pk) for pk in sorted(chosen - marked)
    )
    if chosen != marked:
        _tell(by, envelope, "budgeting.projects_earmarked", number=len(chosen))


def conflict_sets(envelope: Envelope) -> dict[int, list[Proposal]]:
    """The sets by their number, each with its projects in their order."""
    entries = envelope.conflict_entries.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    sets: dict[int, list[Proposal]] = {}
    for entry in entries:
        sets.setdefault(entry.number, []).append(entry.proposal)
    return sets


def rivals_by_proposal(envelope: Envelope) -> dict[int, list[int]]:
    """For every proposal in a set those that it excludes, each once. One query."""
    sets: dict[int, list[int]] = {}
    for number, proposal in envelope.conflict_entries.values_list("number", "proposal"):
        sets.setdefault(number, []).append(proposal)
    found: dict[int, dict[int, None]] = {}
    for group in sets.values():
        for proposal in group:
            rivals = found.setdefault(proposal, {})
            rivals.update({rival: None for rival in group if rival != proposal})
    return {proposal: list(rivals) for proposal, rivals in found.items()}


def conditions_of(envelope: Envelope) -> dict[str, list[list[int]] | list[int]]:
    """The numbers of projects that exclude each other, and of the marked ones: for the journal."""
    sets: dict[int, list[int]] = {}
    entries = envelope.conflict_entries.values_list("number", "proposal__number")
    for number, proposal in entries:
        sets.setdefault(number, []).append(proposal)
    marked = envelope.earmarked_projects.values_list("proposal__number", flat=True)
    return {"conflict_sets": [*sets.values()], "earmarked": [*marked]}


def _lock(envelope: Envelope) -> None:
    election = Election.objects.select_for_update().get(envelope=envelope)
    if election.state != Election.State.SETUP:
        raise errors.WrongState


def _tell(by: User, envelope: Envelope, kind: str, *, number: int) -> None:
    record(
        kind=kind,
        dossier=envelope.cycle.dossier,
        actor=by,
        envelope=envelope.number,
        number=number,
    )
