"""Documents of a strategy: asked for at once, made by a worker, kept with their checksum."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.multilingual import LANGUAGES
from edp.models import Publication, Strategy
from edp.printing import pdf_of


def ask_for_documents(*, by: User | None, strategy: Strategy) -> None:
    """One document in each language, as the strategy stands now; what already waits is enough."""
    waiting = set(strategy.publications.filter(made_at=None).values_list("language", flat=True))
    Publication.objects.bulk_create(
        Publication(strategy=strategy, language=language, state=strategy.state, asked_by=by)
        for language in LANGUAGES
        if language not in waiting
    )


def make_waiting_documents() -> int:
    """Make what was asked for; how many were made. Raises PrintingImpossible without Pango."""
    made = 0
    while _make_next():
        made += 1
    return made


@transaction.atomic
def _make_next() -> bool:
    """One document; another worker takes the next one."""
    waiting = Publication.objects.filter(made_at=None).order_by("pk")
    document = waiting.select_for_update(skip_locked=True).first()
    if document is None:
        return False
    content = pdf_of(document.strategy, document.language)
    document.sha256 = sha256(content).hexdigest()
    document.size = len(content)
    document.made_at = timezone.now()
    document.file.save(f"{document.sha256}.pdf", ContentFile(content), save=False)
    document.save()
    return True
