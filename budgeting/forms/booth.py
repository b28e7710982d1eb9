"""What a booth sends."""

from django.http import QueryDict

from budgeting.ballots import Choices
from budgeting.voting_rules import CUMULATIVE, VotingRules

LONGEST_REQUEST = 64


def read_choices(data: QueryDict, rules: VotingRules, project_ids: list[str]) -> Choices:
    """What a booth's form says, whether or not it follows the rules. Garbage counts as nothing."""
    if rules.ballot != CUMULATIVE:
        return data.getlist("project")
    points = {project: data.get(f"points-{project}", "").strip() for project in project_ids}
    return {
        project: int(text) for project, text in points.items() if text.isdecimal() and len(text) < 6
    }


def read_request(data: QueryDict) -> str:
    return data.get("form_key", "")[:LONGEST_REQUEST]
