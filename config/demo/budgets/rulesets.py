"""Rules of the demo's ballots, and the categories of its projects."""

from budgeting.models import Category
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
    ballots: dict[str, tuple[str, dict[str, object]]] = {
        "knapsack": (
            "Бюджет шегінде · В пределах бюджета · Within the budget",
            {"ballot": "knapsack"},
        ),
        "approval": (
            "Кез келген саны · Любое число · Any number of projects",
            {"ballot": "approval"},
        ),
        "three": (
            "Үш жобаға дейін · До трёх проектов · Up to three",
            {"ballot": "k_approval", "max_choices": 3},
        ),
        "points": ("Он ұпай · Десять баллов · Ten points", {"ballot": "cumulative", "points": 10}),
    }
    return {
        key: Ruleset.objects.create(
            kind="budgeting.vote",
            key=key,
            name=name,
            data={**data, "min_age": 16, "count": equal_shares},
            legal_basis=basis,
        )
        for key, (name, data) in ballots.items()
    }


def create_categories() -> dict[str, Category]:
    return {
        slug: Category.objects.create(slug=slug, name_kk=kk, name_ru=ru, name_en=en)
        for slug, (kk, ru, en) in CATEGORIES.items()
    }
