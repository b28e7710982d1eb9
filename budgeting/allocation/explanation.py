"""A result in plain English, for the command line. Pages translate the codes themselves."""

from __future__ import annotations

from budgeting.allocation.result import Loser, Result, Round

REASON_TEXTS = {
    "withdrawn": "was withdrawn",
    "over_budget": "costs more than the whole budget of {left}",
    "no_supporters": "has no supporters",
    "below_threshold": "has {score}, below the threshold of {threshold}",
    "not_enough_left": "needed {needed} at its turn, {left} was left",
    "stopped_here": "needed {needed}, {left} was left: the count stopped here",
    "after_stop": "comes after {stopped_at}, where the count stopped",
    "supporters_money": "its supporters have {supporters_have} of {needed} left",
    "excluded": "is excluded by {excluded_by}, which was funded first",
    "reserved": "costs {needed}, {left} was left outside the money kept for marked projects",
    "no_utility": "nobody gains from a project that costs nothing under this satisfaction",
}


def explain(result: Result) -> list[str]:
    """Lines: the rule, the winners in order, ties, the losers with their reasons."""
    lines = [f"Rule: {result.rule}"]
    if result.rule.note:
        lines.append(f"Note: {result.rule.note}")
    lines.append(f"Voters: {result.voters}; budget: {result.budget}; spent: {result.cost}")
    lines += [
        f"{key.replace('_', ' ')}: {value}"
        for key, value in result.facts.items()
        if not isinstance(value, dict)
    ]
    lines.append(f"Winners ({len(result.winners)}), in order of selection:")
    lines += [_winner(entry) for entry in result.rounds]
    if result.ties:
        lines.append("Ties broken:")
    for tie in result.ties:
        names = ", ".join(tie.projects)
        lines.append(f"  round {tie.round}: {names} were equal; {tie.by} decided in this order")
    if result.losers:
        lines.append(f"Not funded ({len(result.losers)}):")
    lines += [_loser(loser) for loser in result.losers]
    return lines


def _winner(entry: Round) -> str:
    details = [f"{key.replace('_', ' ')} {value}" for key, value in entry.numbers.items()]
    details.append(f"left {entry.left}")
    return f"{entry.number:4}. {entry.project}  cost {entry.cost}  ({', '.join(details)})"


def _loser(loser: Loser) -> str:
    text = f"  {loser.project}  cost {loser.cost}: "
    text += REASON_TEXTS[loser.reason].format(**loser.numbers)
    needed = []
    if loser.votes_more is not None:
        needed.append(f"{loser.votes_more} more votes")
    if loser.cost_at_most is not None:
        needed.append(f"a cost of at most {loser.cost_at_most}")
    return f"{text} (enough: {' or '.join(needed)})" if needed else text
