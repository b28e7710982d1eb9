"""Ballots to print, in both official languages. All sheets are alike: none leads to a person."""

from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from budgeting.grade_names import GRADE_OPTIONS
from budgeting.models import Election
from budgeting.voting_rules import CUMULATIVE, GRADED, RANKED, VotingRules
from participation.models import Dossier
from participation.printing import pdf_from_html

LANGUAGES = ("kk", "ru")
STYLES = "css/ballot-print.css"


def pdf_of_ballot(election: Election) -> bytes:
    """One sheet; the printing house makes as many as are needed. Raises PrintingImpossible."""
    return pdf_from_html(ballot_html(election), stylesheet=str(finders.find(STYLES)))


def ballot_html(election: Election) -> str:
    rules = VotingRules.from_data(election.rules)
    entries = election.shortlist.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    cycle = election.envelope.cycle
    context: dict[str, Any] = {
        "cycle": cycle,
        "envelope": election.envelope,
        "titles": _titles(cycle.dossier),
        "rows": [(entry, _titles(entry.proposal.dossier)) for entry in entries],
        "rules": rules,
        "languages": LANGUAGES,
        "grades": GRADE_OPTIONS if rules.ballot == GRADED else [],
        "asks_number": rules.ballot in (CUMULATIVE, RANKED),
    }
    return render_to_string("budgeting/paper_ballot_print.html", context)


def _titles(dossier: Dossier) -> list[tuple[str, str]]:
    """In each language in which there is one; in its own if in neither."""
    by_language = {text.language: text.title for text in dossier.texts.all()}
    found = [(code, by_language[code]) for code in LANGUAGES if code in by_language]
    return found or [("", dossier.title)]
