"""From an election and a rule to a result."""

from __future__ import annotations

from budgeting.allocation.election import Election
from budgeting.allocation.equal_shares import count_equal_shares
from budgeting.allocation.greedy import count_greedy
from budgeting.allocation.majority import count_majority
from budgeting.allocation.phragmen import count_phragmen
from budgeting.allocation.result import Result
from budgeting.allocation.rule import Rule


def count(election: Election, rule: Rule) -> Result:
    """Apply the rule. ValueError: the election does not say what the rule needs."""
    rule = rule.resolved(election)
    if rule.method == "equal-shares":
        return count_equal_shares(election, rule)
    if rule.method == "phragmen":
        return count_phragmen(election, rule)
    if rule.method == "majority-judgement":
        return count_majority(election, rule)
    return count_greedy(election, rule)
