"""The public record: append-only, each entry carrying the hash of the one before it."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.kinds import record_label
from participation.models.dossier import Dossier

FIRST_PREVIOUS_HASH = "0" * 64


class JournalEntry(models.Model):
    """One decision that matters. Number, time and hashes are set by a trigger of the database.

    `hash` = SHA-256 over the UTF-8 lines previous hash, number, time (UTC, milliseconds), kind,
    reference and body, joined by line feeds. `body` is canonical JSON and holds no personal data;
    `actor` is outside the hash, so that a person can be erased without breaking the chain.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True, editable=False)
    at = models.DateTimeField(_("time"), editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    reference = models.CharField(_("dossier"), max_length=20, blank=True)
    body = models.TextField(_("record"))
    previous_hash = models.CharField(max_length=64, unique=True, editable=False)
    hash = models.CharField(_("hash"), max_length=64, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="journal")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="journal")

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-number"]
        indexes = [models.Index(fields=["kind", "-number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def label(self) -> str:
        return record_label(self.kind)

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.body))

    def computed_hash(self) -> str:
        """What `hash` must be: anyone can recompute it from the published entry."""
        at = (
            self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.")
            + f"{self.at.microsecond // 1000:03d}Z"
        )
        lines = [self.previous_hash, str(self.number), at, self.kind, self.reference, self.body]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()
