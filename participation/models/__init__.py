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
from .attachments import Attachment
from .comments import Comment, CommentVersion, Discussion, ModerationReason, Support
from .dossier import Dossier, DossierLink, DossierText
from .forms_sent import SentForm
from .journal import JournalEntry
from .moderation import Appeal, Decision, Report
from .newsletter import Newsletter
from .outbox import Delivery, Event, FanOut
from .people import Residence, Role
from .phase import Phase
from .reach import Follow, Preference, Reach, Suppression
from .ruleset import Ruleset
from .search import SavedSearch, SearchAlert, SearchNews, SearchWord
from .territory import Territory

__all__ = [
    "Answer",
    "AnswerDraft",
    "AnswerDue",
    "AnswerReminder",
    "AnswerTemplate",
    "Appeal",
    "Attachment",
    "CalendarDay",
    "ClockEvent",
    "Comment",
    "CommentVersion",
    "Decision",
    "Delivery",
    "Discussion",
    "Disposition",
    "Dossier",
    "DossierLink",
    "DossierText",
    "Event",
    "FanOut",
    "Follow",
    "JournalEntry",
    "ModerationReason",
    "Newsletter",
    "Phase",
    "Preference",
    "Reach",
    "Report",
    "Residence",
    "Role",
    "Ruleset",
    "SavedSearch",
    "SearchAlert",
    "SearchNews",
    "SearchWord",
    "SentForm",
    "Support",
    "Suppression",
    "Territory",
]
