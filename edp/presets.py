"""Ready beginnings of a process: its kind, its rules, and how long each stage usually takes.

The numbers are a start, no law: a region writes a new version of the rules and its own dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from edp.models import DiscoveryProcess, Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

RULES_KIND = "edp.process"
BASIS = (
    "Әдепкі мәндер платформанікі; аймақ өз шешімімен өзгертеді. Кеңес берудің мерзімі мен "
    "жауаптар: 2023 жылғы 2 қазандағы «Қоғамдық бақылау туралы» № 30-VIII Заңның 13-бабы.\n\n"
    "Значения по умолчанию – платформы; регион меняет их своим решением. Сроки консультации и "
    "ответов: Закон «Об общественном контроле» от 2 октября 2023 года № 30-VIII, статья 13.\n\n"
    "The defaults are the platform's; a region changes them by a decision of its own. Consultation "
    "and answers: Law on Public Control of 2 October 2023, No. 30-VIII, Article 13."
)
USUAL_GATES: Mapping[str, int | str] = {
    "max_officials": "1/3",
    "min_assets": 5,
    "min_dimensions": 3,
    "min_swot_entries": 2,
    "min_workshops": 8,
    "min_participants": 150,
    "min_business": "2/5",
    "min_academia": "1/10",
    "min_civil_society": "1/10",
    "max_government": "33/100",
    "min_outside_centre": 1,
    "min_ideas": 10,
    "min_assessors": 3,
    "min_coverage": "4/5",
    "max_priorities": 7,
    "consultation_days": 20,
    "min_hearings": 1,
    "min_wheel_assessors": 3,
    "min_external_assessors": 1,
}
USUAL_DAYS: Mapping[str, int] = {
    Stage.PREPARATION: 45,
    Stage.MAPPING: 60,
    Stage.DISCOVERY: 120,
    Stage.EVALUATION: 45,
    Stage.CONSULTATION: 40,
    Stage.ADOPTION: 60,
}


@dataclass(frozen=True)
class Preset:
    """`days` are calendar days of each stage; `gates` what differs from the usual thresholds."""

    code: str
    kind: str
    label: LazyText
    hint: LazyText
    rules_name: str
    days: Mapping[str, int] = field(default_factory=lambda: USUAL_DAYS)
    gates: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        return {"gates": {**USUAL_GATES, **self.gates}}


PRESETS = {
    preset.code: preset
    for preset in (
        Preset(
            "regional-strategy",
            DiscoveryProcess.Kind.REGIONAL_STRATEGY,
            _("Strategy of a region"),
            _("The whole way, from figures to a strategy for several years: about a year."),
            "Өңірлік стратегия · Стратегия региона · Strategy of a region",
        ),
        Preset(
            "activity-plan",
            DiscoveryProcess.Kind.ACTIVITY_PLAN,
            _("Plan for one activity"),
            _("One activity and all who live by it: fewer meetings, about half a year."),
            "Бір қызмет жоспары · План для одного вида деятельности · Plan for one activity",
            {**USUAL_DAYS, Stage.MAPPING: 30, Stage.DISCOVERY: 60, Stage.ADOPTION: 45},
            {"min_workshops": 4, "min_participants": 60, "min_ideas": 5, "max_priorities": 3},
        ),
        Preset(
            "around-plan",
            DiscoveryProcess.Kind.AROUND_PLAN,
            _("Discovery around an existing plan"),
            _("What a plan that is there already does not see: spin-offs, needs, obstacles."),
            "Қолданыстағы жоспар төңірегінде · Вокруг действующего плана · Around a plan",
            {**USUAL_DAYS, Stage.MAPPING: 30, Stage.DISCOVERY: 60, Stage.ADOPTION: 45},
            {"min_workshops": 4, "min_participants": 60, "min_ideas": 5, "max_priorities": 5},
        ),
        Preset(
            "anti-crisis",
            DiscoveryProcess.Kind.ANTI_CRISIS,
            _("Answer to a crisis"),
            _("When a large employer closes: every stage is shortened, about three months."),
            "Дағдарысқа жауап · Ответ на кризис · Answer to a crisis",
            {
                Stage.PREPARATION: 10,
                Stage.MAPPING: 14,
                Stage.DISCOVERY: 21,
                Stage.EVALUATION: 10,
                Stage.CONSULTATION: 15,
                Stage.ADOPTION: 20,
            },
            {
                "min_workshops": 3,
                "min_participants": 40,
                "min_ideas": 4,
                "max_priorities": 4,
                "consultation_days": 10,
            },
        ),
    )
}
