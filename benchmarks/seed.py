"""Rows by the thousand for the benchmarks, through the services where they take many at once."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

import budgeting
from budgeting import phases
from budgeting.models import Cycle, Envelope, Proposal
from budgeting.services.importing import import_pabulib
from participation.models import Phase, Ruleset
from participation.services import Draft, Wording, create_dossiers
from participation.services.territories import load_territories

SWIECIE = Path(budgeting.__file__).parent / "data" / "elections" / "poland_swiecie_2023.pb"


def seed_pages(rows: int) -> None:
    """`rows` published cycles with an open phase each, `rows` proposals in one, a real election."""
    place = load_territories()["taraz"]
    rules = {"ballot": "knapsack", "count": {"method": "greedy"}}
    ruleset = Ruleset.objects.create(kind="budgeting.vote", key="many", name="many", data=rules)
    slugs = ["many", *(f"cycle-{number}" for number in range(1, rows))]
    dossiers = create_dossiers(
        kind=phases.CYCLE,
        territory=place,
        state="running",
        publish=True,
        drafts=[Draft(f"budgeting/{slug}/", _words("Бюджет", slug)) for slug in slugs],
    )
    now = timezone.now()
    Phase.objects.bulk_create(
        Phase(
            dossier=dossier,
            kind=phases.FEASIBILITY,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1, minutes=number),
        )
        for number, dossier in enumerate(dossiers)
    )
    cycles = Cycle.objects.bulk_create(
        Cycle(dossier=dossier, slug=slug, year=2027, ruleset=ruleset)
        for dossier, slug in zip(dossiers, slugs, strict=True)
    )
    envelopes = Envelope.objects.bulk_create(
        Envelope(
            cycle=cycle, number=1, territory=place, amount=10**9, name_kk="Қала", name_ru="Город"
        )
        for cycle in cycles
    )
    _seed_proposals(cycles[0], envelopes[0], rows)
    import_pabulib(text=SWIECIE.read_text(encoding="utf-8"), name=SWIECIE.name, source_note="MIT")


def _seed_proposals(cycle: Cycle, envelope: Envelope, rows: int) -> None:
    dossiers = create_dossiers(
        kind=phases.PROPOSAL,
        territory=envelope.territory,
        state=Proposal.State.SHORTLISTED,
        publish=True,
        drafts=[
            Draft(f"budgeting/many/proposals/{number}/", _words("Жоба", str(number)))
            for number in range(1, rows + 1)
        ],
    )
    Proposal.objects.bulk_create(
        Proposal(
            dossier=dossier,
            cycle=cycle,
            envelope=envelope,
            number=number,
            cost=1000 * number,
            place="Төле би көшесі",
            state=Proposal.State.SHORTLISTED,
        )
        for number, dossier in enumerate(dossiers, start=1)
    )


def _words(title: str, name: str) -> list[Wording]:
    summary = "Екі сөйлеммен: не істеледі және кімге пайдалы. Бәріне ашық."
    return [Wording(language, f"{title} {name}", summary) for language in ("kk", "ru", "en")]
