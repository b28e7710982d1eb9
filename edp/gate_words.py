"""What the conditions of gates are called, in words for people, and where each is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from edp.gates import Check, Thresholds
from participation.templatetags.kenes import number, percent

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

    from edp.models import DiscoveryProcess

AT_LEAST, AT_MOST, NONE, THERE = "at_least", "at_most", "none", "there"
SHARES = {"officials", "business", "academia", "civil_society", "government"}


@dataclass(frozen=True)
class Words:
    """`kind` says how value and threshold read; `url` names the page on which it is mended."""

    label: LazyText
    kind: str
    url: str = ""


WORDS: dict[str, Words] = {
    "texts": Words(
        gettext_lazy("Title, scope and what can change, in Kazakh and Russian"),
        NONE,
        "edp:process-edit",
    ),
    "calendar": Words(gettext_lazy("Dates of every stage"), NONE, "edp:process-dates"),
    "contact": Words(gettext_lazy("Whom to ask"), THERE, "edp:process-edit"),
    "ruleset": Words(gettext_lazy("Usable rules"), THERE, "edp:process-edit"),
    "helices": Words(
        gettext_lazy("Helices in the steering group"), AT_LEAST, "edp:membership-list"
    ),
    "officials": Words(
        gettext_lazy("Officials in the steering group"), AT_MOST, "edp:membership-list"
    ),
    "interests": Words(
        gettext_lazy("Everybody has declared their interests"), NONE, "edp:membership-list"
    ),
    "resource_plan": Words(gettext_lazy("Plan of resources"), THERE, "edp:resources-edit"),
    "ruleset_frozen": Words(gettext_lazy("The rules are frozen"), THERE, "edp:process-organise"),
    "specialisation": Words(
        gettext_lazy("Published tables of specialisation"), AT_LEAST, "edp:evidence-manage"
    ),
    "assets": Words(gettext_lazy("Assets of the region"), AT_LEAST, "edp:evidence-manage"),
    "dimensions": Words(gettext_lazy("Dimensions of assets"), AT_LEAST, "edp:evidence-manage"),
    "swot": Words(
        gettext_lazy("Entries in the shortest quarter of the SWOT"),
        AT_LEAST,
        "edp:evidence-manage",
    ),
    "swot_evidence": Words(
        gettext_lazy("Every entry of the SWOT leads to evidence"), NONE, "edp:evidence-manage"
    ),
    "published": Words(gettext_lazy("All the evidence is public"), NONE, "edp:evidence-manage"),
    "workshops": Words(gettext_lazy("Workshops held"), AT_LEAST, "edp:workshop-list"),
    "participants": Words(gettext_lazy("Different participants"), AT_LEAST, "edp:workshop-list"),
    "business": Words(
        gettext_lazy("Business among the participants"), AT_LEAST, "edp:workshop-list"
    ),
    "academia": Words(
        gettext_lazy("Academia among the participants"), AT_LEAST, "edp:workshop-list"
    ),
    "civil_society": Words(
        gettext_lazy("Civil society among the participants"), AT_LEAST, "edp:workshop-list"
    ),
    "government": Words(
        gettext_lazy("Government among the participants"), AT_MOST, "edp:workshop-list"
    ),
    "outside_centre": Words(
        gettext_lazy("Workshops outside the centre"), AT_LEAST, "edp:workshop-list"
    ),
    "ideas": Words(gettext_lazy("Admitted ideas"), AT_LEAST, "edp:idea-desk"),
    "sources": Words(gettext_lazy("Every idea comes from somebody"), NONE, "edp:idea-desk"),
    "outputs": Words(
        gettext_lazy("The four results of discovery are written"), NONE, "edp:outputs-edit"
    ),
    "assessments": Words(
        gettext_lazy("Every idea was judged by enough people"), NONE, "edp:panel-manage"
    ),
    "recused": Words(
        gettext_lazy("No scores from anybody with an interest"), NONE, "edp:panel-manage"
    ),
    "weights": Words(
        gettext_lazy("Weights were fixed before the first score"),
        THERE,
        "edp:panel-manage",
    ),
    "agreement": Words(
        gettext_lazy("Agreement of the panel is published"), THERE, "edp:panel-manage"
    ),
    "candidates": Words(gettext_lazy("Candidate priorities"), AT_LEAST, "edp:panel-manage"),
    "priorities": Words(
        gettext_lazy("Few enough candidate priorities"), AT_MOST, "edp:panel-manage"
    ),
    "reasons": Words(
        gettext_lazy("Every idea that was not selected has its reasons"),
        NONE,
        "edp:panel-manage",
    ),
    "days": Words(
        gettext_lazy("Working days of consultation"), AT_LEAST, "edp:consultation-organise"
    ),
    "hearings": Words(gettext_lazy("Public hearings held"), AT_LEAST, "edp:consultation-organise"),
    "answers": Words(
        gettext_lazy("Every comment has its reasoned answer"), NONE, "edp:consultation-organise"
    ),
    "changes": Words(
        gettext_lazy("The list of changes is published"), THERE, "edp:consultation-organise"
    ),
    "share_in_time": Words(
        gettext_lazy("The share answered in time is published"),
        THERE,
        "edp:consultation-organise",
    ),
    "plan": Words(gettext_lazy("The plan is without gaps"), NONE, "edp:strategy-organise"),
    "council_opinion": Words(
        gettext_lazy("The public council has given its opinion"), THERE, "edp:strategy-organise"
    ),
    "council_answer": Words(
        gettext_lazy("The public council has its answers"), THERE, "edp:strategy-organise"
    ),
    "akimat": Words(gettext_lazy("The akimat has approved"), THERE, "edp:strategy-organise"),
    "maslikhat": Words(gettext_lazy("The maslikhat has approved"), THERE, "edp:strategy-organise"),
    "measurements": Words(
        gettext_lazy("Measurements that were due are entered"), NONE, "edp:follow-up-organise"
    ),
    "wheel": Words(
        gettext_lazy("People who filled in the wheel"), AT_LEAST, "edp:follow-up-organise"
    ),
    "external": Words(
        gettext_lazy("People from outside among them"), AT_LEAST, "edp:follow-up-organise"
    ),
    "revision": Words(
        gettext_lazy("It is decided what to revise"), THERE, "edp:follow-up-organise"
    ),
}
# Shown before each gate, and on the page of decisions.
GATE_NAMES: dict[int, LazyText] = {
    0: gettext_lazy("Announcement"),
    1: gettext_lazy("Start of the work"),
    2: gettext_lazy("Evidence is there"),
    3: gettext_lazy("Enough was discovered"),
    4: gettext_lazy("Ideas are evaluated"),
    5: gettext_lazy("Everybody was heard"),
    6: gettext_lazy("The strategy is adopted"),
    7: gettext_lazy("The review is done"),
}


@dataclass(frozen=True)
class Told:
    """One condition in words; `found` says value and threshold, `url` where it is mended."""

    code: str
    label: str
    found: str
    is_met: bool
    is_waived: bool
    url: str = ""

    @property
    def is_open(self) -> bool:
        return not self.is_met and not self.is_waived


def label_of(code: str) -> str:
    return str(WORDS[code].label) if code in WORDS else code


def gate_name(gate: int) -> str:
    return _("Gate %(number)s: %(name)s") % {"number": gate, "name": GATE_NAMES[gate]}


def told(conditions: Sequence[Mapping[str, Any]]) -> list[Told]:
    """Conditions as a GateCheck keeps them (gates.Check.to_data)."""
    return [
        Told(
            code=each["code"],
            label=label_of(each["code"]),
            found=_found(each["code"], Fraction(each["value"]), Fraction(each["threshold"])),
            is_met=each["ok"],
            is_waived=each["waived"],
        )
        for each in conditions
    ]


def told_check(check: Check, process: DiscoveryProcess) -> list[Told]:
    """The gate ahead, each unmet condition with the page on which it is mended."""
    return [
        Told(each.code, each.label, each.found, each.is_met, each.is_waived, _page(each, process))
        for each in told(check.to_data())
    ]


def _page(each: Told, process: DiscoveryProcess) -> str:
    """Nothing where the page of a part is called otherwise: the words alone say what to do."""
    name = WORDS[each.code].url if each.is_open and each.code in WORDS else ""
    try:
        return reverse(name, args=[process.slug]) if name else ""
    except NoReverseMatch:
        return ""


# The rule behind a condition, where its number is the ruleset's own.
RULES: dict[str, str] = {
    "officials": "max_officials",
    "assets": "min_assets",
    "dimensions": "min_dimensions",
    "swot": "min_swot_entries",
    "workshops": "min_workshops",
    "participants": "min_participants",
    "business": "min_business",
    "academia": "min_academia",
    "civil_society": "min_civil_society",
    "government": "max_government",
    "outside_centre": "min_outside_centre",
    "ideas": "min_ideas",
    "priorities": "max_priorities",
    "days": "consultation_days",
    "hearings": "min_hearings",
    "wheel": "min_wheel_assessors",
    "external": "min_external_assessors",
}


def thresholds_told(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what is asked, how much) for every number of the gates; nothing of unreadable rules."""
    try:
        rules = Thresholds.from_data(data.get("gates", {}))
    except ValueError:
        return []
    return [
        (label_of(code), _asked(code, Fraction(getattr(rules, name))))
        for code, name in RULES.items()
    ]


def _asked(code: str, threshold: Fraction) -> str:
    words = {"number": _written(code, threshold)}
    if WORDS[code].kind == AT_MOST:
        return _("at most %(number)s") % words
    return _("at least %(number)s") % words


def _found(code: str, value: Fraction, threshold: Fraction) -> str:
    kind = WORDS[code].kind if code in WORDS else AT_LEAST
    if kind == THERE:
        return _("there") if value >= threshold else _("not there yet")
    if kind == NONE:
        return _("nothing is missing") if not value else _("missing: %(n)s") % {"n": number(value)}
    words = {"value": _written(code, value), "threshold": _written(code, threshold)}
    if kind == AT_MOST:
        return _("%(value)s of at most %(threshold)s") % words
    return _("%(value)s of at least %(threshold)s") % words


def _written(code: str, value: Fraction) -> str:
    if code not in SHARES:
        return number(value)
    hundredths = value * 100
    return percent(hundredths, 0 if hundredths == round(hundredths) else 1)
