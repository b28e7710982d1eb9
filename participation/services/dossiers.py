from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Draft:
    """A dossier to be: its address below the language prefix and its texts."""

    path: str
    wordings: list[Wording] = field(default_factory=list)


def _next_references(kind: str, number: int) -> list[str]:
    prefix, year = kind_named(kind).prefix, timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('participation_dossier_number') FROM generate_series(1, %s)", [number]
        )
        return [f"{prefix}-{year}-{row[0]:05d}" for row in cursor.fetchall()]


@transaction.atomic
def create_dossiers(
    *, kind: str, territory: Territory, state: str, drafts: list[Draft], publish: bool = False
) -> list[Dossier]:
    """Dossiers with their texts, in the order of `drafts`. IntegrityError: an address is taken."""
    references = _next_references(kind, len(drafts))
    published_at = timezone.now() if publish else None
    dossiers = Dossier.objects.bulk_create(
        [
            Dossier(
                reference=reference,
                kind=kind,
                territory=territory,
                state=state,
                path=draft.path,
                published_at=published_at,
            )
            for reference, draft in zip(references, drafts, strict=True)
        ]
    )
    DossierText.objects.bulk_create(
        [
            _text(dossier, wording)
            for dossier, draft in zip(dossiers, drafts, strict=True)
            for wording in draft.wordings
        ]
    )
    return dossiers


def create_dossier(
    *, kind: str, territory: Territory, state: str, path: str, wordings: Iterable[Wording]
) -> Dossier:
    """One unpublished dossier with its texts. IntegrityError: the address is taken."""
    (dossier,) = create_dossiers(
        kind=kind, territory=territory, state=state, drafts=[Draft(path, list(wordings))]
    )
    return dossier


def _text(dossier: Dossier, wording: Wording) -> DossierText:
    return DossierText(
        dossier=dossier,
        language=wording.language,
        origin=wording.origin,
        title=wording.title,
        summary=wording.summary,
        body=wording.body,
    )


def write_text(*, dossier: Dossier, wording: Wording) -> None:
    """Write or replace the text of a dossier in one language."""
    DossierText.objects.bulk_create(
        [_text(dossier, wording)],
        update_conflicts=True,
        unique_fields=["dossier", "language"],
        update_fields=["origin", "title", "summary", "body"],
    )


def publish_dossier(*, dossier: Dossier) -> None:
    if dossier.published_at is None:
        dossier.published_at = timezone.now()
        dossier.save(update_fields=["published_at"])


def change_state(*, dossier: Dossier, state: str) -> None:
    dossier.state = state
    dossier.save(update_fields=["state"])
