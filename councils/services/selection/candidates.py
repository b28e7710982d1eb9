"""Applications: sent, checked, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Helix, Organisation, User
from councils.facts.incompatibility import offices_of
from councils.models import Candidacy, SelectionProcess, Side
from councils.services.selection import errors
from councils.services.selection.planning import locked, move, refuse_supervised
from participation.services import follow, notify, record
from participation.services.attachments import attach
from participation.uploads import Upload

State, Stands = SelectionProcess.State, Candidacy.State


@transaction.atomic
def apply(
    *,
    selection: SelectionProcess,
    name: str,
    statement: str,
    language: str,
    side: str = Side.CIVIL,
    person: User | None = None,
    organisation: Organisation | None = None,
    contact: str = "",
    uploads: Sequence[Upload] = (),
    by: User | None = None,
    at: datetime | None = None,
) -> Candidacy:
    """Stand for a seat; `by` is the secretary where the application came on paper.

    Raises CallClosed, AlreadyApplied, OrganisationMissing, Incompatible.
    """
    selection = locked(selection, *State.values)
    now = at or timezone.now()
    if selection.state != State.CALL_OPEN or now >= selection.closes_at:
        raise errors.CallClosed
    if person is not None and selection.candidacies.filter(person=person).exists():
        raise errors.AlreadyApplied
    if side == Side.STATE and organisation is None:
        raise errors.OrganisationMissing
    if side == Side.CIVIL and _serves_the_state(person, organisation, now):
        raise errors.Incompatible
    candidacy = Candidacy.objects.create(
        selection=selection,
        number=selection.candidacies.count() + 1,
        person=person,
        name=name,
        organisation=organisation,
        side=side,
        statement=statement,
        language=language,
        contact=contact,
        submitted_at=now,
    )
    if person is not None and uploads:
        candidacy.documents.set(attach(by=person, dossier=selection.dossier, uploads=uploads))
    if person is not None:
        follow(person=person, dossier=selection.dossier)
    return candidacy


def _serves_the_state(
    person: User | None, organisation: Organisation | None, now: datetime
) -> bool:
    """On the day of the application, by what is known of the person (I5)."""
    if organisation is not None and organisation.helix == Helix.GOVERNMENT:
        return True
    return person is not None and bool(offices_of(person, timezone.localdate(now)))


@transaction.atomic
def withdraw(*, person: User, selection: SelectionProcess) -> None:
    """Stand no more. Raises WrongStep once it is decided."""
    selection = locked(selection, State.CALL_OPEN, State.SCREENING, State.SELECTION)
    standing = selection.candidacies.filter(
        person=person, state__in=[Stands.SUBMITTED, Stands.ADMITTED]
    ).first()
    if standing is None or selection.decided_at is not None:
        raise errors.WrongStep
    standing.state = Stands.WITHDRAWN
    standing.save(update_fields=["state"])
    record(kind="councils.candidacy_withdrawn", dossier=selection.dossier, number=standing.number)


@transaction.atomic
def close_call(
    *, by: User | None, selection: SelectionProcess, at: datetime | None = None
) -> SelectionProcess:
    """Show who has applied. Raises SupervisedBody, WrongStep, TooEarly before the last minute."""
    selection = locked(selection, State.CALL_OPEN)
    refuse_supervised(by, selection.council)
    if (at or timezone.now()) < selection.closes_at:
        raise errors.TooEarly
    standing = selection.candidacies.exclude(state=Stands.WITHDRAWN)
    move(selection, State.SCREENING, by, candidates=standing.count())
    return selection


@transaction.atomic
def screen(
    *, by: User | None, candidacy: Candidacy, is_admitted: bool, reasons: str = ""
) -> Candidacy:
    """Admit, or refuse with reasons that are published. Raises SupervisedBody, WrongStep,
    ReasonsMissing."""
    selection = locked(candidacy.selection, State.SCREENING)
    refuse_supervised(by, selection.council)
    candidacy = selection.candidacies.select_related("person").get(pk=candidacy.pk)
    if candidacy.state != Stands.SUBMITTED:
        raise errors.WrongStep
    if not is_admitted and not reasons.strip():
        raise errors.ReasonsMissing
    candidacy.state = Stands.ADMITTED if is_admitted else Stands.REFUSED
    candidacy.reasons = reasons
    candidacy.save(update_fields=["state", "reasons"])
    record(
        kind="councils.candidacy_screened",
        dossier=selection.dossier,
        actor=by,
        number=candidacy.number,
        outcome=candidacy.state,
        reasons=reasons,
    )
    tell_candidate(candidacy, by)
    return candidacy


def tell_candidate(candidacy: Candidacy, by: User | None) -> None:
    if candidacy.person is not None:
        notify(
            kind="candidacy_decided",
            recipients=[candidacy.person],
            dossier=candidacy.selection.dossier,
            actor=by,
            state=candidacy.state,
        )


@transaction.atomic
def begin_comparison(*, by: User | None, selection: SelectionProcess) -> SelectionProcess:
    """Every application is checked: now the admitted are compared. Raises SupervisedBody,
    WrongStep, Unscreened, NobodyAdmitted."""
    selection = locked(selection, State.SCREENING)
    refuse_supervised(by, selection.council)
    if selection.candidacies.filter(state=Stands.SUBMITTED).exists():
        raise errors.Unscreened
    admitted = selection.candidacies.filter(state=Stands.ADMITTED).count()
    if not admitted:
        raise errors.NobodyAdmitted
    move(selection, State.SELECTION, by, admitted=admitted)
    return selection
