"""What becomes of a proposal before the city's check: versions, co-authors, merges, notes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages
from budgeting.models.cycle import Category, Cycle
from budgeting.models.proposal import Proposal
from participation.models import Territory


class ProposalVersion(models.Model):
    """A proposal as its authors wrote it at one time. Rows never change (trigger)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    district = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    cost = models.PositiveBigIntegerField(_("cost"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="proposal_version_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class CoAuthor(models.Model):
    """Somebody asked to be named as an author, by the address of an account.

    A row is there whether or not an account has the address (`address_digest` is a keyed hash of
    it), so that an invitation tells nobody who has an account. `came_with` is the proposal whose
    author or co-author this was before a merge.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="coauthors")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="coauthored")
    address_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    came_with = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="coauthor_named_once"),
            models.UniqueConstraint(
                fields=["proposal", "address_digest"], name="coauthor_invited_once"
            ),
            models.CheckConstraint(
                condition=Q(state="invited") | Q(answered_at__isnull=False),
                name="coauthor_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.person_id}"


class ProposalMerge(models.Model):
    """One proposal going on in another: asked by an author, made, refused or undone.

    `state_before` is what the source was when it was merged, and what it is again when that is
    undone.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the other author")
        MADE = "made", _("Merged")
        REFUSED = "refused", _("Declined by the other author")
        UNDONE = "undone", _("Undone")

    source = models.ForeignKey(Proposal, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Proposal, models.PROTECT, related_name="merges_here")
    state = models.CharField(max_length=8, choices=State)
    reason = models.TextField(_("reason"))
    state_before = models.CharField(max_length=16, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("merge of proposals")
        verbose_name_plural = _("merges of proposals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=["asked", "made"]),
                name="proposal_merge_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("into")), name="proposal_merge_not_into_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_merge_with_reasons"),
            models.CheckConstraint(
                condition=~Q(state="undone") | ~Q(undo_reason=""),
                name="proposal_merge_undone_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.into_id}"


class CarriedSupport(models.Model):
    """Somebody whose support came over with a merge, so that undoing it takes no other away."""

    merge = models.ForeignKey(ProposalMerge, models.CASCADE, related_name="carried")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("carried support")
        verbose_name_plural = _("carried supports")
        constraints = [
            models.UniqueConstraint(fields=["merge", "person"], name="support_carried_once"),
        ]

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.person_id}"


class ShapingNote(models.Model):
    """What changed in a proposal at a workshop or a talk: dated, public, by author or organiser."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="notes")
    happened_on = models.DateField(_("date"))
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_organiser = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note of co-construction")
        verbose_name_plural = _("notes of co-construction")
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.happened_on}"


class PaperProposal(models.Model):
    """That a proposal came on paper. Who handed it in is not published."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, primary_key=True, related_name="paper"
    )
    receipt = models.CharField(_("receipt number"), max_length=20, unique=True)
    handed_in_by = models.CharField(_("name of who handed it in"), max_length=200)
    contact = models.CharField(_("telephone or address"), max_length=200, blank=True)
    handed_in_on = models.DateField(_("handed in on"))
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("proposal on paper")
        verbose_name_plural = _("proposals on paper")

    def __str__(self) -> str:
        return self.receipt


class UnitCost(NamedInThreeLanguages):
    """What something usually costs, for those who guess: a range a unit, with its source.

    `name` says what and how much of it, as "a street light with its cable"; whole units of the
    cycle's currency.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="unit_costs")
    category = models.ForeignKey(Category, models.PROTECT, related_name="unit_costs")
    lowest = models.PositiveBigIntegerField(_("from"))
    highest = models.PositiveBigIntegerField(_("to"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("usual cost")
        verbose_name_plural = _("usual costs")
        ordering = ["category__slug", "lowest", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest__gt=0, highest__gte=F("lowest")), name="unit_cost_is_a_range"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="unit_cost_has_a_source"),
        ]
