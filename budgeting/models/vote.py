"""How a vote is stored, so that who voted and what was voted can never be joined after the close.

Roll and ballots share no column. All writing goes through database functions (migration
0002); triggers refuse every other change, raw SQL included. See docs/ballots.md.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.election import Election


class RollEntry(models.Model):
    """WHO may vote and took part: no time, no choice, no identifier of a request."""

    class Channel(models.TextChoices):
        WEB = "web", _("on the web")
        PAPER = "paper", _("on paper")

    pk = models.CompositePrimaryKey("election_id", "voter_id")
    election = models.ForeignKey(Election, models.PROTECT, related_name="roll")
    voter = models.ForeignKey(User, models.PROTECT, related_name="roll_entries")
    channel = models.CharField(max_length=5, choices=Channel, null=True)  # noqa: DJ001
    casts = models.PositiveIntegerField(default=0)
    # Says nothing: a change of its type is how the database writes the table anew.
    rewrite = models.SmallIntegerField(db_default=0, editable=False)

    class Meta:
        verbose_name = _("entry of the roll")
        verbose_name_plural = _("roll")
        constraints = [
            models.CheckConstraint(
                condition=Q(casts=0, channel=None) | Q(casts__gt=0, channel__isnull=False),
                name="roll_channel_with_first_cast",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.voter_id}"


class Ballot(models.Model):
    """WHAT was chosen, sealed. `slot` = HMAC(key, voter); `body` = AEAD(nonce and choices)."""

    # No serial number: the order of arrival must not be readable from the rows.
    pk = models.CompositePrimaryKey("election_id", "slot", "version")
    election = models.ForeignKey(Election, models.PROTECT, related_name="ballots")
    slot = models.BinaryField()
    version = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    idempotency = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "slot", "idempotency"], name="ballot_one_per_request"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="ballot_version_from_one"),
        ]
        indexes = [models.Index(fields=["election", "epoch"])]

    def __str__(self) -> str:
        return f"{self.election_id} v{self.version}"


class Epoch(models.Model):
    """A published step of the log: the Merkle root of its leaves, chained to the one before."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField(_("number"))
    size = models.PositiveIntegerField(_("ballots"))
    root = models.CharField(max_length=64)
    previous_head = models.CharField(max_length=64)
    head = models.CharField(_("head"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed"), auto_now_add=True)

    class Meta:
        verbose_name = _("epoch")
        verbose_name_plural = _("epochs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="epoch_number_unique"),
            models.UniqueConstraint(fields=["election", "head"], name="epoch_head_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.number}"


class Leaf(models.Model):
    """One commitment in the public log; `supersedes` names the commitment it replaced."""

    epoch = models.ForeignKey(Epoch, models.PROTECT, related_name="leaves")
    election = models.ForeignKey(Election, models.PROTECT, related_name="leaves")
    commitment = models.CharField(max_length=64)
    supersedes = models.CharField(max_length=64, null=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "commitment"], name="leaf_commitment_unique"
            ),
            models.UniqueConstraint(fields=["election", "supersedes"], name="leaf_superseded_once"),
        ]

    def __str__(self) -> str:
        return self.commitment


class OpenedBallot(models.Model):
    """A final ballot, opened at the close: nonce and choices that give its commitment."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, related_name="opening")
    nonce = models.CharField(max_length=64)
    choices = models.JSONField()

    class Meta:
        verbose_name = _("opened ballot")
        verbose_name_plural = _("opened ballots")

    def __str__(self) -> str:
        return str(self.leaf_id)
