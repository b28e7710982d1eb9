"""What the minutes of a hearing hold beyond those of a meeting."""

from typing import Any

from councils.models import Meeting


def record_of_hearing(meeting: Meeting) -> dict[str, Any]:
    """Nothing for a meeting of members."""
    return {}
