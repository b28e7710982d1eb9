"""What a citizen asks the budget to pay for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.cycle import Category, Cycle, Envelope
from participation.models import Dossier, Territory


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self) -> "ProposalQuerySet":
        return self.filter(dossier__published_at__isnull=False)

    def living(self) -> "ProposalQuerySet":
        """Those that may still come on the ballot."""
        return self.filter(state__in=Proposal.LIVING)

    def shortlisted(self) -> "ProposalQuerySet":
        return self.filter(state=Proposal.State.SHORTLISTED)

    def for_display(self) -> "ProposalQuerySet":
        """With what a card or a row needs, in a fixed number of queries."""
        return self.select_related("dossier__territory", "category", "envelope").prefetch_related(
            "dossier__texts"
        )


class Proposal(models.Model):
    """A proposal; its title and text are in its dossier. Costs are whole units of currency."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Being checked")
        FEASIBLE = "feasible", _("Feasible")
        NOT_FEASIBLE = "not_feasible", _("Not feasible")
        SHORTLISTED = "shortlisted", _("On the ballot")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged into another")
        BELOW_THRESHOLD = "below_threshold", _("Too little support")

    LIVING = (State.SUBMITTED, State.FEASIBLE, State.SHORTLISTED)

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="proposal")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="proposals")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="proposals")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    district = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    cost = models.PositiveBigIntegerField(_("cost"))
    running_cost = models.PositiveBigIntegerField(_("running cost a year"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.SUBMITTED)
    end_reason = models.TextField(
        _("why it goes no further"),
        blank=True,
        help_text=_("Public. Obligatory with a withdrawal, a merge and a missed threshold."),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_here"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="proposal_number_unique"),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "merged", "below_threshold"])
                | ~Q(end_reason=""),
                name="proposal_ended_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="proposal_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="proposal_place_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "state"])]

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def is_living(self) -> bool:
        return self.state in self.LIVING
