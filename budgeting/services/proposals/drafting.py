"""A draft is kept while it is typed: by whoever types it, signed in or not, on any network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from budgeting.models import Cycle, DraftPhoto, Proposal, ProposalDraft
from budgeting.services.proposals.errors import (
    DraftChanged,
    DraftSent,
    DraftTooLong,
    TooManyDrafts,
)
from participation.services.attachments import attach
from participation.uploads import Upload

FIELDS = (
    "title", "summary", "body", "envelope", "district", "place", "point", "category", "cost",
)  # fmt: skip
LONGEST = 10_000  # characters of one field, right or wrong
MOST_DRAFTS = 20  # of one person in one cycle
GUESTS_KEEP, PEOPLE_KEEP = timedelta(days=30), timedelta(days=400)


@dataclass(frozen=True)
class Save:
    """Which page saves which step, and the revision that it began from.

    `turn` grows with each save of a page; None for a button, which always counts.
    """

    step: str
    page: UUID | None = None
    turn: int | None = None
    revision: int = 0


@transaction.atomic
def save_draft(
    *,
    key: UUID,
    cycle: Cycle,
    person: User | None,
    language: str,
    fields: Mapping[str, str],
    save: Save,
) -> ProposalDraft:
    """Keep what was typed into these fields; a draft begins with its first save.

    The same save again is one save, and one that comes after a later one of its page is answered
    by the later one. The caller has shown that the draft is the writer's own. Raises DraftChanged
    where another page has saved meanwhile, DraftSent, DraftTooLong, TooManyDrafts.
    """
    values = {name: fields[name].replace("\0", "") for name in FIELDS if name in fields}
    if any(len(value) > LONGEST for value in values.values()):
        raise DraftTooLong
    draft = _begun(key, cycle, person, language)
    if draft.proposal_id is not None:
        raise DraftSent
    last = draft.mark(save.step)
    if save.page is not None and str(save.page) == last.page:
        if save.turn is not None and save.turn <= last.turn:
            return draft
    elif save.revision != last.revision:
        raise DraftChanged(last.revision)
    draft.values = {**draft.values, **values}
    draft.marks = {**draft.marks, save.step: [last.revision + 1, str(save.page), save.turn or 0]}
    draft.saved_at = timezone.now()
    draft.save(update_fields=["values", "marks", "saved_at"])
    return draft


def _begun(key: UUID, cycle: Cycle, person: User | None, language: str) -> ProposalDraft:
    held = ProposalDraft.objects.select_for_update(of=("self",))
    if (draft := held.filter(key=key).first()) is not None:
        return draft
    if person and person.proposal_drafts.unsent().filter(cycle=cycle).count() >= MOST_DRAFTS:
        raise TooManyDrafts
    new = ProposalDraft(
        key=key, cycle=cycle, person=person, language=language, saved_at=timezone.now()
    )
    # Two first saves at once make one draft.
    ProposalDraft.objects.bulk_create([new], ignore_conflicts=True)
    return held.get(key=key)


@transaction.atomic
def adopt_drafts(*, person: User, keys: list[UUID]) -> None:
    """What a guest began becomes the person's who has signed in."""
    ProposalDraft.objects.filter(person=None, key__in=keys).update(person=person)


@transaction.atomic
def delete_draft(*, draft: ProposalDraft) -> None:
    """With its photo. One that was sent stays: it says what became of it."""
    ProposalDraft.objects.unsent().filter(pk=draft.pk).delete()


@transaction.atomic
def keep_photo(*, draft: ProposalDraft, upload: Upload) -> None:
    """One photo a draft: the last one sent."""
    DraftPhoto.objects.update_or_create(
        draft=draft,
        defaults={
            "name": upload.name,
            "data": upload.data,
            "preview": upload.preview,
            "width": upload.width or 0,
            "height": upload.height or 0,
        },
    )


@transaction.atomic
def remove_photo(*, draft: ProposalDraft) -> None:
    DraftPhoto.objects.filter(draft=draft).delete()


@transaction.atomic
def send_draft(
    *, by: User, draft: ProposalDraft, submit: Callable[[ProposalDraft], Proposal]
) -> Proposal:
    """Make the proposal, once; sending again leads to the same one.

    `submit` makes it from the draft. The photo goes with it; what was typed is not kept twice.
    """
    draft = ProposalDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.proposal is not None:
        return draft.proposal
    proposal = submit(draft)
    if (photo := DraftPhoto.objects.filter(draft=draft).first()) is not None:
        attach(by=by, dossier=proposal.dossier, uploads=[_upload(photo)])
        photo.delete()
    draft.proposal, draft.values = proposal, {}
    draft.save(update_fields=["proposal", "values"])
    return proposal


def _upload(photo: DraftPhoto) -> Upload:
    return Upload(
        photo.name,
        "image/webp",
        bytes(photo.data),
        bytes(photo.preview),
        photo.width,
        photo.height,
    )


@transaction.atomic
def forget_old_drafts() -> int:
    """Those that nobody has come back to. Returns how many."""
    now = timezone.now()
    old = Q(person=None, saved_at__lt=now - GUESTS_KEEP) | Q(saved_at__lt=now - PEOPLE_KEEP)
    drafts = ProposalDraft.objects.filter(old)
    number = drafts.count()
    drafts.delete()
    return number
