"""Answers that state bodies owe: registering, the clock, reminding, answering."""

from .answering import Words, correct_answer, publish_answer
from .calendars import change_calendar_day, current_calendar
from .clock import extend_clock, pause_clock, recompute_open, resume_clock
from .desk import add_template, assign_answers, officers_of, save_draft
from .registering import register_answer_due
from .reminding import send_due_reminders

__all__ = [
    "Words",
    "add_template",
    "assign_answers",
    "change_calendar_day",
    "correct_answer",
    "current_calendar",
    "extend_clock",
    "officers_of",
    "pause_clock",
    "publish_answer",
    "recompute_open",
    "register_answer_due",
    "resume_clock",
    "save_draft",
    "send_due_reminders",
]
