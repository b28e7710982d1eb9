"""How a motion was voted on: the base, the counts, and, unless it was secret, who said what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from councils.models.council import Mandate
from councils.models.meetings import AgendaItem, Meeting, Motion


class Recusal(models.Model):
    """A member who has an interest in an item says so and takes no part in its votes."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="recusals")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="recusals")
    reason = models.CharField(_("interest"), max_length=300)
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["item", "mandate__post__number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "mandate"], name="recusal_once_an_item"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.mandate_id}"


class VoteEvent(models.Model):
    """One vote. Who may take part is settled when it opens: the members present who are not
    recused (`base`); its moment is `opened_at`. The counts are there once it is closed, and never
    change again.
    """

    motion = models.OneToOneField(Motion, models.PROTECT, related_name="vote")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    is_secret = models.BooleanField(_("secret vote"))
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    members = models.PositiveSmallIntegerField(_("members"))
    quorum = models.PositiveSmallIntegerField(_("quorum"))
    present = models.PositiveSmallIntegerField(_("present"))
    recused = models.PositiveSmallIntegerField(_("recused"))
    base = models.PositiveSmallIntegerField(_("may vote"))
    needed = models.PositiveSmallIntegerField(_("votes needed"))
    yes = models.PositiveSmallIntegerField(_("for"), default=0)
    no = models.PositiveSmallIntegerField(_("against"), default=0)
    abstain = models.PositiveSmallIntegerField(_("abstained"), default=0)
    not_voting = models.PositiveSmallIntegerField(_("did not vote"), default=0)
    is_decided_by_chair = models.BooleanField(_("decided by the chair's vote"), default=False)
    is_adopted = models.BooleanField(_("adopted"), null=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at=None), name="vote_one_open_at_a_time"
            ),
            models.CheckConstraint(condition=Q(present__gte=F("quorum")), name="vote_has_a_quorum"),
            models.CheckConstraint(
                condition=Q(base=F("present") - F("recused"), base__gt=0),
                name="vote_base_without_recused",
            ),
            models.CheckConstraint(
                condition=Q(needed__gt=F("base") / 2), name="vote_needs_a_majority"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(base=F("yes") + F("no") + F("abstain") + F("not_voting")),
                name="vote_counts_fill_the_base",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, is_adopted=None)
                | Q(closed_at__gte=F("opened_at"), is_adopted__isnull=False),
                name="vote_decided_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(is_adopted=None)
                | Q(is_adopted=False, is_decided_by_chair=False, yes__lt=F("needed"))
                | Q(is_adopted=True, is_decided_by_chair=False, yes__gte=F("needed"))
                | Q(is_decided_by_chair=True, yes=F("no"), is_secret=False),
                name="vote_adopted_by_its_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id}"


class PersonVote(models.Model):
    """What one member said in a named vote; public once the vote is closed."""

    class Choice(models.TextChoices):
        YES = "yes", pgettext_lazy("vote", "For")
        NO = "no", pgettext_lazy("vote", "Against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "Abstained")
        NOT_VOTING = "not_voting", pgettext_lazy("vote", "Did not vote")
        RECUSED = "recused", pgettext_lazy("vote", "Recused")

    vote = models.ForeignKey(VoteEvent, models.PROTECT, related_name="person_votes")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=10, choices=Choice)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("vote of a member")
        verbose_name_plural = _("votes of members")
        ordering = ["mandate__post__number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "mandate"], name="person_vote_once"),
            models.CheckConstraint(
                condition=Q(choice__in=["yes", "no", "abstain", "not_voting", "recused"]),
                name="person_vote_choice_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.mandate_id}"


class SecretMark(models.Model):
    """That a member has voted in a secret vote. What was voted is in the counts of the vote alone:
    no time, no order and no key leads from here to there.
    """

    vote = models.ForeignKey(VoteEvent, models.PROTECT, related_name="secret_marks")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mark of a secret vote")
        verbose_name_plural = _("marks of secret votes")
        constraints = [
            models.UniqueConstraint(fields=["vote", "mandate"], name="secret_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.mandate_id}"
