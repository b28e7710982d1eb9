"""The city's check of a proposal: desk, reviews, questions, verdicts, appeals, the ballot."""

from .appealing import answer_changes, appeal_verdict, verdict_in_force
from .asking import answer_question, ask_authors
from .assigning import (
    any_review,
    assign_proposals,
    end_check,
    hand_over,
    on_answers,
    open_second_look,
)
from .authors import authors_of, refuse_reviewer
from .checking import Finding, Line, review_in_hand, save_checks, save_estimate, why_not_checked
from .desk import (
    appoint_reviewer,
    appointed_to,
    departments_of,
    end_reviewer,
    open_desk,
    reviewers_of,
    rules_of,
)
from .shortlisting import shortlist_feasible, sorted_out
from .translating import translate_proposal
from .verdicts import Ruling, give_verdict, review_proposal

__all__ = [
    "Finding",
    "Line",
    "Ruling",
    "answer_changes",
    "answer_question",
    "any_review",
    "appeal_verdict",
    "appoint_reviewer",
    "appointed_to",
    "ask_authors",
    "assign_proposals",
    "authors_of",
    "departments_of",
    "end_check",
    "end_reviewer",
    "give_verdict",
    "hand_over",
    "on_answers",
    "open_desk",
    "open_second_look",
    "refuse_reviewer",
    "review_in_hand",
    "review_proposal",
    "reviewers_of",
    "rules_of",
    "save_checks",
    "save_estimate",
    "shortlist_feasible",
    "sorted_out",
    "translate_proposal",
    "verdict_in_force",
    "why_not_checked",
]
