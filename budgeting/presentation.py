"""What pages show of a cycle: its stages with dates, its one next step, its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgeting import phases
from budgeting.models import Cycle, Election, Envelope, Leaf, RollEntry
from participation.models import Phase

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True)
class Stage:
    """One step of the timeline; `state` is done, now or next."""

    number: int
    label: "LazyText"
    state: str
    dates: str


@dataclass(frozen=True)
class Step:
    """The one button of the page: what it says and where it leads."""

    label: str
    url: str
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Turnout:
    """People on the roll, and those of them whose ballot stands in a sealed epoch."""

    voted: int
    entitled: int

    @property
    def percent(self) -> int:
        return round(100 * self.voted / self.entitled) if self.entitled else 0


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def dates_of(phase: Phase, state: str) -> str:
    if state == "done":
        return _("ended %(day)s") % {"day": _day(phase.closes_at)}
    if state == "now":
        moment = timezone.localtime(phase.closes_at)
        return _("until %(moment)s") % {"moment": formats.date_format(moment, "DATETIME_FORMAT")}
    return _("from %(day)s") % {"day": _day(phase.opens_at)}


def _state(phase: Phase, now: datetime) -> str:
    if phase.is_open_at(now):
        return "now"
    return "done" if phase.closes_at <= now else "next"


def ordered_phases(cycle: Cycle) -> list[Phase]:
    return sorted(cycle.dossier.phases.all(), key=lambda phase: phases.ORDER.index(phase.kind))


def stages_of(cycle: Cycle, now: datetime) -> list[Stage]:
    stages = []
    for number, phase in enumerate(ordered_phases(cycle), start=1):
        state = _state(phase, now)
        label = cycle.dossier.kind_info.phase(phase.kind).label
        stages.append(Stage(number, label, state, dates_of(phase, state)))
    return stages


def current_phase(cycle: Cycle, now: datetime) -> Phase | None:
    """The last phase that is open now: a later one matters more where two overlap."""
    return next((p for p in reversed(ordered_phases(cycle)) if p.is_open_at(now)), None)


def next_step(cycle: Cycle, envelopes: Sequence[Envelope], now: datetime) -> Step | None:
    """What the one button does now."""
    if has_results(envelopes):
        return Step(_("See the results"), reverse("budgeting:results-detail", args=[cycle.slug]))
    phase = current_phase(cycle, now)
    if phase is None:
        return None
    frozen = [e for e in envelopes if _state_of(e) == Election.State.FROZEN]
    if phase.kind == phases.VOTING and frozen:
        url = reverse("budgeting:ballot-cast", args=[cycle.slug, frozen[0].number])
        if len(envelopes) > 1:
            url = reverse("budgeting:envelope-list", args=[cycle.slug])
        return Step(pgettext("button", "Vote"), url, phase.closes_at)
    if phase.kind == phases.PROPOSALS:
        url = reverse("budgeting:proposal-submit", args=[cycle.slug])
        return Step(_("Propose a project"), url, phase.closes_at)
    label = _("See the projects") if phase.kind != phases.FEASIBILITY else _("See the proposals")
    return Step(label, reverse("budgeting:proposal-list", args=[cycle.slug]), phase.closes_at)


def has_results(envelopes: Sequence[Envelope]) -> bool:
    return any(_state_of(envelope) == Election.State.PUBLISHED for envelope in envelopes)


def _state_of(envelope: Envelope) -> str:
    election = getattr(envelope, "election", None)
    return election.state if election else Election.State.SETUP


def turnout_of(envelopes: Sequence[Envelope]) -> Turnout | None:
    """As the sealed epochs tell it: never live, so that nobody can watch a single vote arrive."""
    elections = [e.election for e in envelopes if _state_of(e) != Election.State.SETUP]
    ours = [election for election in elections if election.key_fingerprint]
    if not ours:
        return None
    leaves = Leaf.objects.filter(election__in=ours).aggregate(
        all=Count("pk"), replaced=Count("supersedes")
    )
    entitled = RollEntry.objects.filter(election__in=ours).count()
    return Turnout(leaves["all"] - leaves["replaced"], entitled)
