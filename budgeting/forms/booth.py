"""What a booth sends."""

from django.http import QueryDict

from budgeting.ballots import Choices
from budgeting.voting_rules import CUMULATIVE, GRADED, RANKED, VotingRules

LONGEST_REQUEST = 64
PREFIXES = {CUMULATIVE: "points", GRADED: "grade", RANKED: "place"}

UNREADABLE = -1
"""Stands for what is no number, so that the check of the ballot names it."""


def read_choices(data: QueryDict, rules: VotingRules, project_ids: list[str]) -> Choices:
    """What a booth's form says, whether or not it follows the rules. No points count as nothing."""
    prefix = PREFIXES.get(rules.ballot)
    if prefix is None:
        return data.getlist("project")
    if rules.ballot == CUMULATIVE:
        points = {project: data.get(f"points-{project}", "").strip() for project in project_ids}
        return {project: int(text) for project, text in points.items() if _is_number(text)}
    start = f"{prefix}-"
    given = {
        name.removeprefix(start): data.get(name, "").strip()
        for name in data
        if name.startswith(start)
    }
    return {
        project: int(text) if _is_number(text) else UNREADABLE
        for project, text in given.items()
        if text
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def read_request(data: QueryDict) -> str:
    return data.get("form_key", "")[:LONGEST_REQUEST]
