"""Bringing needs and offers together: suggested by their words, decided by people."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from edp.models import DiscoveryProcess, NeedMatch, Statement
from edp.need_matching import Texts, suggestions
from participation.errors import Refused
from participation.services import notify, record


class MatchDecided(Refused):
    message = _("This match was decided on already.")


@transaction.atomic
def suggest_matches(*, process: DiscoveryProcess) -> int:
    """Write down what may go together and was not suggested before; returns how many are new."""
    statements = process.statements.public().filter(erased_at=None, superseded_by=None)
    told = {
        kind: {statement.pk: _texts(statement) for statement in statements.filter(kind=kind)}
        for kind in (Statement.Kind.NEED, Statement.Kind.OFFER)
    }
    before = _number_of(process)
    NeedMatch.objects.bulk_create(
        [
            NeedMatch(
                need_id=found.need,
                offer_id=found.offer,
                likeness=found.likeness,
                shared_words=list(found.shared_words),
            )
            for found in suggestions(told[Statement.Kind.NEED], told[Statement.Kind.OFFER])
        ],
        ignore_conflicts=True,
    )
    return _number_of(process) - before


def _number_of(process: DiscoveryProcess) -> int:
    return NeedMatch.objects.filter(need__process=process).count()


def _texts(statement: Statement) -> Texts:
    return {statement.language: statement.text, **statement.translations}


@transaction.atomic
def confirm_match(*, by: User, match: NeedMatch, for_all: bool) -> NeedMatch:
    """Say that a need and an offer fit: the organiser alone (`for_all`), or both authors.

    Raises MatchDecided.
    """
    match = _open(match)
    match.is_needed |= for_all or match.need.author_id == by.pk
    match.is_offered |= for_all or match.offer.author_id == by.pk
    if match.is_needed and match.is_offered:
        _decide(by, match, NeedMatch.State.CONFIRMED)
        _tell(by, match)
    match.save()
    return match


@transaction.atomic
def dismiss_match(*, by: User, match: NeedMatch) -> NeedMatch:
    """Say that they do not fit: the organiser or either author. Raises MatchDecided."""
    match = _open(match)
    _decide(by, match, NeedMatch.State.DISMISSED)
    match.save()
    return match


def _open(match: NeedMatch) -> NeedMatch:
    match = (
        NeedMatch.objects.select_for_update(of=("self",))
        .select_related("need__process__dossier", "need__author", "offer__author")
        .get(pk=match.pk)
    )
    if match.state != NeedMatch.State.SUGGESTED:
        raise MatchDecided
    return match


def _decide(by: User, match: NeedMatch, state: str) -> None:
    match.state, match.decided_by, match.decided_at = state, by, timezone.now()


def _tell(by: User, match: NeedMatch) -> None:
    process = match.need.process
    authors = {author for author in (match.need.author, match.offer.author) if author}
    notify(
        kind="need_matched",
        recipients=sorted(authors, key=lambda author: author.pk),
        dossier=process.dossier,
        actor=by,
        match=match.pk,
        path=f"edp/{process.slug}/needs/",
    )
    record(
        kind="edp.need_matched",
        dossier=process.dossier,
        actor=by,
        need=match.need.number,
        offer=match.offer.number,
    )
