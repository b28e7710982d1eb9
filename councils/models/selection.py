"""How members of a council are chosen: a working group, a call, candidates, what decides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import NamedInThreeLanguages
from councils.models.council import Council, Mandate, Post, Side
from participation.models import Attachment, Dossier


class SelectionQuerySet(models.QuerySet["SelectionProcess"]):
    def public(self) -> SelectionQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> SelectionQuerySet:
        return self.select_related(
            "dossier__territory", "council__dossier__territory", "council__ruleset"
        ).prefetch_related("dossier__texts", "council__dossier__texts")


class SelectionProcess(models.Model):
    """For a new term or for vacant seats. Its call, with the criteria, is the text of its dossier.

    `most_state` is how many seats of its working group the state may have, by the ruleset of the
    day; triggers keep it, and refuse an act that somebody of the supervised body registers.
    """

    class Kind(models.TextChoices):
        CONVOCATION = "convocation", _("New term")
        BY_ELECTION = "by_election", _("By-election")

    class Way(models.TextChoices):
        SCORING = "scoring", _("Scores of the working group")
        BALLOT = "ballot", _("Named vote")
        LOT = "lot", _("Draw by lot")

    class State(models.TextChoices):
        PLANNED = "planned", _("In preparation")
        GROUP_FORMED = "working_group_formed", _("Working group formed")
        CALL_OPEN = "call_open", _("Call is open")
        SCREENING = "screening", _("Applications are checked")
        SELECTION = "selection", _("Candidates are compared")
        APPROVED = "approved", _("Act registered")
        PUBLISHED = "published", _("Members appointed")
        FAILED = "failed", _("Failed")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="selection")
    council = models.ForeignKey(Council, models.PROTECT, related_name="selections")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    way = models.CharField(_("how it is decided"), max_length=8, choices=Way)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    posts = models.ManyToManyField(Post, related_name="selections")
    group_size = models.PositiveSmallIntegerField(_("seats of the working group"))
    most_state = models.PositiveSmallIntegerField(_("of them of the state at most"))
    opened_at = models.DateTimeField(_("call opened"), null=True)
    closes_at = models.DateTimeField(_("applications until"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    act = models.CharField(_("act"), max_length=300, blank=True)
    act_on = models.DateField(_("date of the act"), null=True)
    act_url = models.URLField(_("address of the act"), blank=True)
    act_registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    failed_because = models.TextField(_("why it failed"), blank=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection of members")
        verbose_name_plural = _("selections of members")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="selection_number_unique"),
            models.CheckConstraint(
                condition=Q(most_state__lte=F("group_size"), group_size__gt=0),
                name="selection_group_has_a_size",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"])
                | ~Q(act="") & Q(act_on__isnull=False, act_registered_by__isnull=False),
                name="selection_approved_by_an_act",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failed_because=""),
                name="selection_failed_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def takes_candidates(self) -> bool:
        return self.state == self.State.CALL_OPEN and timezone.now() < self.closes_at

    @property
    def shows_candidates(self) -> bool:
        """Names are shown when nobody can apply any more, so that none is put off by another."""
        late = (self.State.PLANNED, self.State.GROUP_FORMED, self.State.CALL_OPEN)
        return self.state not in late


class GroupMember(models.Model):
    """A seat of the working group; the group is fixed before the call opens."""

    selection = models.ForeignKey(SelectionProcess, models.PROTECT, related_name="group")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="working_groups")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    side = models.CharField(_("side"), max_length=6, choices=Side)
    leads = models.BooleanField(_("chairs the group"), default=False)

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")
        ordering = ["-leads", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "person"], name="group_member_sits_once"),
            models.UniqueConstraint(
                fields=["selection"], condition=Q(leads=True), name="group_has_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def council(self) -> Council:
        return self.selection.council


class Criterion(NamedInThreeLanguages):
    """What candidates are scored by, from 0 to `most` points."""

    selection = models.ForeignKey(SelectionProcess, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("number"))
    most = models.PositiveSmallIntegerField(_("points at most"))

    class Meta:
        verbose_name = _("criterion of a selection")
        verbose_name_plural = _("criteria of selections")
        ordering = ["selection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "number"], name="selection_criterion_number_unique"
            ),
            models.CheckConstraint(condition=Q(most__gt=0), name="selection_criterion_has_points"),
        ]


class Candidacy(models.Model):
    """`contact` is never shown to anybody but the secretary; without a person it came on paper."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("state of a candidate", "Applied")
        ADMITTED = "admitted", pgettext_lazy("state of a candidate", "Admitted")
        REFUSED = "refused", pgettext_lazy("state of a candidate", "Not admitted")
        ELECTED = "elected", pgettext_lazy("state of a candidate", "Elected")
        RESERVE = "reserve", pgettext_lazy("state of a candidate", "In reserve")
        NOT_ELECTED = "not_elected", pgettext_lazy("state of a candidate", "Not elected")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a candidate", "Withdrawn")

    selection = models.ForeignKey(SelectionProcess, models.PROTECT, related_name="candidacies")
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="candidacies")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    side = models.CharField(_("side"), max_length=6, choices=Side, default=Side.CIVIL)
    statement = models.TextField(_("why I stand"))
    language = models.CharField(_("language"), max_length=2)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    documents = models.ManyToManyField(Attachment, related_name="candidacies")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SUBMITTED)
    reasons = models.TextField(_("reasons"), blank=True)
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    submitted_at = models.DateTimeField(_("submitted"))
    mandate = models.OneToOneField(Mandate, models.PROTECT, null=True, related_name="candidacy")

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        ordering = ["selection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "number"], name="candidacy_number_unique"),
            models.UniqueConstraint(
                fields=["selection", "person"], name="candidacy_one_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["selection", "organisation"],
                condition=Q(state="elected", side="civil", organisation__isnull=False),
                name="candidacy_one_elected_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reasons=""),
                name="candidacy_refused_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "—"

    @property
    def council(self) -> Council:
        return self.selection.council


class Score(models.Model):
    """What a member of the group gave; a row that is not there is no zero."""

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="scores")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"))
    given_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("score of a candidate")
        verbose_name_plural = _("scores of candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "member", "criterion"], name="candidate_scored_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)


class SelectionVote(models.Model):
    """One named vote for or against one candidate."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "For")
        AGAINST = "against", pgettext_lazy("vote", "Against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "Abstains")

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="votes")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=7, choices=Choice)
    given_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("vote on a candidate")
        verbose_name_plural = _("votes on candidates")
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "member"], name="candidate_voted_on_once"),
        ]

    def __str__(self) -> str:
        return self.choice
