from .delphi import DelphiStatement, DelphiStudy
from .evidence import (
    Dataset,
    DatasetVersion,
    RegionalAsset,
    SpecialisationResult,
    TrendSignal,
)
from .ideas import Idea, IdeaSource, Priority
from .process import Decision, DiscoveryProcess, GroupMembership, Stage
from .workshops import Statement, Theme, Workshop

__all__ = [
    "Dataset",
    "DatasetVersion",
    "Decision",
    "DelphiStatement",
    "DelphiStudy",
    "DiscoveryProcess",
    "GroupMembership",
    "Idea",
    "IdeaSource",
    "Priority",
    "RegionalAsset",
    "SpecialisationResult",
    "Stage",
    "Statement",
    "Theme",
    "TrendSignal",
    "Workshop",
]
