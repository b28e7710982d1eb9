from .delphi import DelphiStatement, DelphiStudy
from .evidence import (
    Dataset,
    DatasetVersion,
    RegionalAsset,
    SpecialisationResult,
    TrendSignal,
)
from .gates import GateCheck, StageChange, Waiver
from .ideas import Idea, IdeaCredit, IdeaMerge, IdeaSource, Priority
from .needs import NeedMatch
from .pledges import Pledge
from .process import Decision, DiscoveryProcess, GroupMembership, Stage
from .resources import ProcessOutput, ResourcePlan, StageLead
from .workshops import Statement, Theme, Workshop

__all__ = [
    "Dataset",
    "DatasetVersion",
    "Decision",
    "DelphiStatement",
    "DelphiStudy",
    "DiscoveryProcess",
    "GateCheck",
    "GroupMembership",
    "Idea",
    "IdeaCredit",
    "IdeaMerge",
    "IdeaSource",
    "NeedMatch",
    "Pledge",
    "Priority",
    "ProcessOutput",
    "RegionalAsset",
    "ResourcePlan",
    "SpecialisationResult",
    "Stage",
    "StageChange",
    "StageLead",
    "Statement",
    "Theme",
    "TrendSignal",
    "Waiver",
    "Workshop",
]
