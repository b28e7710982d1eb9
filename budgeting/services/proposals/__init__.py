"""A proposal's way from the first keystroke to the city's desk."""

from .authorship import (
    answer_invitation,
    authors_of,
    invite_coauthor,
    withdraw_proposal,
    write_note,
)
from .desk import (
    CostRange,
    Paper,
    enter_paper_proposal,
    remove_unit_cost,
    save_unit_cost,
)
from .drafting import (
    Save,
    adopt_drafts,
    delete_draft,
    forget_old_drafts,
    keep_photo,
    remove_photo,
    save_draft,
    send_draft,
)
from .errors import DraftChanged, DraftSent, ProposalsClosed
from .merging import answer_merge, ask_merge, merge_proposals, undo_merge
from .submitting import Project, are_taken, edit_proposal, submit_proposal
from .supporting import apply_threshold, due_thresholds, why_not_support

__all__ = [
    "CostRange",
    "DraftChanged",
    "DraftSent",
    "Paper",
    "Project",
    "ProposalsClosed",
    "Save",
    "adopt_drafts",
    "answer_invitation",
    "answer_merge",
    "apply_threshold",
    "are_taken",
    "ask_merge",
    "authors_of",
    "delete_draft",
    "due_thresholds",
    "edit_proposal",
    "enter_paper_proposal",
    "forget_old_drafts",
    "invite_coauthor",
    "keep_photo",
    "merge_proposals",
    "remove_photo",
    "remove_unit_cost",
    "save_draft",
    "save_unit_cost",
    "send_draft",
    "submit_proposal",
    "undo_merge",
    "why_not_support",
    "withdraw_proposal",
    "write_note",
]
