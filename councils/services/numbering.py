"""Numbers within a council: without gaps and repeats, so one writer at a time."""

from typing import Any

from django.db.models import Manager, Max

from councils.models import Council


def next_number(council: Council, rows: "Manager[Any]") -> int:
    """The number after the last of `rows`, under a lock on the council until the commit."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
