from .cycle import Category, Cycle, Envelope
from .election import BallotFile, Election, ShortlistEntry
from .proposal import Proposal
from .tally import Award, Tally
from .vote import Ballot, Epoch, Leaf, OpenedBallot, RollEntry

__all__ = [
    "Award",
    "Ballot",
    "BallotFile",
    "Category",
    "Cycle",
    "Election",
    "Envelope",
    "Epoch",
    "Leaf",
    "OpenedBallot",
    "Proposal",
    "RollEntry",
    "ShortlistEntry",
    "Tally",
]
