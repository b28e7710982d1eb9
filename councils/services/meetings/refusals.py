"""What the database refused, in words for people."""

from collections.abc import Mapping

from django.db import DatabaseError

from participation.errors import Refused


def refusal_of(error: DatabaseError, refusals: Mapping[str, type[Refused]]) -> Refused:
    """By the name of the constraint or trigger; any other error is raised again as it is."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = (diagnosis.constraint_name or "") if diagnosis else ""
    if name not in refusals:
        raise error
    return refusals[name]()
