"""What was said: taken down as it was said, published with consent, never changed afterwards."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models import DiscoveryProcess, Statement, Theme, Workshop
from edp.services.numbering import next_number
from edp.services.workshops import errors
from edp.services.workshops.planning import AT_WORK
from participation.errors import Refused
from participation.services import record

CAPTURED_IN = (Workshop.State.RUNNING, Workshop.State.HELD)
Channel = Statement.Channel


class ReasonMissing(Refused):
    message = _("Give the reason in a few words.")


class AlreadyErased(Refused):
    message = _("These words are erased already.")


@transaction.atomic
def capture_statement(
    *,
    by: User | None,
    process: DiscoveryProcess,
    workshop: Workshop | None,
    kind: str,
    language: str,
    text: str,
    helix: str = "",
    competence: str = "",
    has_consent: bool,
    author: User | None = None,
    is_named: bool = False,
    channel: str = Channel.HALL,
    said_at: datetime | None = None,
) -> Statement:
    """Take down what somebody said, word for word, and publish it.

    Raises ConsentMissing, WrongTime unless the meeting is under way or just held, NotAtWork.
    """
    if not has_consent:
        raise errors.ConsentMissing
    statement = _take_down(
        process,
        workshop,
        kind=kind,
        language=language,
        text=text,
        helix=helix,
        competence=competence,
        author=author,
        is_named=is_named and author is not None,
        channel=channel,
        said_at=said_at or timezone.now(),
    )
    _publish(statement, by)
    return statement


@transaction.atomic
def say_from_phone(
    *,
    workshop: Workshop,
    kind: str,
    language: str,
    text: str,
    helix: str,
    has_consent: bool,
    author: User | None = None,
) -> Statement:
    """A participant's own words; they wait for the rapporteur. Raises PhonesNotAsked,
    ConsentMissing."""
    if not has_consent:
        raise errors.ConsentMissing
    number = next_number(workshop.process, workshop.process.statements)
    workshop.refresh_from_db(fields=["state", "join_code"])
    if workshop.state != Workshop.State.RUNNING or workshop.join_code is None:
        raise errors.PhonesNotAsked
    return Statement.objects.create(
        process=workshop.process,
        workshop=workshop,
        number=number,
        kind=kind,
        language=language,
        text=text.strip(),
        helix=helix,
        author=author,
        channel=Channel.PHONE,
        has_consent=True,
        said_at=timezone.now(),
    )


@transaction.atomic
def release_statement(*, by: User | None, statement: Statement, competence: str = "") -> Statement:
    """Publish words that came from a phone. Raises StatementPublished."""
    statement = _unpublished(statement)
    statement.competence = competence
    _publish(statement, by)
    return statement


@transaction.atomic
def put_aside(*, by: User | None, statement: Statement, reason: str) -> None:
    """Do not publish words from a phone. Raises ReasonMissing, StatementPublished."""
    statement = _unpublished(statement)
    if not reason.strip():
        raise ReasonMissing
    statement.put_aside_because = reason.strip()
    statement.save(update_fields=["put_aside_because"])
    _record("edp.statement_put_aside", statement, by, reason=reason.strip())


@transaction.atomic
def translate_statement(*, by: User | None, statement: Statement, language: str, text: str) -> None:
    """Add or replace a translation; the words themselves stay. Raises AlreadyErased."""
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.erased_at is not None:
        raise AlreadyErased
    statement.translations = {**statement.translations, language: text.strip()}
    statement.save(update_fields=["translations"])
    _record("edp.statement_translated", statement, by, language=language)


@transaction.atomic
def supersede_statement(*, by: User | None, statement: Statement, text: str) -> Statement:
    """New words in the place of old ones, which stay and point at them. Raises AlreadyErased."""
    old = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if old.erased_at is not None:
        raise AlreadyErased
    if old.superseded_by_id is not None:
        raise errors.StatementPublished
    new = Statement.objects.create(
        process=old.process,
        workshop=old.workshop,
        theme=old.theme,
        number=next_number(old.process, old.process.statements),
        kind=old.kind,
        channel=old.channel,
        language=old.language,
        text=text.strip(),
        helix=old.helix,
        competence=old.competence,
        author=old.author,
        is_named=old.is_named,
        has_consent=True,
        said_at=timezone.now(),
    )
    _publish(new, by)
    old.superseded_by = new
    old.save(update_fields=["superseded_by"])
    return new


@transaction.atomic
def erase_statement(*, by: User | None, statement: Statement, reason: str) -> None:
    """Leave a tombstone: it counts and names nobody. Raises ReasonMissing, AlreadyErased."""
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.erased_at is not None:
        raise AlreadyErased
    if not reason.strip():
        raise ReasonMissing
    empty(statement)
    _record("edp.statement_erased", statement, by, reason=reason.strip())


def empty(statement: Statement) -> None:
    statement.text, statement.translations = "", {}
    statement.author, statement.is_named = None, False
    statement.erased_at = timezone.now()
    statement.save(update_fields=["text", "translations", "author", "is_named", "erased_at"])


@transaction.atomic
def move_statement(*, by: User | None, statement: Statement, theme: Theme | None) -> None:
    """Put it under a theme of its meeting, or take it off. Raises WrongTime for another's."""
    if theme is not None and theme.workshop_id != statement.workshop_id:
        raise errors.WrongTime
    Statement.objects.filter(pk=statement.pk).update(theme=theme)


def _take_down(
    process: DiscoveryProcess, workshop: Workshop | None, *, text: str, **fields: Any
) -> Statement:
    number = next_number(process, process.statements)
    process.refresh_from_db(fields=["stage"])
    if process.stage not in AT_WORK:
        raise errors.NotAtWork
    if workshop is not None:
        workshop.refresh_from_db(fields=["state"])
        if workshop.state not in CAPTURED_IN:
            raise errors.WrongTime
    return Statement.objects.create(
        process=process,
        workshop=workshop,
        number=number,
        text=text.strip(),
        has_consent=True,
        **fields,
    )


def _unpublished(statement: Statement) -> Statement:
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.published_at is not None or statement.erased_at is not None:
        raise errors.StatementPublished
    return statement


def _publish(statement: Statement, by: User | None) -> None:
    statement.published_at = timezone.now()
    statement.put_aside_because = ""
    statement.save()
    digest = hashlib.sha256(statement.text.encode()).hexdigest()
    _record("edp.statement_published", statement, by, sha256=digest)


def _record(kind: str, statement: Statement, by: User | None, **said: object) -> None:
    workshop = statement.workshop
    dossier = workshop.dossier if workshop is not None else statement.process.dossier
    record(kind=kind, dossier=dossier, actor=by, statement=statement.number, **said)
