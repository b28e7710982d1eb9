"""A public council: its terms, its seats, who sits on them and since when."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, Organisation, User
from accounts.multilingual import NamedInThreeLanguages
from participation.models import Dossier, Ruleset


class Days(Func):
    """From the first day up to but without the last: `daterange(since, until)`."""

    function = "daterange"
    output_field = models.CharField()


class CouncilQuerySet(models.QuerySet["Council"]):
    def published(self) -> CouncilQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> CouncilQuerySet:
        return self.select_related(
            "dossier__territory", "supervised_body", "ruleset"
        ).prefetch_related("dossier__texts")


class Council(models.Model):
    """Names, task and contacts are in its dossier; numbers of the law in its ruleset."""

    class Level(models.TextChoices):
        REPUBLICAN = "republican", _("of the republic")
        REGIONAL = "regional", _("of a region")
        LOCAL = "local", _("of a district or city")
        QUASI_PUBLIC = "quasi_public", _("of a quasi-public body")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="council")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    level = models.CharField(_("level"), max_length=14, choices=Level)
    supervised_body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="councils", verbose_name=_("supervised body")
    )
    ruleset = models.ForeignKey(Ruleset, models.PROTECT, related_name="councils")
    contact = models.CharField(_("contact"), max_length=200, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("public council")
        verbose_name_plural = _("public councils")

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()


class Convocation(models.Model):
    """One term of a council; `ends_on` is its first day no more."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="convocations")
    number = models.PositiveSmallIntegerField(_("number"))
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    extended_by = models.CharField(_("act that extended it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of a council")
        verbose_name_plural = _("terms of councils")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="convocation_number_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")), name="convocation_ends_after_start"
            ),
            ExclusionConstraint(
                name="convocation_one_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (Days("begins_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"


class Side(models.TextChoices):
    CIVIL = "civil", _("civil society")
    STATE = "state", _("state")


class Post(models.Model):
    """One seat; vacant on a day that no mandate covers."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="posts")
    number = models.PositiveSmallIntegerField(_("number"))
    side = models.CharField(_("side"), max_length=6, choices=Side)
    sector = models.CharField(_("sector"), max_length=16, choices=Helix, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat of a council")
        verbose_name_plural = _("seats of councils")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="post_number_unique"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="post_side_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="post_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: date) -> MandateQuerySet:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))

    def sitting(self) -> MandateQuerySet:
        """Today."""
        return self.on(timezone.localdate())


class Mandate(models.Model):
    """A member on a seat from one day up to but without another; never removed from pages.

    `council` repeats the seat's, and `side` too, so that the database itself refuses two mandates
    of one person, or of one organisation of civil society, at the same time; triggers keep them
    equal to the seat's.
    """

    class Office(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY = "deputy", _("Deputy chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", pgettext_lazy("of a council", "Member")

    class Basis(models.TextChoices):
        COMPETITION = "competition", _("by competition")
        LOT = "lot", _("by lot")
        EX_OFFICIO = "ex_officio", _("by office")

    class EndReason(models.TextChoices):
        TERM = "term", _("the term ended")
        RESIGNATION = "resignation", _("resigned")
        DEATH = "death", _("died")
        ABSENCE = "absence", _("did not attend")
        INCOMPATIBILITY = "incompatibility", _("holds an incompatible office")
        RECALL = "recall", _("was recalled")

    council = models.ForeignKey(Council, models.PROTECT, related_name="mandates")
    post = models.ForeignKey(Post, models.PROTECT, related_name="mandates")
    side = models.CharField(_("side"), max_length=6, choices=Side)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="council_mandates")
    name = models.CharField(_("name"), max_length=150)
    on_behalf_of = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="council_mandates"
    )
    office = models.CharField(_("office"), max_length=10, choices=Office, default=Office.MEMBER)
    # None: from the first day of the mandate.
    office_since = models.DateField(_("in office from"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    act = models.CharField(_("act"), max_length=300)
    act_url = models.URLField(_("address of the act"), blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=16, choices=EndReason, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["post", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None, end_reason="")
                | (Q(until__gt=F("since")) & ~Q(end_reason="")),
                name="mandate_ends_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(act=""), name="mandate_has_an_act"),
            ExclusionConstraint(
                name="mandate_one_on_a_seat",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="mandate_one_of_a_person",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(person__isnull=False),
            ),
            ExclusionConstraint(
                name="mandate_one_of_an_organisation",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("on_behalf_of", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(side=Side.CIVIL, on_behalf_of__isnull=False),
            ),
            ExclusionConstraint(
                name="mandate_one_chair",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (Days(Coalesce("office_since", "since"), "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(office="chair"),
            ),
            models.CheckConstraint(
                condition=Q(office_since=None)
                | Q(office_since__gte=F("since"))
                & (Q(until=None) | Q(office_since__lte=F("until"))),
                name="mandate_office_within",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def office_on(self, day: date) -> str:
        """The office held on a day of the mandate; nothing for a plain member."""
        if self.office == self.Office.MEMBER or (self.office_since and day < self.office_since):
            return ""
        return str(self.get_office_display())

    def is_to_end_with_term(self, day: date) -> bool:
        """Whether its end is still to come and is nothing but the end of the term."""
        if self.until is None:
            return True
        return self.end_reason == self.EndReason.TERM and self.until > day


class Commission(NamedInThreeLanguages):
    """A standing part of a council for one field."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="commissions")
    members = models.ManyToManyField(Mandate, related_name="commissions")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")


class CompositionBreach(models.Model):
    """Days on which civil society had less than the law's share; `until` is the first day after."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="breaches")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    civil = models.PositiveSmallIntegerField()
    members = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("breach of composition")
        verbose_name_plural = _("breaches of composition")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["council", "since"], name="breach_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} {self.since}"
