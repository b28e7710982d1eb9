from .attendance import Attendance, HeadCount, Invitation, Registration
from .board import DotBallot, Dots
from .consultation import Consultation, Passage, PassageComment, TextVersion
from .delphi import DelphiStatement, DelphiStudy
from .evidence import Dataset, DatasetVersion, RegionalAsset, SpecialisationResult, TrendSignal
from .gates import GateCheck, StageChange, Waiver
from .ideas import Idea, IdeaCredit, IdeaMerge, IdeaSource, Priority
from .needs import NeedMatch
from .opinions import OpinionSnapshot, StatementVote, VoteStatement
from .pledges import Pledge
from .process import Decision, DiscoveryProcess, GroupMembership, Stage
from .resources import ProcessOutput, ResourcePlan, StageLead
from .workshops import Statement, Theme, Workshop

__all__ = [
    "Attendance",
    "Consultation",
    "Dataset",
    "DatasetVersion",
    "Decision",
    "DelphiStatement",
    "DelphiStudy",
    "DiscoveryProcess",
    "DotBallot",
    "Dots",
    "GateCheck",
    "GroupMembership",
    "HeadCount",
    "Idea",
    "IdeaCredit",
    "IdeaMerge",
    "IdeaSource",
    "Invitation",
    "NeedMatch",
    "OpinionSnapshot",
    "Passage",
    "PassageComment",
    "Pledge",
    "Priority",
    "ProcessOutput",
    "RegionalAsset",
    "Registration",
    "ResourcePlan",
    "SpecialisationResult",
    "Stage",
    "StageChange",
    "StageLead",
    "Statement",
    "StatementVote",
    "TextVersion",
    "Theme",
    "TrendSignal",
    "VoteStatement",
    "Waiver",
    "Workshop",
]
