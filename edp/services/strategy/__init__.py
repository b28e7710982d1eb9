"""The strategy: versions, parts, the way through council, akimat and maslikhat, documents."""

from .adopting import (
    amend_strategy,
    approve_strategy,
    expire_strategy,
    put_before_council,
    put_in_force,
    take_council_opinion,
)
from .documents import ask_for_documents, make_waiting_documents
from .errors import StrategyFrozen
from .parts import move_part, remove_part, write_alignments, write_part
from .plans import write_policy_document, write_policy_objective
from .versions import (
    publish_strategy,
    start_next_version,
    start_strategy,
    write_strategy_texts,
)

__all__ = [
    "StrategyFrozen",
    "amend_strategy",
    "approve_strategy",
    "ask_for_documents",
    "expire_strategy",
    "make_waiting_documents",
    "move_part",
    "publish_strategy",
    "put_before_council",
    "put_in_force",
    "remove_part",
    "start_next_version",
    "start_strategy",
    "take_council_opinion",
    "write_alignments",
    "write_part",
    "write_policy_document",
    "write_policy_objective",
    "write_strategy_texts",
]
