"""Taraz 2027, in which the vote is open now; Astana 2026, where proposals are being checked;
Almaty 2026, graded in two envelopes and decided."""

from config.demo.budgets.almaty import create_almaty
from config.demo.budgets.astana import create_astana
from config.demo.budgets.rulesets import create_categories, create_rulesets
from config.demo.budgets.taraz import create_taraz, open_taraz

__all__ = [
    "create_almaty",
    "create_astana",
    "create_categories",
    "create_rulesets",
    "create_taraz",
    "open_taraz",
]
