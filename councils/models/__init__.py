from .attendance import Participation, Presence
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
from .votes import PersonVote, Recusal, SecretMark, VoteEvent

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
    "Participation",
    "PersonVote",
    "Post",
    "Presence",
    "Question",
    "QuestionVote",
    "Recommendation",
    "Recusal",
    "SecretMark",
    "Side",
    "SpeakerSlot",
    "Submission",
    "SubmissionFile",
    "VoteEvent",
]
