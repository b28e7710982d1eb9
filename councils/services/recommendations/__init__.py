"""Recommendations: drafted, adopted by a motion, delivered, answered, carried out or not."""

from .delivering import close_unanswered, deliver_recommendation
from .drafting import (
    Proof,
    add_evidence,
    adopt_recommendation,
    draft_recommendation,
    remove_evidence,
    rewrite_recommendation,
)
from .following_up import add_act, add_commitment, add_update

__all__ = [
    "Proof",
    "add_act",
    "add_commitment",
    "add_evidence",
    "add_update",
    "adopt_recommendation",
    "close_unanswered",
    "deliver_recommendation",
    "draft_recommendation",
    "remove_evidence",
    "rewrite_recommendation",
]
