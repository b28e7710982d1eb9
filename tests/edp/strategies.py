"""Strategies for tests: a whole small plan, or as large as wanted, written through the services."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from edp import phases
from edp.models import DiscoveryProcess, Priority, Strategy
from edp.services.strategy import (
    approve_strategy,
    put_before_council,
    start_strategy,
    take_council_opinion,
    write_part,
)
from participation.models import Ruleset
from participation.services import Wording, create_dossier, publish_dossier
from tests.conftest import as_restore
from tests.edp.making import make_body

WORDS = [Wording("kk", "Стратегия", "Болашақ"), Wording("ru", "Стратегия", "Видение"),
         Wording("en", "Strategy", "Vision")]  # fmt: skip
REASONS = {"kk": "Себебі", "ru": "Причина", "en": "Reason"}


def names(name: str) -> dict[str, str]:
    return {f"name_{code}": f"{name} {code}" for code in ("kk", "ru", "en")}


def make_priority(process: DiscoveryProcess, number: int, **fields: Any) -> Priority:
    """Without an idea: what it comes from is another test's business."""
    dossier = create_dossier(
        kind=phases.PRIORITY,
        territory=process.dossier.territory,
        state="candidate",
        path=f"edp/{process.slug}/priorities/{number}/",
        wordings=[Wording(code, f"Priority {number} {code}") for code in ("kk", "ru", "en")],
    )
    publish_dossier(dossier=dossier)
    values: dict[str, Any] = {"category": "emerging", "transformation": "found"} | fields
    with as_restore():
        return Priority.objects.create(dossier=dossier, process=process, number=number, **values)


def action_values(**changes: Any) -> dict[str, Any]:
    return {
        **names("Action"),
        "operator": make_body("ТОО «Химпром»", "business"),
        "tool": "facility",
        "instrument": "new",
        "term": "medium",
        "domains": ["business", "innovation"],
        **changes,
    }


def indicator_values(**changes: Any) -> dict[str, Any]:
    return {
        **names("Indicator"),
        "kind": "outcome",
        "control": "partial",
        "unit_kk": "т",
        "unit_ru": "т",
        "unit_en": "t",
        "baseline": Decimal(0),
        "baseline_year": 2026,
        "target": Decimal(20),
        "target_year": 2031,
        "source": "Report",
        "first_result_on": date(2029, 1, 1),
        **changes,
    }


def risk_values(**changes: Any) -> dict[str, Any]:
    return {
        **names("Risk"),
        "kind": "capability",
        "likelihood": 3,
        "impact": 4,
        "mitigation_kk": "Оқыту",
        "mitigation_ru": "Обучение",
        **changes,
    }


def write(strategy: Strategy, part: str, parent: Any, /, **values: Any) -> Any:
    return write_part(by=None, strategy=strategy, kind=part, parent=parent, values=values)


def start(process: DiscoveryProcess) -> Strategy:
    return start_strategy(by=None, process=process, wordings=WORDS)


def make_strategy(
    process: DiscoveryProcess,
    *,
    priorities: int = 1,
    objectives: int = 1,
    actions: int = 1,
    indicators: int = 1,
) -> Strategy:
    """Without gaps; counts are of each level below the one above."""
    strategy = start(process)
    challenge = write(strategy, "challenge", strategy, **names("Challenge"))
    for number in range(1, priorities + 1):
        row = write(strategy, "priority", challenge, priority=make_priority(process, number))
        for _ in range(objectives):
            objective = write(strategy, "objective", row, **names("Objective"))
            for _ in range(indicators):
                write(strategy, "indicator", objective, **indicator_values())
            for _ in range(actions):
                action = write(strategy, "action", objective, **action_values())
                write(strategy, "risk", action, **risk_values())
                write(
                    strategy, "money", action, year=2028, amount=Decimal("1000000.50"),
                    source="private", certainty="pledged",
                )  # fmt: skip
                write(
                    strategy, "money", action, year=2029, amount=Decimal("500000.25"),
                    source="public_local", certainty="committed",
                )  # fmt: skip
    return Strategy.objects.for_display().get(pk=strategy.pk)


def hear_council(strategy: Strategy, by: User, *recommendations: str) -> None:
    put_before_council(by=by, strategy=strategy)
    take_council_opinion(
        by=by,
        strategy=strategy,
        body="Public council",
        decided_on=date(2026, 11, 2),
        reasons=REASONS,
        recommendations=[{"kk": text, "ru": text} for text in recommendations],
        addressee=strategy.process.lead_body,
    )


def decide(strategy: Strategy, kind: str, by: User) -> None:
    approve_strategy(
        by=by, strategy=strategy, kind=kind, body="Akimat", decided_on=date(2026, 11, 2),
        reasons=REASONS,
    )  # fmt: skip


def answer_rules() -> Ruleset:
    return Ruleset.objects.create(
        kind="answers", key="recommendation", name="Ten days", data={"working_days": 10}
    )
