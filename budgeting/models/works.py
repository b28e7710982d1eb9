"""What becomes of a winner: milestones, a dated diary, money, and who took part in the vote.

The diary and the money only grow (triggers of migration 0010): what was told stays told, and a
correction is one more row.
"""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import NamedInThreeLanguages, ToldInThreeLanguages
from budgeting.models.election import Election
from budgeting.models.tally import Award
from participation.models import Attachment


class WorkQuerySet(models.QuerySet["Work"]):
    def for_display(self) -> "WorkQuerySet":
        """With its project, its milestones counted and its money summed: three queries."""
        milestones = Milestone.objects.filter(work=OuterRef("pk"))
        return (
            self.select_related("award__proposal__dossier", "award__proposal__envelope", "body")
            .prefetch_related("award__proposal__dossier__texts")
            .annotate(
                milestones_planned=Count("milestones"),
                milestones_reached=Count("milestones__reached_on"),
                next_due_on=Subquery(
                    milestones.filter(reached_on=None).order_by("due_on").values("due_on")[:1]
                ),
                contracted=_sum_of(WorkMoney.Kind.CONTRACTED),
                spent=_sum_of(WorkMoney.Kind.SPENT),
            )
        )


def _sum_of(kind: str) -> Coalesce:
    entries = WorkMoney.objects.filter(work=OuterRef("pk"), kind=kind)
    sums = entries.values("work").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(sums, output_field=models.BigIntegerField()), 0)


class Work(models.Model):
    """The building of one winner. `planned` is what it won, in whole units of the currency."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("works", "Not begun")
        UNDER_WAY = "under_way", pgettext_lazy("works", "Being built")
        STOPPED = "stopped", pgettext_lazy("works", "Stopped")
        DONE = "done", pgettext_lazy("works", "Built")

    award = models.OneToOneField(Award, models.PROTECT, related_name="work")
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="works"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    planned = models.PositiveBigIntegerField(_("planned money"))

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.award_id} {self.state}"

    def get_absolute_url(self) -> str:
        proposal = self.award.proposal
        return f"{proposal.cycle.dossier.get_absolute_url()}works/{proposal.number}/"


class Milestone(NamedInThreeLanguages):
    """A step with its day: `planned_on` as first told, `due_on` after the delays told since."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    planned_on = models.DateField(_("planned for"))
    due_on = models.DateField(_("now due on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="milestone_number_unique"),
        ]

    @property
    def days_moved(self) -> int:
        """Calendar days between what was first told and what holds, or when it was reached."""
        return ((self.reached_on or self.due_on) - self.planned_on).days


class DiaryEntry(ToldInThreeLanguages):
    """One dated line of a work's diary; `moved_*` are days of a milestone that was put off."""

    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("works", "News")
        BEGUN = "begun", pgettext_lazy("works", "Work began")
        REACHED = "reached", pgettext_lazy("works", "Milestone reached")
        DELAY = "delay", pgettext_lazy("works", "Delay")
        STOPPED = "stopped", pgettext_lazy("works", "Work stopped")
        RESUMED = "resumed", pgettext_lazy("works", "Work went on")
        DONE = "done", pgettext_lazy("works", "Work is finished")

    work = models.ForeignKey(Work, models.PROTECT, related_name="diary")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    on = models.DateField(_("date"))
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="told"
    )
    moved_from = models.DateField(null=True, blank=True)
    moved_to = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("entry of a diary")
        verbose_name_plural = _("diary")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="delay",
                    milestone__isnull=False,
                    moved_from__isnull=False,
                    moved_to__isnull=False,
                )
                | (~Q(kind="delay") & Q(moved_from=None, moved_to=None)),
                name="diary_delay_moves_a_milestone",
            ),
            models.CheckConstraint(
                condition=~Q(moved_from=F("moved_to")), name="diary_delay_changes_the_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind="reached") | Q(milestone__isnull=False),
                name="diary_reached_names_its_milestone",
            ),
        ]


class WorkPhoto(models.Model):
    """A photo of an entry; what it shows is told in words for those who cannot see it."""

    entry = models.ForeignKey(DiaryEntry, models.PROTECT, related_name="photos")
    # Erasing the person who took it takes the picture along.
    attachment = models.OneToOneField(Attachment, models.CASCADE, related_name="work_photo")
    caption = models.CharField(_("what it shows"), max_length=200)

    class Meta:
        verbose_name = _("photo of a work")
        verbose_name_plural = _("photos of works")

    def __str__(self) -> str:
        return self.caption


class WorkMoney(models.Model):
    """A sum that was contracted or spent; a correction is a row of its own, below nought."""

    class Kind(models.TextChoices):
        CONTRACTED = "contracted", pgettext_lazy("money", "Contracted")
        SPENT = "spent", pgettext_lazy("money", "Spent")

    work = models.ForeignKey(Work, models.PROTECT, related_name="money")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = models.BigIntegerField(
        _("amount"), help_text=_("In whole units of the currency; negative where it corrects.")
    )
    on = models.DateField(_("date"))
    document = models.CharField(
        _("document"), max_length=200, help_text=_("Number and date of the contract or the act.")
    )
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("money of a work")
        verbose_name_plural = _("money of works")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="work_money_is_some"),
            models.CheckConstraint(condition=~Q(document=""), name="work_money_has_its_document"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Participation(models.Model):
    """Who took part in a vote, in tables from which nobody can be read; written once.

    `tables` holds what is published and nothing else: counts below `smallest` were left out
    before they were stored (budgeting.small_cells).
    """

    election = models.OneToOneField(Election, models.PROTECT, related_name="participation")
    smallest = models.PositiveSmallIntegerField(_("smallest published number"))
    tables = models.JSONField(_("tables"))
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participation in a vote")
        verbose_name_plural = _("participation in votes")

    def __str__(self) -> str:
        return str(self.election_id)
