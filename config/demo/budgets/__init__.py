"""Taraz 2027, where the vote is open now, and 2028, made like it and not public yet; Astana 2026,
being checked; Astana 2027, where proposals are taken; Almaty 2026, graded in two envelopes and
decided."""

from config.demo.budgets.almaty import create_almaty
from config.demo.budgets.astana import create_astana
from config.demo.budgets.feasibility import check_astana
from config.demo.budgets.next_year import clone_taraz
from config.demo.budgets.papers import open_stations
from config.demo.budgets.proofs import open_register
from config.demo.budgets.proposals import create_astana_2027
from config.demo.budgets.rulesets import create_categories, create_rulesets
from config.demo.budgets.taraz import create_taraz, open_taraz
from config.demo.budgets.works import tell_of_works

__all__ = [
    "check_astana",
    "clone_taraz",
    "create_almaty",
    "create_astana",
    "create_astana_2027",
    "create_categories",
    "create_rulesets",
    "create_taraz",
    "open_register",
    "open_stations",
    "open_taraz",
    "tell_of_works",
]
