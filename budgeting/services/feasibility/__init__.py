"""The city's check of a proposal: texts in both languages, verdicts, the ballot."""

from .errors import ReasonsMissing
from .translating import translate_proposal
from .verdicts import review_proposal

__all__ = ["ReasonsMissing", "review_proposal", "translate_proposal"]
