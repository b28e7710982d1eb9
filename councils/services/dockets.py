"""Matters that a council takes up: one page for all that was said, voted, asked and answered."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from councils import phases
from councils.models import Council, Docket
from councils.services.numbering import next_number
from participation.errors import Refused
from participation.models import Attachment, Dossier
from participation.services import Wording, create_dossier, follow, publish_dossier, record
from participation.services.attachments import attach
from participation.services.links import link_dossiers
from participation.uploads import Upload


class TextsMissing(Refused):
    message = _("An official text needs its title in Kazakh and in Russian.")


@transaction.atomic
def open_docket(
    *, by: User | None, council: Council, kind: str, wordings: Sequence[Wording]
) -> Docket:
    """Take a matter up; it is public at once. Raises TextsMissing."""
    check_official(wordings)
    number = next_number(council, council.dockets)
    dossier = create_dossier(
        kind=phases.DOCKET,
        territory=council.dossier.territory,
        state="open",
        path=f"councils/{council.slug}/dockets/{number}/",
        wordings=wordings,
    )
    docket = Docket.objects.create(dossier=dossier, council=council, number=number, kind=kind)
    publish_dossier(dossier=dossier)
    if by is not None:
        follow(person=by, dossier=dossier)
    record(
        kind="councils.docket_opened", dossier=dossier, actor=by, docket_kind=kind, number=number
    )
    return docket


def check_official(wordings: Sequence[Wording]) -> None:
    """Raises TextsMissing unless there is a title in Kazakh and one in Russian."""
    titled = {wording.language for wording in wordings if wording.title.strip()}
    if not {"kk", "ru"} <= titled:
        raise TextsMissing


@transaction.atomic
def add_papers(*, by: User, docket: Docket, uploads: Sequence[Upload]) -> None:
    """Publish papers with a matter; who added them, and how many, is in the record."""
    kept = attach(by=by, dossier=docket.dossier, uploads=uploads)
    # A council's paper is not its sender's: it stays when the account is erased.
    Attachment.objects.filter(pk__in=[paper.pk for paper in kept]).update(uploaded_by=None)
    follow(person=by, dossier=docket.dossier)
    record(
        kind="councils.papers_added",
        dossier=docket.dossier,
        actor=by,
        papers=len(kept),
    )


@transaction.atomic
def tie_docket(*, by: User, docket: Docket, source: Dossier) -> None:
    """Say that this matter came from something else that is public: an answer, a plan, a project.

    Raises what `link_dossiers` refuses.
    """
    link_dossiers(by=by, source=source, target=docket.dossier, relation="led_to")
