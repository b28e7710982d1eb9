from .council import (
    Commission,
    CompositionBreach,
    Convocation,
    Council,
    Mandate,
    Post,
    Side,
)
from .declarations import InterestDeclaration
from .hearing_floor import Question, QuestionVote, SpeakerSlot, Submission, SubmissionFile
from .hearings import HearingDetail, HearingRegistration, Notice
from .meetings import AgendaItem, Docket, Meeting, Minutes, Motion, Recommendation

__all__ = [
    "AgendaItem",
    "Commission",
    "CompositionBreach",
    "Convocation",
    "Council",
    "Docket",
    "HearingDetail",
    "HearingRegistration",
    "InterestDeclaration",
    "Mandate",
    "Meeting",
    "Minutes",
    "Motion",
    "Notice",
    "Post",
    "Question",
    "QuestionVote",
    "Recommendation",
    "Side",
    "SpeakerSlot",
    "Submission",
    "SubmissionFile",
]
