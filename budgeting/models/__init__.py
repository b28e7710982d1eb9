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
    "Cycle",
    "DraftPhoto",
    "Election",
    "Envelope",
    "Epoch",
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
