"""Votes on paper: stations, who serves there, how many ballots were given, and papers being keyed.

A paper is a number in a batch and leads to nobody: what is given is counted by station, never by
person, and no row here has a time of a vote. Guards are in migration 0011. See
docs/budgeting-paper.md.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages, first_available
from budgeting.models.cycle import Cycle
from budgeting.models.election import Election


class Station(NamedInThreeLanguages):
    """A place with a desk and a box."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stations")
    number = models.PositiveSmallIntegerField(_("number"))
    address_kk = models.CharField(_("address in Kazakh"), max_length=300)
    address_ru = models.CharField(_("address in Russian"), max_length=300)
    address_en = models.CharField(_("address in English"), max_length=300, blank=True)
    hours_kk = models.CharField(_("opening hours in Kazakh"), max_length=200)
    hours_ru = models.CharField(_("opening hours in Russian"), max_length=200)
    hours_en = models.CharField(_("opening hours in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("voting station")
        verbose_name_plural = _("voting stations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="station_number_unique"),
        ]

    @property
    def address(self) -> str:
        return self._told("address")

    @property
    def hours(self) -> str:
        return self._told("hours")

    def _told(self, name: str) -> str:
        return first_available(
            {code: getattr(self, f"{name}_{code}") for code in ("kk", "ru", "en")}
        )


class StationOfficer(models.Model):
    """Who gives ballots and keys papers at a station."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="officers")
    person = models.ForeignKey(User, models.PROTECT, related_name="stations")
    appointed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    appointed_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("officer of a station")
        verbose_name_plural = _("officers of stations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "person"],
                condition=Q(ended_at=None),
                name="station_officer_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id}: {self.person_id}"


class PaperCount(models.Model):
    """How many ballots of an election a station gave; only the giving adds to it (trigger)."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="counts")
    election = models.ForeignKey(Election, models.PROTECT, related_name="paper_counts")
    given = models.PositiveIntegerField(_("ballots given"))

    class Meta:
        verbose_name = _("number of ballots given")
        verbose_name_plural = _("numbers of ballots given")
        constraints = [
            models.UniqueConstraint(fields=["station", "election"], name="paper_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id}/{self.election_id}: {self.given}"


class PaperBatch(models.Model):
    """A pile of papers of one election out of one box. `valid` and its like come with the close.

    Batches of a station never hold more papers than the station gave (trigger).
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="batches")
    election = models.ForeignKey(Election, models.PROTECT, related_name="paper_batches")
    number = models.PositiveIntegerField(_("number"))
    papers = models.PositiveIntegerField(_("papers"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    valid = models.PositiveIntegerField(_("valid"), null=True)
    blank = models.PositiveIntegerField(_("blank"), null=True)
    spoiled = models.PositiveIntegerField(_("spoiled"), null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("batch of papers")
        verbose_name_plural = _("batches of papers")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["station", "number"], name="paper_batch_number"),
            models.CheckConstraint(condition=Q(papers__gt=0), name="paper_batch_has_papers"),
            models.CheckConstraint(
                condition=Q(valid=None, blank=None, spoiled=None, closed_by=None)
                | Q(papers=F("valid") + F("blank") + F("spoiled"), closed_by__isnull=False),
                name="paper_batch_closed_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id}/{self.number}"

    @property
    def is_closed(self) -> bool:
        return self.valid is not None


class PaperEntry(models.Model):
    """What one person read on one paper, sealed. Two look at each; a third decides if they differ.

    Never changed (trigger); `number` is the place of the paper in the pile.
    """

    DECIDING = 3

    batch = models.ForeignKey(PaperBatch, models.PROTECT, db_index=False, related_name="entries")
    number = models.PositiveIntegerField(_("paper"))
    look = models.PositiveSmallIntegerField()
    keyer = models.ForeignKey(User, models.PROTECT, related_name="keyed_papers")
    body = models.BinaryField()
    is_joint = models.BooleanField(_("both keyers looked together"), default=False)
    reason = models.CharField(_("why they differed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("keyed paper")
        verbose_name_plural = _("keyed papers")
        ordering = ["number", "look"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number", "look"], name="paper_entry_look"),
            models.UniqueConstraint(
                fields=["batch", "number", "keyer"],
                condition=Q(look__lt=3),
                name="paper_entry_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(look__in=[1, 2], reason="", is_joint=False)
                | (Q(look=3) & ~Q(reason="")),
                name="paper_entry_third_look_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}.{self.look}"


class StationProtocol(models.Model):
    """What a station's box held, declared once, public, never changed (trigger)."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="protocols")
    election = models.ForeignKey(Election, models.PROTECT, related_name="station_protocols")
    given = models.PositiveIntegerField(_("ballots given"))
    in_box = models.PositiveIntegerField(pgettext_lazy("ballots", "in the box"))
    valid = models.PositiveIntegerField(_("valid"))
    blank = models.PositiveIntegerField(_("blank"))
    spoiled = models.PositiveIntegerField(_("spoiled"))
    reason_kk = models.TextField(_("reason in Kazakh"), blank=True)
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("protocol of a station")
        verbose_name_plural = _("protocols of stations")
        constraints = [
            models.UniqueConstraint(fields=["station", "election"], name="station_protocol_once"),
            models.CheckConstraint(
                condition=Q(given__gte=F("valid") + F("blank") + F("spoiled"))
                & Q(in_box__gte=F("valid") + F("blank") + F("spoiled")),
                name="station_protocol_not_more_than_given",
            ),
            models.CheckConstraint(
                condition=Q(in_box=F("given"), given=F("valid") + F("blank") + F("spoiled"))
                | (~Q(reason_kk="") & ~Q(reason_ru="")),
                name="station_protocol_difference_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id}/{self.election_id}"

    @property
    def reason(self) -> str:
        return first_available({"kk": self.reason_kk, "ru": self.reason_ru, "en": self.reason_en})
