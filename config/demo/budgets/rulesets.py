"""Rules of the demo's ballots, and the categories of its projects."""

from budgeting.models import Category
from budgeting.presets import PRESETS
from config.demo.budgets.projects import CATEGORIES
from participation.models import Ruleset


def create_rulesets() -> dict[str, Ruleset]:
    basis = "Демо мәндері · Демонстрационные значения · Demo values"
    equal_shares = {
        "method": "equal-shares",
        "satisfaction": "cost",
        "completion": "add1u",
        "step": "1000",
        "ties": ["votes", "cheapest", "list-order"],
    }
    # Everybody stands in the register once, so that whoever has several ways votes once.
    voters = {"proofs": ["desk", "roll", "letter", "oidc"], "needs_line": True}
    ballots: dict[str, tuple[str, dict[str, object]]] = {
        "knapsack": (
            "Бюджет шегінде · В пределах бюджета · Within the budget",
            {"ballot": "knapsack", "voters": voters},
        ),
        "approval": (
            "Кез келген саны · Любое число · Any number of projects",
            {"ballot": "approval"},
        ),
        "three": (
            "Үш жобаға дейін · До трёх проектов · Up to three",
            {"ballot": "k_approval", "max_choices": 3},
        ),
        "supported": (
            "25 адамның қолдауымен · С поддержкой 25 человек · With 25 supporters",
            {
                "ballot": "k_approval",
                "max_choices": 3,
                "proposals": {"support_threshold": 25},
            },
        ),
        "points": ("Он ұпай · Десять баллов · Ten points", {"ballot": "cumulative", "points": 10}),
    }
    ours = {
        key: Ruleset.objects.create(
            kind="budgeting.vote",
            key=key,
            name=name,
            data={**data, "min_age": 16, "count": equal_shares},
            legal_basis=basis,
        )
        for key, (name, data) in ballots.items()
    }
    return ours | _presets() | {"grades": _grades(basis)}


def _presets() -> dict[str, Ruleset]:
    """The rules of other cities, for an organiser to choose."""
    return {
        preset.key: Ruleset.objects.create(
            kind="budgeting.vote",
            key=preset.key,
            name=preset.name,
            data=preset.data,
            legal_basis=preset.source,
        )
        for preset in PRESETS
    }


def _grades(basis: str) -> Ruleset:
    """As in Paris, with money kept for the outskirts and a threshold."""
    return Ruleset.objects.create(
        kind="budgeting.vote",
        key="grades",
        name="Төрт баға, шет аймақтарға үлес · Четыре оценки, доля окраин · Four grades, a share",
        data={
            "ballot": "graded",
            "min_age": 16,
            "count": {
                "method": "majority-judgement",
                "missing": "worst",
                "threshold": "5",
                "earmark": "3/10",
                "ties": ["cheapest", "list-order"],
            },
        },
        legal_basis=basis,
    )


def create_categories() -> dict[str, Category]:
    return {
        slug: Category.objects.create(slug=slug, name_kk=kk, name_ru=ru, name_en=en)
        for slug, (kk, ru, en) in CATEGORIES.items()
    }
