from .annual_reports import AnnualReport
from .attendance import Participation, Presence
from .citizen_checks import CheckAnswer, CheckInvitation, CitizenCheck
from .control import PublicControlAction
from .corrections import NameCorrection
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
from .draws import (
    Draw,
    DrawFeature,
    DrawFile,
    DrawQuota,
    PoolEntry,
    Replacement,
    SecretCommitment,
)
from .hearing_floor import Question, QuestionVote, SpeakerSlot, Submission, SubmissionFile
from .hearings import HearingDetail, HearingRegistration, Notice
from .meetings import AgendaItem, Docket, Meeting, Minutes, Motion, Recommendation
from .money import BudgetLine, ExpenseClaim
from .office_hours import Booking, FeedbackNote, OfficeHours, Slot, Weekday
from .recommendations import (
    Commitment,
    ImplementationUpdate,
    LegalAct,
    RecommendationEvidence,
)
from .selection import (
    Candidacy,
    Criterion,
    GroupMember,
    Score,
    SelectionProcess,
    SelectionVote,
)
from .votes import PersonVote, Recusal, SecretMark, VoteEvent

__all__ = [
    "AgendaItem",
    "AnnualReport",
    "Booking",
    "BudgetLine",
    "Candidacy",
    "CheckAnswer",
    "CheckInvitation",
    "CitizenCheck",
    "Commission",
    "Commitment",
    "CompositionBreach",
    "Convocation",
    "Council",
    "Criterion",
    "Docket",
    "Draw",
    "DrawFeature",
    "DrawFile",
    "DrawQuota",
    "ExpenseClaim",
    "FeedbackNote",
    "GroupMember",
    "HearingDetail",
    "HearingRegistration",
    "ImplementationUpdate",
    "InterestDeclaration",
    "LegalAct",
    "Mandate",
    "Meeting",
    "Minutes",
    "Motion",
    "NameCorrection",
    "Notice",
    "OfficeHours",
    "Participation",
    "PersonVote",
    "PoolEntry",
    "Post",
    "Presence",
    "PublicControlAction",
    "Question",
    "QuestionVote",
    "Recommendation",
    "RecommendationEvidence",
    "Recusal",
    "Replacement",
    "Score",
    "SecretCommitment",
    "SecretMark",
    "SelectionProcess",
    "SelectionVote",
    "Side",
    "Slot",
    "SpeakerSlot",
    "Submission",
    "SubmissionFile",
    "VoteEvent",
    "Weekday",
]
