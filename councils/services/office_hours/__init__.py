"""Office hours: opening them, coming to a talk, what came of it."""

from .booking import book_talk, cancel_booking, due_reminders, remind_of
from .notes import erase_note, mark_missed, open_docket_from, write_note
from .opening import open_office_hours, withdraw_slot

__all__ = [
    "book_talk",
    "cancel_booking",
    "due_reminders",
    "erase_note",
    "mark_missed",
    "open_docket_from",
    "open_office_hours",
    "remind_of",
    "withdraw_slot",
    "write_note",
]
