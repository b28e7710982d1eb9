from .conditions import ConflictEntry, EarmarkedProject, FreeChoice
from .cycle import Category, Cycle, Envelope
from .drafts import DraftPhoto, ProposalDraft
from .election import BallotFile, Election, ShortlistEntry
from .proofs import (
    LetterBatch,
    LetterCode,
    Register,
    RegisterDraft,
    RegisterFault,
    RegisterImport,
    RegisterLine,
    RegisterLook,
)
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
from .works import DiaryEntry, Milestone, Participation, Work, WorkMoney, WorkPhoto

__all__ = [
    "Award",
    "Ballot",
    "BallotFile",
    "CarriedSupport",
    "Category",
    "CoAuthor",
    "ConflictEntry",
    "Cycle",
    "DiaryEntry",
    "DraftPhoto",
    "EarmarkedProject",
    "Election",
    "Envelope",
    "Epoch",
    "FreeChoice",
    "Leaf",
    "LetterBatch",
    "LetterCode",
    "Milestone",
    "OpenedBallot",
    "PaperProposal",
    "Participation",
    "Proposal",
    "ProposalDraft",
    "ProposalMerge",
    "ProposalVersion",
    "Register",
    "RegisterDraft",
    "RegisterFault",
    "RegisterImport",
    "RegisterLine",
    "RegisterLook",
    "RollEntry",
    "ShapingNote",
    "ShortlistEntry",
    "Tally",
    "UnitCost",
    "Work",
    "WorkMoney",
    "WorkPhoto",
]
