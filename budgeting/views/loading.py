"""From an address to the object it names, or 404."""

from django.shortcuts import get_object_or_404

from budgeting.models import (
    Cycle,
    Election,
    Envelope,
    LetterBatch,
    Milestone,
    PaperBatch,
    Proposal,
    Question,
    RegisterImport,
    Station,
    StationOfficer,
    Trial,
    Work,
)
from participation.models import Role


def public_cycle(slug: str) -> Cycle:
    return get_object_or_404(Cycle.objects.published().for_display(), slug=slug)


def named_cycle(slug: str) -> Cycle:
    """A public cycle of which a page shows only the name."""
    named = Cycle.objects.published().select_related("dossier").prefetch_related("dossier__texts")
    return get_object_or_404(named, slug=slug)


def any_cycle(slug: str) -> Cycle:
    """Also one in preparation: for those who organise it."""
    return get_object_or_404(Cycle.objects.for_display().select_related("desk"), slug=slug)


def public_proposal(slug: str, number: int) -> Proposal:
    return get_object_or_404(
        Proposal.objects.public()
        .for_display()
        .select_related(
            "cycle__dossier__territory__parent",
            "cycle__ruleset",
            "author",
            "award",
            "paper",
            "district",
            "dossier__discussion",
            "merged_into__dossier",
        )
        .prefetch_related("cycle__dossier__texts", "merged_into__dossier__texts"),
        cycle__slug=slug,
        number=number,
        cycle__dossier__published_at__isnull=False,
    )


def any_proposal(slug: str, number: int) -> Proposal:
    """Also of a cycle in preparation: for those who check."""
    rows = Proposal.objects.for_display().select_related("cycle__dossier__territory", "author")
    return get_object_or_404(rows, cycle__slug=slug, number=number)


def reviewer_role(slug: str, role: int) -> Role:
    return get_object_or_404(
        Role.objects.select_related("dossier__cycle", "dossier__territory", "person"),
        pk=role,
        kind=Role.Kind.REVIEWER,
        dossier__cycle__slug=slug,
    )


def public_question(slug: str, number: int, question: int) -> Question:
    rows = Question.objects.select_related("review__proposal__cycle__dossier")
    return get_object_or_404(
        rows,
        pk=question,
        review__proposal__cycle__slug=slug,
        review__proposal__number=number,
        review__proposal__dossier__published_at__isnull=False,
    )


def election(slug: str, envelope: int) -> Election:
    return get_object_or_404(
        Election.objects.select_related(
            "envelope__cycle__dossier__territory", "envelope__territory", "envelope__cycle__ruleset"
        ),
        envelope__cycle__slug=slug,
        envelope__number=envelope,
        envelope__cycle__dossier__published_at__isnull=False,
    )


def any_envelope(slug: str, envelope: int) -> Envelope:
    """Also of a cycle in preparation: for those who organise it."""
    return get_object_or_404(
        Envelope.objects.select_related(
            "election", "territory", "cycle__ruleset", "cycle__dossier__territory"
        ),
        cycle__slug=slug,
        number=envelope,
    )


def open_trial(slug: str, envelope: int) -> Trial:
    """Also of a cycle in preparation: the vote is tried before it is public."""
    return get_object_or_404(
        Trial.objects.select_related(
            "election__envelope__cycle__dossier__territory",
            "election__envelope__cycle__ruleset",
            "election__envelope__territory",
        ),
        election__envelope__cycle__slug=slug,
        election__envelope__number=envelope,
    )


def published_election(slug: str, envelope: int) -> Election:
    return get_object_or_404(
        # The file is long: only its download reads it.
        Election.objects.select_related("envelope__cycle__dossier__territory", "ballot_file").defer(
            "ballot_file__text"
        ),
        envelope__cycle__slug=slug,
        envelope__number=envelope,
        envelope__cycle__dossier__published_at__isnull=False,
        state=Election.State.PUBLISHED,
    )


def public_work(slug: str, number: int) -> Work:
    """The work of the winner with this number, once the results are public."""
    return get_object_or_404(
        Work.objects.for_display().select_related(
            "award__proposal__dossier__territory", "award__proposal__cycle__dossier__territory"
        ),
        award__proposal__cycle__slug=slug,
        award__proposal__number=number,
        award__proposal__cycle__dossier__published_at__isnull=False,
    )


def public_milestone(slug: str, number: int, milestone: int) -> Milestone:
    return get_object_or_404(
        Milestone.objects.select_related("work__award__proposal__cycle__dossier__territory"),
        work__award__proposal__cycle__slug=slug,
        work__award__proposal__number=number,
        work__award__proposal__cycle__dossier__published_at__isnull=False,
        number=milestone,
    )


def register_import(slug: str, number: int) -> RegisterImport:
    return get_object_or_404(
        RegisterImport.objects.select_related("register__cycle__dossier__territory", "asked_by"),
        pk=number,
        register__cycle__slug=slug,
    )


def letter_batch(slug: str, number: int) -> LetterBatch:
    return get_object_or_404(
        LetterBatch.objects.select_related("register__cycle__dossier__territory", "territory"),
        number=number,
        register__cycle__slug=slug,
    )


def station(slug: str, station: int) -> Station:
    return get_object_or_404(
        Station.objects.select_related("cycle__dossier__territory", "cycle__ruleset"),
        cycle__slug=slug,
        number=station,
    )


def public_station(slug: str, station: int) -> Station:
    return get_object_or_404(
        Station.objects.select_related("cycle__dossier").prefetch_related("cycle__dossier__texts"),
        cycle__slug=slug,
        cycle__dossier__published_at__isnull=False,
        number=station,
    )


def station_officer(slug: str, station: int, officer: int) -> StationOfficer:
    return get_object_or_404(
        StationOfficer.objects.select_related("station__cycle__dossier__territory"),
        pk=officer,
        station__cycle__slug=slug,
        station__number=station,
    )


def paper_batch(slug: str, station: int, batch: int) -> PaperBatch:
    return get_object_or_404(
        PaperBatch.objects.select_related(
            "station__cycle__dossier__territory", "election__envelope"
        ),
        station__cycle__slug=slug,
        station__number=station,
        number=batch,
    )
