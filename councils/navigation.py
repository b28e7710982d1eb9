"""The parts of a council to which its pages lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from councils.models import Council

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True)
class Part:
    code: str
    label: LazyText
    url: str


@dataclass(frozen=True)
class Link:
    label: LazyText
    url: str
    is_here: bool


PARTS = (
    Part("members", pgettext_lazy("of a council", "Members"), "councils:member-list"),
    Part("selection", _("Selection"), "councils:selection-list"),
    Part("meetings", pgettext_lazy("of a council", "Meetings"), "councils:meeting-list"),
    Part("hearings", _("Hearings"), "councils:hearing-list"),
    Part("dockets", _("Matters"), "councils:docket-list"),
    Part("recommendations", _("Recommendations"), "councils:recommendation-list"),
    Part("control", _("Public control"), "councils:control-list"),
    Part("office-hours", _("Office hours"), "councils:office_hours-list"),
    Part("money", _("Money"), "councils:money-detail"),
    Part("reports", pgettext_lazy("of a council", "Reports"), "councils:report-list"),
)


# What the keeper of a council begins; the desk leads there.
DESK = (
    Part("meeting", pgettext_lazy("of a council", "Plan a meeting"), "councils:meeting-plan"),
    Part("hearing", _("Plan a hearing"), "councils:hearing-plan"),
    Part("docket", _("Take up a matter"), "councils:docket-open"),
    Part("recommendation", _("Draft a recommendation"), "councils:recommendation-create"),
    Part("selection", _("Begin a selection of members"), "councils:selection-plan"),
    Part("draw", _("Prepare a draw by lot"), "councils:draw-plan"),
    Part("control", _("Begin an action of public control"), "councils:control-plan"),
    Part("office-hours", _("Office hours"), "councils:office_hours-desk"),
    Part("money", _("Money"), "councils:claim-list"),
    Part("report", _("Annual report"), "councils:report-list"),
)


def parts_of(council: Council, here: str = "") -> list[Link]:
    """No query. A part without a page is left out."""
    links = [(part, _address(part, council)) for part in PARTS]
    return [Link(part.label, url, part.code == here) for part, url in links if url]


def desk_links(council: Council) -> list[Link]:
    """No query. What has no page is left out."""
    links = [(part, _address(part, council)) for part in DESK]
    return [Link(part.label, url, is_here=False) for part, url in links if url]


def _address(part: Part, council: Council) -> str:
    try:
        return reverse(part.url, args=[council.slug])
    except NoReverseMatch:
        return ""
