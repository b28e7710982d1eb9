"""What pages show of a process: its stages with dates, its one next step, its numbers in bars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import dropwhile
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Organisation
from edp.facts.funnel import Funnel
from edp.gate_words import Told, gate_name, told
from edp.gates import OUTPUTS
from edp.models import (
    Decision,
    DiscoveryProcess,
    GateCheck,
    GroupMembership,
    ProcessOutput,
    Stage,
    Waiver,
)
from edp.navigation import address_of
from edp.phases import ORDER, PHASE_KINDS
from participation.models import Phase, Territory

# The part to which the one button leads, stage by stage; its words are the phase's call.
NEXT_PART = {
    Stage.MAPPING: "evidence",
    Stage.DISCOVERY: "workshops",
    Stage.EVALUATION: "ideas",
    Stage.CONSULTATION: "consultation",
    Stage.ADOPTION: "strategy",
    Stage.IMPLEMENTATION: "follow-up",
    Stage.REVIEW: "follow-up",
}
CALLS = {kind.code: kind.call for kind in PHASE_KINDS} | {Stage.REVIEW: PHASE_KINDS[-1].call}


@dataclass(frozen=True)
class Step:
    """One step of the timeline; `state` is done, now or next."""

    label: str
    state: str
    dates: str
    note: str = ""


@dataclass(frozen=True)
class Button:
    label: str
    url: str


@dataclass(frozen=True)
class Bar:
    """`width` and `share` count hundredths: of the longest bar, of the step before."""

    label: str
    number: int
    width: Fraction
    share: Fraction | None


def stages_of(process: DiscoveryProcess, leads: Mapping[str, Organisation]) -> list[Step]:
    """Every stage that has dates, in order; where it stands is the process's own word."""
    by_kind = {phase.kind: phase for phase in process.dossier.phases.all()}
    steps = []
    for kind in PHASE_KINDS:
        if phase := by_kind.get(kind.code):
            state = _state(process, phase)
            lead = leads.get(kind.code)
            note = _("led by %(body)s") % {"body": lead.name} if lead else ""
            steps.append(Step(str(kind.label), state, _dates(phase, state), note))
    return steps


def _state(process: DiscoveryProcess, phase: Phase) -> str:
    if process.stage not in ORDER:
        return "done" if phase.closes_at <= timezone.now() else "next"
    place, here = ORDER.index(Stage(phase.kind)), ORDER.index(Stage(process.stage))
    if place == here or (phase.kind == Stage.IMPLEMENTATION and process.stage == Stage.REVIEW):
        return "now"
    return "done" if place < here else "next"


def _dates(phase: Phase, state: str) -> str:
    if state == "done":
        return _("ended %(day)s") % {"day": _day(phase.closes_at)}
    if state == "now":
        return _("until %(day)s") % {"day": _day(phase.closes_at)}
    return _("from %(day)s") % {"day": _day(phase.opens_at)}


def _day(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def next_step(process: DiscoveryProcess) -> Button | None:
    """The one button of the page; none where there is nothing to come to."""
    if not process.is_ours or process.stage not in NEXT_PART:
        return None
    url = address_of(NEXT_PART[Stage(process.stage)], process)
    call = CALLS[process.stage]
    return Button(str(call), url) if url and call else None


FUNNEL_LABELS: dict[str, Promise] = {
    "statements": gettext_lazy("Statements"),
    "ideas": gettext_lazy("Ideas"),
    "admitted": gettext_lazy("Admitted ideas"),
    "candidates": gettext_lazy("Candidates"),
    "priorities": pgettext_lazy("funnel", "Priorities"),
}


def bars_of(funnel: Funnel) -> list[Bar]:
    """Nothing before the first statement or idea."""
    # What nobody has counted, as in a replay, is not shown as nothing.
    steps = list(dropwhile(lambda step: not step[1], funnel.steps))
    longest = max((number for _name, number, _share in steps), default=0)
    return [
        Bar(
            str(FUNNEL_LABELS[name]),
            number,
            Fraction(100 * number, longest),
            None if share is None else 100 * share,
        )
        for name, number, share in steps
    ]


@dataclass(frozen=True)
class Group:
    label: str
    seats: list[GroupMembership]
    helices: dict[str, int]


def groups_of(process: DiscoveryProcess) -> list[Group]:
    """Those who sit in each group now, with their balance for components/helix_bar.html."""
    seats = list(process.memberships.filter(until=None).select_related("person", "organisation"))
    groups = []
    for code, label in GroupMembership.Group.choices:
        if there := [seat for seat in seats if seat.group == code]:
            if code == GroupMembership.Group.PANEL:
                # Reports number assessors by their seats: that order would give names to scores.
                there.sort(key=lambda seat: (not seat.is_chair, str(seat)))
            helices = dict.fromkeys(("government", "business", "academia", "civil"), 0)
            for seat in there:
                helices[seat.helix.removesuffix("_society")] += 1
            groups.append(Group(str(label), there, helices))
    return groups


@dataclass(frozen=True)
class Passage:
    """A gate that was passed, with its conditions in words and the reasons of each waiver."""

    name: str
    check: GateCheck
    conditions: list[Told]
    waivers: list[Waiver]


def passages_of(process: DiscoveryProcess) -> list[Passage]:
    """In three queries."""
    found = Waiver.objects.filter(decision__process=process).select_related("decision")
    waivers = list(found)
    return [
        Passage(
            gate_name(check.gate),
            check,
            told(check.conditions),
            [
                waiver
                for waiver in waivers
                if waiver.gate == check.gate and waiver.condition in _waived(check)
            ],
        )
        for check in process.gate_checks.all()
    ]


def _waived(check: GateCheck) -> set[str]:
    return {each["code"] for each in check.conditions if each["waived"]}


def decisions_of(process: DiscoveryProcess) -> list[Decision]:
    """With what each set aside and where it moved the process; three queries."""
    return list(
        process.decisions.select_related("stage_change").prefetch_related(
            Prefetch("waivers", Waiver.objects.order_by("pk"))
        )
    )


def outputs_of(process: DiscoveryProcess) -> list[ProcessOutput]:
    order = {code: place for place, code in enumerate(OUTPUTS)}
    return sorted(process.outputs.all(), key=lambda output: order[output.code])


def borders_warning(territory: Territory, first_year: int) -> str:
    """I22: figures from before a border moved are of another place."""
    parts = _names(territory.successors.filter(valid_from__isnull=False))
    if parts:
        return _(
            "Until %(day)s, figures of %(place)s include what is now: %(parts)s. Do not compare "
            "years before and after without a bridge."
        ) % {"day": _last_change(territory), "place": territory, "parts": ", ".join(parts)}
    before = _names(territory.predecessors.all())
    if before and territory.valid_from and territory.valid_from.year >= first_year - 20:
        return _(
            "%(place)s exists since %(day)s; before that its figures are part of: %(parts)s."
        ) % {
            "day": formats.date_format(territory.valid_from, "DATE_FORMAT"),
            "place": territory,
            "parts": ", ".join(before),
        }
    return ""


def _names(territories: Iterable[Territory]) -> list[str]:
    return [territory.name for territory in territories]


def _last_change(territory: Territory) -> str:
    newest = territory.successors.filter(~Q(valid_from=None)).latest("valid_from").valid_from
    return formats.date_format(newest, "DATE_FORMAT") if newest else ""
