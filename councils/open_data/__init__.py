"""Public councils as open data: shaped like Popolo and OParl, and as flat tables.

Only what is public on pages. Identities are built from addresses and numbers that stay; nothing
leads to an account, and who is named holds or held a public office.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from councils.open_data import people, sessions

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

Row = dict[str, Any]


@dataclass(frozen=True)
class DataSet:
    """`rows` is ordered and can be cut into pages; `columns` name the cells of the flat table.

    Cells are values of the JSON object, dots lead into it: `organization.name`.
    """

    name: str
    label: LazyText
    rows: Callable[[], QuerySet[Any]]
    told: Callable[[Any], Row]
    columns: Sequence[str]


SETS = {
    one.name: one
    for one in (
        DataSet(
            "organizations",
            _("Councils, the bodies they oversee and their commissions"),
            people.organizations,
            people.told_organization,
            ("id", "classification", "name.kk", "name.ru", "name.en", "parent_id", "area.name",
             "area.kato", "url"),
        ),
        DataSet(
            "posts",
            _("Seats of councils"),
            people.posts,
            people.told_post,
            ("id", "organization_id", "label", "role", "sector", "start_date", "end_date"),
        ),
        DataSet(
            "memberships",
            _("Who sits or sat on which seat, since when, by which act"),
            people.memberships,
            people.told_membership,
            ("id", "organization_id", "post_id", "person.name", "role", "side",
             "on_behalf_of.name", "basis", "act", "start_date", "end_date", "end_reason"),
        ),
        DataSet(
            "motions",
            _("What was put to the vote"),
            sessions.motions,
            sessions.told_motion,
            ("id", "organization_id", "meeting_id", "date", "text.kk", "text.ru", "text.en",
             "result", "is_secret", "in_breach"),
        ),
        DataSet(
            "vote_events",
            _("How it was voted on: counts, and by name where the vote was named"),
            sessions.vote_events,
            sessions.told_vote_event,
            ("id", "motion_id", "organization_id", "start_date", "end_date", "result", "quorum",
             "present", "counts.yes", "counts.no", "counts.abstain", "counts.not_voting",
             "counts.recused"),
        ),
        DataSet(
            "meetings",
            _("Meetings and hearings, those called off included"),
            sessions.meetings,
            sessions.told_meeting,
            ("id", "type", "organization_id", "name.kk", "name.ru", "name.en", "meetingState",
             "start", "end", "location", "deleted", "reason", "created", "modified", "web"),
        ),
    )
}  # fmt: skip


def cells(dataset: DataSet, row: Row) -> list[Any]:
    """One line of the flat table; empty where there is nothing."""
    return [_at(row, column.split(".")) for column in dataset.columns]


def _at(row: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        row = row.get(step) if isinstance(row, dict) else None
    return "" if row is None else row
