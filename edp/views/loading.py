"""From an address to the object it names, or 404."""

from django.shortcuts import get_object_or_404

from edp.models import (
    Assignment,
    DelphiStudy,
    DiscoveryProcess,
    EvaluationReport,
    GroupMembership,
    Idea,
    Priority,
    Workshop,
)


def public_process(slug: str) -> DiscoveryProcess:
    return get_object_or_404(DiscoveryProcess.objects.published().for_display(), slug=slug)


def any_process(slug: str) -> DiscoveryProcess:
    """Also one in preparation: for those who organise it."""
    return get_object_or_404(DiscoveryProcess.objects.for_display(), slug=slug)


def seat_in(slug: str, seat: int) -> GroupMembership:
    """A seat that is taken now."""
    return get_object_or_404(
        GroupMembership.objects.select_related("process__dossier__territory", "person"),
        process__slug=slug,
        pk=seat,
        until=None,
    )


def public_workshop(slug: str, number: int) -> Workshop:
    return get_object_or_404(
        Workshop.objects.public().for_display(),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


def any_workshop(slug: str, number: int) -> Workshop:
    return get_object_or_404(Workshop.objects.for_display(), process__slug=slug, number=number)


def public_idea(slug: str, number: int) -> Idea:
    return get_object_or_404(
        Idea.objects.public().for_display(),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


def public_priority(slug: str, number: int) -> Priority:
    return get_object_or_404(
        Priority.objects.public().for_display(),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


def evaluated_process(slug: str) -> DiscoveryProcess:
    """A public process with what an evaluation needs of it."""
    found = DiscoveryProcess.objects.published().select_related(
        "dossier__territory", "ruleset", "criterion_set"
    )
    return get_object_or_404(found.prefetch_related("dossier__texts"), slug=slug)


def evaluation_report(slug: str, version: int) -> EvaluationReport:
    process = evaluated_process(slug)
    report = get_object_or_404(EvaluationReport, process=process, version=version)
    report.process = process
    return report


def assignment(slug: str, pk: int) -> Assignment:
    found = Assignment.objects.with_person().select_related("seat__process__dossier__territory")
    return get_object_or_404(found, pk=pk, seat__process__slug=slug)


def any_idea(slug: str, number: int) -> Idea:
    """Also a draft: for its proposer, and for those who decide."""
    return get_object_or_404(Idea.objects.for_display(), process__slug=slug, number=number)


def public_study(slug: str, number: int) -> DelphiStudy:
    return get_object_or_404(
        DelphiStudy.objects.public().for_display(),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


def any_study(slug: str, number: int) -> DelphiStudy:
    return get_object_or_404(DelphiStudy.objects.for_display(), process__slug=slug, number=number)
