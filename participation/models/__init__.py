from .answers import (
    Answer,
    AnswerDraft,
    AnswerDue,
    AnswerReminder,
    AnswerTemplate,
    CalendarDay,
    ClockEvent,
    Disposition,
)
from .dossier import Dossier, DossierLink, DossierText
from .forms_sent import SentForm
from .journal import JournalEntry
from .newsletter import Newsletter
from .outbox import Delivery, Event, FanOut
from .people import Residence, Role
from .phase import Phase
from .reach import Follow, Preference, Reach, Suppression
from .ruleset import Ruleset
from .territory import Territory

__all__ = [
    "Answer",
    "AnswerDraft",
    "AnswerDue",
    "AnswerReminder",
    "AnswerTemplate",
    "CalendarDay",
    "ClockEvent",
    "Delivery",
    "Disposition",
    "Dossier",
    "DossierLink",
    "DossierText",
    "Event",
    "FanOut",
    "Follow",
    "JournalEntry",
    "Newsletter",
    "Phase",
    "Preference",
    "Reach",
    "Residence",
    "Role",
    "Ruleset",
    "SentForm",
    "Suppression",
    "Territory",
]
