"""Taraz 2028, made like Taraz 2027: being prepared, so only its organiser sees it."""

from accounts.models import User
from budgeting.models import Cycle
from budgeting.services.cloning import clone_cycle, ruleset_named
from budgeting.services.cycles import EnvelopeDraft
from budgeting.starts import start_like
from participation.services import Wording


def clone_taraz(*, by: User, cycle: Cycle) -> Cycle:
    start = start_like(cycle)
    origins = {"kk": "original", "ru": "official", "en": "checked"}
    return clone_cycle(
        by=by,
        source=cycle,
        territory=cycle.dossier.territory,
        slug=f"{cycle.dossier.territory.slug}-{start.year}",
        year=start.year,
        ruleset=ruleset_named(cycle.ruleset.key),
        wordings=[
            Wording(
                code,
                start.initial[f"title_{code}"],
                start.initial[f"summary_{code}"],
                origin=origins[code],
            )
            for code in ("kk", "ru", "en")
        ],
        envelopes=[
            EnvelopeDraft(
                envelope.territory,
                envelope.amount,
                envelope.name_kk,
                envelope.name_ru,
                envelope.name_en,
            )
            for envelope in cycle.envelopes.all()
        ],
        dates=start.dates_of(start.year),
    )
