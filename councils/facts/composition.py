"""Who sat on a council and when, from its mandates; two queries at most."""

from collections.abc import Iterable
from datetime import date

from councils.composition import Interval, Seat, composition
from councils.council_rules import CouncilRules
from councils.models import Council, Mandate


def seats_from(mandates: Iterable[Mandate]) -> list[Seat]:
    return [Seat(str(each.pk), each.side, each.since, each.until) for each in mandates]


def composition_of(council: Council, since: date, until: date) -> list[Interval]:
    """The council from `since` up to but without `until`, as few intervals as there are changes."""
    share = CouncilRules.from_data(council.ruleset.data).civil_share
    return composition(seats_from(council.mandates.all()), since, until, share)
