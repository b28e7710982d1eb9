"""The parts of a process to which its pages lead: those that are open or hold something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from edp.models import DiscoveryProcess, Stage
from edp.phases import ORDER

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True)
class Part:
    """Shown from `stage` on; where no stage tells (a replay, one suspended), if it has `rows`.

    `rows` is the name by which a process knows the part's rows.
    """

    code: str
    label: LazyText
    url: str
    stage: str
    rows: str = ""


@dataclass(frozen=True)
class Link:
    label: LazyText
    url: str
    is_here: bool


PARTS = (
    Part("evidence", _("Evidence"), "edp:evidence-detail", Stage.MAPPING, "datasets"),
    Part("workshops", _("Workshops"), "edp:workshop-list", Stage.DISCOVERY, "workshops"),
    Part("delphi", _("Delphi"), "edp:delphi-list", Stage.DISCOVERY, "delphi_studies"),
    Part("ideas", _("Ideas"), "edp:idea-list", Stage.DISCOVERY, "ideas"),
    Part("evaluation", _("Evaluation"), "edp:evaluation-detail", Stage.EVALUATION),
    Part("priorities", _("Priorities"), "edp:priority-list", Stage.CONSULTATION, "priorities"),
    Part("consultation", _("Consultation"), "edp:consultation-detail", Stage.CONSULTATION),
    Part("strategy", _("Strategy"), "edp:strategy-detail", Stage.CONSULTATION, "strategies"),
    Part("follow-up", _("Follow-up"), "edp:follow-up-detail", Stage.IMPLEMENTATION, "calls"),
    Part("decisions", _("How it was decided"), "edp:decision-list", Stage.PREPARATION, "decisions"),
)


def parts_of(process: DiscoveryProcess, here: str = "") -> list[Link]:
    """At most one query. A part without a page is left out."""
    goes_on = process.is_ours and process.stage in ORDER
    shown = _open(process) if goes_on else _filled(process)
    links = [(part, address_of(part.code, process)) for part in shown]
    return [Link(part.label, url, part.code == here) for part, url in links if url]


def address_of(code: str, process: DiscoveryProcess) -> str:
    """Of the part's first page; empty where it has none."""
    (name,) = (part.url for part in PARTS if part.code == code)
    try:
        return reverse(name, args=[process.slug])
    except NoReverseMatch:
        return ""


def _open(process: DiscoveryProcess) -> list[Part]:
    here = ORDER.index(Stage(process.stage))
    return [part for part in PARTS if ORDER.index(Stage(part.stage)) <= here]


def _filled(process: DiscoveryProcess) -> list[Part]:
    asked = {f"has_{n}": part for n, part in enumerate(PARTS) if part.rows}
    found: QuerySet[Any, Any] = DiscoveryProcess.objects.filter(pk=process.pk).values(
        **{name: Exists(getattr(process, part.rows).all()) for name, part in asked.items()}
    )
    return [part for row in found for name, part in asked.items() if row[name]]
