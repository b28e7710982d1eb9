"""The vote on one envelope: when, by which rules, on which projects; all frozen before it opens."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting.models.cycle import Envelope
from budgeting.models.proposal import Proposal


class ElectionQuerySet(models.QuerySet["Election"]):
    def open_now(self) -> "ElectionQuerySet":
        """Votes are taken. The database's clock has the last word at the cast."""
        now = timezone.now()
        return self.filter(state=Election.State.FROZEN, opens_at__lte=now, closes_at__gt=now)


class Election(models.Model):
    """`state` only moves forward (trigger). Whether votes are taken now is `frozen` + the clock.

    `rules` is the ruleset as it was at the freeze. `key_fingerprint` is SHA-256 of the election
    key, which is never in the database (docs/ballots.md).
    """

    class State(models.TextChoices):
        SETUP = "setup", _("Being prepared")
        FROZEN = "frozen", _("Frozen")
        CLOSED = "closed", _("Closed")
        COUNTED = "counted", _("Counted")
        PUBLISHED = "published", _("Published")

    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="election")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SETUP)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    rules = models.JSONField(_("rules"), default=dict)
    epoch = models.PositiveIntegerField(default=0, editable=False)
    key_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    receipt_public_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="election_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id} {self.state}"


class ShortlistEntry(models.Model):
    """A project on the ballot with its cost, immutable from the freeze on (trigger)."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="shortlist")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="shortlist_entries")
    project_id = models.CharField(_("number on the ballot"), max_length=100)
    position = models.PositiveIntegerField(_("position"))
    cost = models.PositiveBigIntegerField(_("cost"))

    class Meta:
        verbose_name = _("project on the ballot")
        verbose_name_plural = _("projects on the ballot")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "project_id"], name="shortlist_project_id_unique"
            ),
            models.UniqueConstraint(
                fields=["election", "proposal"], name="shortlist_proposal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.project_id}"


class BallotFile(models.Model):
    """All counted ballots as one Pabulib document: what the tally reads, and what anyone can.

    Written once: at the close of our own elections, or from the file of an imported one.
    """

    election = models.OneToOneField(Election, models.PROTECT, related_name="ballot_file")
    name = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    number_of_ballots = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of ballots")
        verbose_name_plural = _("files of ballots")

    def __str__(self) -> str:
        return self.name
