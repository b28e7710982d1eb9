"""What binds the vote on an envelope beside votes and money; frozen with the shortlist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.cycle import Cycle, Envelope
from budgeting.models.election import Election
from budgeting.models.proposal import Proposal


class ConflictEntry(models.Model):
    """A project in one of the envelope's conflict sets: of each set at most one is funded."""

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="conflict_entries")
    number = models.PositiveSmallIntegerField(_("number of the set"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conflict_entries")

    class Meta:
        verbose_name = _("project in a conflict set")
        verbose_name_plural = _("projects in conflict sets")
        ordering = ["number", "proposal__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "number", "proposal"], name="conflict_entry_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id}/{self.number}: {self.proposal_id}"


class EarmarkedProject(models.Model):
    """A project that may use the money which the rules keep for some."""

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="earmarked_projects")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="earmark")

    class Meta:
        verbose_name = _("project with kept money")
        verbose_name_plural = _("projects with kept money")
        ordering = ["proposal__number"]

    def __str__(self) -> str:
        return f"{self.envelope_id}: {self.proposal_id}"


class FreeChoice(models.Model):
    """The one envelope beside home in which a person votes: chosen once, never changed.

    Says where somebody may vote, as the roll does, and no more. Chosen before the vote in an
    act of its own, and written anew at the close like the roll, so that its row tells nothing
    of when its voter came.
    """

    pk = models.CompositePrimaryKey("cycle_id", "voter_id")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="free_choices")
    voter = models.ForeignKey(User, models.PROTECT, related_name="free_choices")
    election = models.ForeignKey(Election, models.PROTECT, related_name="free_choices")
    # Says nothing: a change of its type is how the database writes the table anew.
    rewrite = models.SmallIntegerField(db_default=0, editable=False)

    class Meta:
        verbose_name = _("free choice of an envelope")
        verbose_name_plural = _("free choices of envelopes")

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.voter_id}"
