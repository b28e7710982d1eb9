"""Public consultation: rounds, texts, comments, statements. The only writers of these tables."""

from .comments import Heard, comment_on_passage, enter_heard, owe_answer
from .results import count_votes
from .rounds import (
    Terms,
    change_consultation,
    close_consultation,
    create_consultation,
    due_to_close,
    extend_consultation,
    open_consultation,
    publish_report,
    unanswered_in,
    working_days_of,
)
from .statements import (
    accept_statement,
    add_statement,
    decline_statement,
    in_order,
    propose_statement,
    vote_on_statement,
    votes_by,
)
from .texts import (
    PassageWords,
    add_passage,
    change_passage,
    publish_version,
    remove_passage,
    start_version,
)

__all__ = [
    "Heard",
    "PassageWords",
    "Terms",
    "accept_statement",
    "add_passage",
    "add_statement",
    "change_consultation",
    "change_passage",
    "close_consultation",
    "comment_on_passage",
    "count_votes",
    "create_consultation",
    "decline_statement",
    "due_to_close",
    "enter_heard",
    "extend_consultation",
    "in_order",
    "open_consultation",
    "owe_answer",
    "propose_statement",
    "publish_report",
    "publish_version",
    "remove_passage",
    "start_version",
    "unanswered_in",
    "vote_on_statement",
    "votes_by",
    "working_days_of",
]
