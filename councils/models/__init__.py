from .attendance import Participation, Presence
from .citizen_checks import CheckAnswer, CheckInvitation, CitizenCheck
from .control import PublicControlAction
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
from .recommendations import (
    Commitment,
    ImplementationUpdate,
    LegalAct,
    RecommendationEvidence,
)
from .votes import PersonVote, Recusal, SecretMark, VoteEvent

__all__ = [
    "AgendaItem",
    "CheckAnswer",
    "CheckInvitation",
    "CitizenCheck",
    "Commission",
    "Commitment",
    "CompositionBreach",
    "Convocation",
    "Council",
    "Docket",
    "HearingDetail",
    "HearingRegistration",
    "ImplementationUpdate",
    "InterestDeclaration",
    "LegalAct",
    "Mandate",
    "Meeting",
    "Minutes",
    "Motion",
    "Notice",
    "Participation",
    "PersonVote",
    "Post",
    "Presence",
    "PublicControlAction",
    "Question",
    "QuestionVote",
    "Recommendation",
    "RecommendationEvidence",
    "Recusal",
    "SecretMark",
    "Side",
    "SpeakerSlot",
    "Submission",
    "SubmissionFile",
    "VoteEvent",
]
