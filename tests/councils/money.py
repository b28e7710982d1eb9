"""Money of a council for tests: one line of 100 000 tenge and claims against it."""

from datetime import date
from typing import Any

from councils.models import BudgetLine, Council, ExpenseClaim
from councils.services.money import plan_line, submit_claim

DAY = date(2026, 4, 8)


def make_line(council: Council, *, number: int = 1, planned: int = 100_000) -> BudgetLine:
    names = {"kk": "Жол жүру", "ru": "Поездки", "en": "Travel"}
    return plan_line(
        by=None, council=council, year=DAY.year, number=number, names=names, planned=planned
    )


def make_claim(line: BudgetLine, **fields: Any) -> ExpenseClaim:
    """By the second member of civil society."""
    given: dict[str, Any] = {
        "by": None,
        "member": line.council.mandates.get(name="C2"),
        "line": line,
        "purpose": "Bus to the hearing",
        "spent_on": DAY,
        "amount": 40_000,
    }
    return submit_claim(**{**given, **fields})
