from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from participation.kinds import kind_named
from participation.models import Dossier, DossierText, Territory


@dataclass(frozen=True)
class Wording:
    """Title, summary and body in one language."""

    language: str
    title: str
    summary: str = ""
    body: str = ""
    origin: str = DossierText.Origin.ORIGINAL


def _next_reference(kind: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('participation_dossier_number')")
        (number,) = cursor.fetchone()
    return f"{kind_named(kind).prefix}-{timezone.localdate().year}-{number:05d}"


@transaction.atomic
def create_dossier(
    *, kind: str, territory: Territory, state: str, path: str, wordings: list[Wording]
) -> Dossier:
    """An unpublished dossier with its texts. Raises IntegrityError if `path` is taken."""
    dossier = Dossier.objects.create(
        reference=_next_reference(kind), kind=kind, territory=territory, state=state, path=path
    )
    for wording in wordings:
        write_text(dossier=dossier, wording=wording)
    return dossier


def write_text(*, dossier: Dossier, wording: Wording) -> DossierText:
    text, _ = DossierText.objects.update_or_create(
        dossier=dossier,
        language=wording.language,
        defaults={
            "title": wording.title,
            "summary": wording.summary,
            "body": wording.body,
            "origin": wording.origin,
        },
    )
    return text


def publish_dossier(*, dossier: Dossier) -> None:
    if dossier.published_at is None:
        dossier.published_at = timezone.now()
        dossier.save(update_fields=["published_at"])
