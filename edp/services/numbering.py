"""Numbers within a process: without gaps and repeats, so one writer at a time."""

from typing import Any

from django.db.models import Manager, Max

from edp.models import DiscoveryProcess


def next_number(process: DiscoveryProcess, rows: "Manager[Any]") -> int:
    """The number after the last of `rows`, under a lock on the process until the commit."""
    DiscoveryProcess.objects.select_for_update(no_key=True).get(pk=process.pk)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
