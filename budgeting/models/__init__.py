from .conditions import ConflictEntry, EarmarkedProject, FreeChoice
from .cycle import Category, Cycle, Envelope
from .drafts import DraftPhoto, ProposalDraft
from .election import BallotFile, Election, ShortlistEntry
from .proposal import Proposal
from .shaping import (
    CarriedSupport,
    CoAuthor,
    PaperProposal,
    ProposalMerge,
    ProposalVersion,
    ShapingNote,
    UnitCost,
)
from .tally import Award, Tally
from .vote import Ballot, Epoch, Leaf, OpenedBallot, RollEntry

__all__ = [
    "Award",
    "Ballot",
    "BallotFile",
    "CarriedSupport",
    "Category",
    "CoAuthor",
    "ConflictEntry",
    "Cycle",
    "DraftPhoto",
    "EarmarkedProject",
    "Election",
    "Envelope",
    "Epoch",
    "FreeChoice",
    "Leaf",
    "OpenedBallot",
    "PaperProposal",
    "Proposal",
    "ProposalDraft",
    "ProposalMerge",
    "ProposalVersion",
    "RollEntry",
    "ShapingNote",
    "ShortlistEntry",
    "Tally",
    "UnitCost",
]
