from .attendance import Attendance, HeadCount, Invitation, Registration
from .board import DotBallot, Dots
from .consultation import Consultation, Passage, PassageComment, TextVersion
from .delphi import (
    DelphiRating,
    DelphiRound,
    DelphiStatement,
    DelphiStudy,
    DelphiSummary,
    PanelInvitation,
)
from .evaluation import (
    Assignment,
    Criterion,
    CriterionSet,
    EvaluationException,
    EvaluationReport,
    Interest,
    Score,
    Selection,
)
from .evidence import (
    Dataset,
    DatasetDraft,
    DatasetFile,
    DatasetVersion,
    Observation,
    RegionalAsset,
    RegionFigure,
    SpecialisationResult,
    TrendSignal,
)
from .gates import GateCheck, StageChange, Waiver
from .ideas import Idea, IdeaCredit, IdeaMerge, IdeaSource, Priority
from .needs import NeedMatch
from .opinions import OpinionSnapshot, StatementVote, VoteStatement
from .pledges import Pledge
from .process import Decision, DiscoveryProcess, GroupMembership, Stage
from .resources import ProcessOutput, ResourcePlan, StageLead
from .swot import SwotEntry, SwotLink
from .workshops import Statement, Theme, Workshop

__all__ = [
    "Assignment",
    "Attendance",
    "Consultation",
    "Criterion",
    "CriterionSet",
    "Dataset",
    "DatasetDraft",
    "DatasetFile",
    "DatasetVersion",
    "Decision",
    "DelphiRating",
    "DelphiRound",
    "DelphiStatement",
    "DelphiStudy",
    "DelphiSummary",
    "DiscoveryProcess",
    "DotBallot",
    "Dots",
    "EvaluationException",
    "EvaluationReport",
    "GateCheck",
    "GroupMembership",
    "HeadCount",
    "Idea",
    "IdeaCredit",
    "IdeaMerge",
    "IdeaSource",
    "Interest",
    "Invitation",
    "NeedMatch",
    "Observation",
    "OpinionSnapshot",
    "PanelInvitation",
    "Passage",
    "PassageComment",
    "Pledge",
    "Priority",
    "ProcessOutput",
    "RegionFigure",
    "RegionalAsset",
    "Registration",
    "ResourcePlan",
    "Score",
    "Selection",
    "SpecialisationResult",
    "Stage",
    "StageChange",
    "StageLead",
    "Statement",
    "StatementVote",
    "SwotEntry",
    "SwotLink",
    "TextVersion",
    "Theme",
    "TrendSignal",
    "VoteStatement",
    "Waiver",
    "Workshop",
]
