"""From an address to the round, passage or statement it names, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from edp.models import Consultation, Passage, TextVersion, VoteStatement


def public_round(slug: str, number: int) -> Consultation:
    return get_object_or_404(
        Consultation.objects.public().for_display().select_related("process__ruleset"),
        process__slug=slug,
        number=number,
        process__dossier__published_at__isnull=False,
    )


def any_round(slug: str, number: int) -> Consultation:
    """Also one in preparation: for those who organise it."""
    rows = Consultation.objects.for_display().select_related("process__ruleset")
    return get_object_or_404(rows, process__slug=slug, number=number)


def published_version(consultation: Consultation, number: int | None = None) -> TextVersion:
    """The last one, or the one of a number."""
    rows = consultation.versions.filter(published_at__isnull=False).order_by("-number")
    found = rows.first() if number is None else rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def named_passage(consultation: Consultation, key: int) -> Passage | None:
    """As it stands in the last version that has it; None for key 0, the whole text."""
    if key == 0:
        return None
    rows = Passage.objects.filter(
        version__consultation=consultation, version__published_at__isnull=False, key=key
    )
    found = rows.select_related("version").order_by("-version__number").first()
    if found is None:
        raise Http404
    return found


def statement_on_vote(consultation: Consultation, number: int) -> VoteStatement:
    rows = consultation.statements.filter(state=VoteStatement.State.ACCEPTED)
    statement = get_object_or_404(rows, number=number)
    statement.consultation = consultation
    return statement
