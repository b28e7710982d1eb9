"""A trial of a vote before its freeze: its ballots have nobody's name and count nowhere.

A trial lives only while its election is in preparation, when the database takes no ballot; the
freeze deletes it before the first one can be cast (migration 0012).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting.models.election import Election

MOST_TRIAL_BALLOTS = 2000


class Trial(models.Model):
    """`link_hash` is SHA-256 of the secret in the link, empty while there is none."""

    election = models.OneToOneField(Election, models.PROTECT, related_name="trial")
    link_hash = models.CharField(max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)

    class Meta:
        verbose_name = _("trial of a vote")
        verbose_name_plural = _("trials of votes")

    def __str__(self) -> str:
        return f"{self.election_id}"


class TrialBallot(models.Model):
    """What was chosen on trial; `seed` is that of a random ballot."""

    id = models.UUIDField(primary_key=True, editable=False)
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField(_("number"))
    seed = models.PositiveBigIntegerField(_("seed"), null=True)
    choices = models.JSONField()

    class Meta:
        verbose_name = _("trial ballot")
        verbose_name_plural = _("trial ballots")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="trial_ballot_number_unique"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_TRIAL_BALLOTS),
                name="trial_ballots_limited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id}: {self.number}"
