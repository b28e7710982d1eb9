"""Delphi studies: what a panel of experts holds of statements about the future."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, User
from accounts.multilingual import ToldInThreeLanguages
from edp.models.process import DiscoveryProcess
from participation.models import Dossier


class DelphiStudyQuerySet(models.QuerySet["DelphiStudy"]):
    def public(self) -> DelphiStudyQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> DelphiStudyQuerySet:
        return self.select_related(
            "dossier__territory", "process__dossier__territory", "process__ruleset"
        ).prefetch_related("dossier__texts", "process__dossier__texts", "statements")


class DelphiStudy(models.Model):
    """Rules are fixed before the first rating: what counts as consensus is said in advance."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        STABLE = "stable", _("Ended: opinions are stable")
        MAX_ROUNDS = "max_rounds", _("Ended: the last round was held")
        BELOW_QUORUM = "below_quorum", _("Ended: too few answered")
        CANCELLED = "cancelled", _("Cancelled")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="delphi_study")
    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="delphi_studies")
    number = models.PositiveIntegerField(_("number"))
    is_real_time = models.BooleanField(_("without rounds"), default=False)
    rules = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    # Of the key that makes the panel's pseudonyms; the key itself is a file (edp/panel_keys.py).
    key_fingerprint = models.CharField(max_length=16, blank=True, editable=False)

    objects = DelphiStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delphi study")
        verbose_name_plural = _("Delphi studies")
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="delphi_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.PLANNED, self.State.RUNNING)


class DelphiStatement(ToldInThreeLanguages):
    study = models.ForeignKey(DelphiStudy, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("statement of a Delphi study")
        verbose_name_plural = _("statements of a Delphi study")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"], name="delphi_statement_number_unique"
            ),
        ]


class PanelInvitation(models.Model):
    """Who was asked to answer. Whether they did, and what, nobody can read from any table."""

    study = models.ForeignKey(DelphiStudy, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(User, models.PROTECT, related_name="delphi_invitations")
    helix = models.CharField(_("helix"), max_length=16, choices=Helix)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to a Delphi panel")
        verbose_name_plural = _("invitations to Delphi panels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "person"], name="panel_invitation_once"),
            models.CheckConstraint(
                condition=Q(helix__in=Helix.values), name="panel_invitation_helix_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.person_id}"


class DelphiRound(models.Model):
    """One asking of the panel. In a study without rounds: from one snapshot to the next."""

    study = models.ForeignKey(DelphiStudy, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    opened_at = models.DateTimeField(_("opened"))
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("round of a Delphi study")
        verbose_name_plural = _("rounds of Delphi studies")
        ordering = ["study", "number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="delphi_round_number_unique"),
            models.UniqueConstraint(
                fields=["study"], condition=Q(closed_at=None), name="delphi_one_open_round"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opened_at")), name="delphi_round_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.number}"


class DelphiRating(models.Model):
    """What somebody of the panel holds of a statement. `slot` is a keyed hash of the person.

    No key, number or time tells in which order ratings came, so they cannot be laid beside a list
    of who was there when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(DelphiRound, models.PROTECT, related_name="ratings")
    statement = models.ForeignKey(DelphiStatement, models.PROTECT, related_name="ratings")
    slot = models.CharField(_("pseudonym"), max_length=32)
    value = models.PositiveSmallIntegerField(_("rating"))
    reason = models.TextField(_("reasons"), blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)

    class Meta:
        verbose_name = _("rating of a Delphi study")
        verbose_name_plural = _("ratings of Delphi studies")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "statement", "slot"], name="delphi_one_rating_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.statement_id}"


class DelphiSummary(models.Model):
    """What a round came to for one statement; anyone can compute it again from the ratings.

    Shares are exact fractions as text; quartiles have at most two decimals.
    """

    round = models.ForeignKey(DelphiRound, models.PROTECT, related_name="summaries")
    statement = models.ForeignKey(DelphiStatement, models.PROTECT, related_name="summaries")
    number = models.PositiveSmallIntegerField(_("answers"))
    q1 = models.DecimalField(_("first quartile"), max_digits=5, decimal_places=2)
    median = models.DecimalField(_("median"), max_digits=5, decimal_places=2)
    q3 = models.DecimalField(_("third quartile"), max_digits=5, decimal_places=2)
    agreement = models.CharField(_("share that agrees"), max_length=20)
    change = models.CharField(_("share that moved"), max_length=20, blank=True)
    histogram = models.JSONField(_("answers by rating"))
    is_stable = models.BooleanField(_("stable"))
    is_consensus = models.BooleanField(_("consensus"))
    is_polarised = models.BooleanField(_("polarised"))
    dissenters = models.PositiveSmallIntegerField(_("dissenters"))
    stop = models.CharField(_("why to stop"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("summary of a round")
        verbose_name_plural = _("summaries of rounds")
        ordering = ["statement", "round"]
        constraints = [
            models.UniqueConstraint(fields=["round", "statement"], name="delphi_summary_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.statement_id}"

    @property
    def spread(self) -> Decimal:
        """The interquartile range."""
        return self.q3 - self.q1
