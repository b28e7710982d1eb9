"""Counting a participatory budget: ballots in, winners with their reasons out."""

from budgeting.allocation.counting import count
from budgeting.allocation.election import Election, Project
from budgeting.allocation.explanation import explain
from budgeting.allocation.pabulib import (
    PabulibError,
    parse_pabulib,
    read_pabulib,
    write_pabulib,
)
from budgeting.allocation.result import ENGINE_VERSION, REASONS, Loser, Result, Round
from budgeting.allocation.rule import Rule, comparison_rules

__all__ = [
    "ENGINE_VERSION",
    "REASONS",
    "Election",
    "Loser",
    "PabulibError",
    "Project",
    "Result",
    "Round",
    "Rule",
    "comparison_rules",
    "count",
    "explain",
    "parse_pabulib",
    "read_pabulib",
    "write_pabulib",
]
