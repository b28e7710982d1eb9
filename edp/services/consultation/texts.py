"""The text of a consultation: passages of the version in preparation, and its publication."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from edp.models import Consultation, Passage, PassageComment, Priority, TextVersion
from edp.services.consultation.errors import (
    ConsultationReported,
    NoSuchComment,
    NothingToConsult,
    TextIncomplete,
    VersionInPreparation,
    VersionPublished,
)
from participation.services import notify_followers, record


@dataclass(frozen=True)
class PassageWords:
    """Heading and text by language; the comments that led to it, by number."""

    headings: dict[str, str]
    texts: dict[str, str]
    priority: Priority | None = None
    because_of: Collection[int] = field(default=())

    def write(self, passage: Passage) -> None:
        for code, text in self.headings.items():
            setattr(passage, f"heading_{code}", text.strip())
        for code, text in self.texts.items():
            setattr(passage, f"text_{code}", text.strip())
        passage.priority = self.priority


def _in_preparation(version: TextVersion) -> TextVersion:
    found = TextVersion.objects.select_for_update(of=("self",)).select_related(
        "consultation__dossier"
    )
    version = found.get(pk=version.pk)
    if version.published_at is not None:
        raise VersionPublished
    return version


@transaction.atomic
def add_passage(*, version: TextVersion, words: PassageWords) -> Passage:
    """At the end of the version in preparation. Raises VersionPublished, NoSuchComment."""
    version = _in_preparation(version)
    last = version.passages.aggregate(number=Max("number"))["number"] or 0
    # Of all versions: a passage that was taken out does not lend its key to another.
    used = Passage.objects.filter(version__consultation=version.consultation_id)
    key = (used.aggregate(key=Max("key"))["key"] or 0) + 1
    passage = Passage(version=version, key=key, number=last + 1)
    words.write(passage)
    passage.save()
    _say_why(passage, version, words.because_of)
    return passage


@transaction.atomic
def change_passage(*, passage: Passage, words: PassageWords) -> None:
    """Raises VersionPublished, NoSuchComment."""
    version = _in_preparation(passage.version)
    words.write(passage)
    passage.save()
    _say_why(passage, version, words.because_of)


def _say_why(passage: Passage, version: TextVersion, numbers: Collection[int]) -> None:
    known = PassageComment.objects.filter(
        consultation=version.consultation_id, comment__in=list(numbers)
    )
    if missing := sorted(set(numbers) - {row.comment_id for row in known}):
        raise NoSuchComment(
            _("There is no comment with the number %(number)s here.") % {"number": missing[0]}
        )
    passage.because_of.set(known)


@transaction.atomic
def remove_passage(*, passage: Passage) -> None:
    """Take it out; those after it move up. Raises VersionPublished."""
    version = _in_preparation(passage.version)
    passage.delete()
    version.passages.filter(number__gt=passage.number).update(number=F("number") - 1)


@transaction.atomic
def start_version(*, by: User | None, consultation: Consultation) -> TextVersion:
    """The next version begins as a copy of the last. Raises VersionInPreparation."""
    consultation = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=consultation.pk
    )
    if consultation.state == Consultation.State.REPORTED:
        raise ConsultationReported
    last = consultation.versions.order_by("-number").first()
    if last is None:
        raise NothingToConsult
    if last.published_at is None:
        raise VersionInPreparation
    version = TextVersion.objects.create(consultation=consultation, number=last.number + 1)
    Passage.objects.bulk_create(
        Passage(version=version, key=row.key, number=row.number, **row.copied_words())
        for row in last.passages.all()
    )
    return version


@transaction.atomic
def publish_version(*, by: User | None, version: TextVersion, at: datetime | None = None) -> None:
    """From now on it stays as it is; followers are told of every version after the first.

    `at` is for what was published before it came here.
    Raises NothingToConsult, TextIncomplete, VersionPublished.
    """
    version = _in_preparation(version)
    passages = list(version.passages.all())
    if not passages:
        raise NothingToConsult
    if not all(passage.is_official for passage in passages):
        raise TextIncomplete
    version.published_at = at or timezone.now()
    version.save(update_fields=["published_at"])
    dossier = version.consultation.dossier
    if dossier.published_at is not None:
        notify_followers(
            kind="consultation_text",
            dossier=dossier,
            actor=by,
            consultation=version.consultation_id,
            version=version.number,
            path=f"{dossier.path}changes/",
        )
    words = "\n".join(text for row in passages for text in row.texts.values())
    record(
        kind="edp.text_version_published",
        dossier=dossier,
        actor=by,
        version=version.number,
        passages=len(passages),
        text_sha256=hashlib.sha256(words.encode()).hexdigest(),
    )
