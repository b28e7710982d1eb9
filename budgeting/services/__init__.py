"""Verbs of a budget cycle: keyword-only, atomic, the only writers of this app's tables."""
