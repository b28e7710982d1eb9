"""After adoption: what was measured, how the process is judged, which money was offered to whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages, first_available
from edp.models.actions import Indicator
from edp.models.ideas import Priority
from edp.models.process import DiscoveryProcess


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def current(self) -> MeasurementQuerySet:
        """Without those that a later row corrects."""
        return self.filter(corrected_by=None)


class Measurement(models.Model):
    """A value on a day. Append-only: a mistake is put right by a new row that names the old one."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    note = models.CharField(_("note"), max_length=500, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(note=""), name="measurement_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.measured_on}"


class WheelAssessment(models.Model):
    """How one person judges the process in one year, by the factors of the RIS3 wheel."""

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="wheels")
    year = models.PositiveSmallIntegerField(_("year"))
    assessor = models.ForeignKey(User, models.PROTECT, related_name="wheels")
    is_external = models.BooleanField(_("a peer from outside"))
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assessment by the wheel")
        verbose_name_plural = _("assessments by the wheel")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "year", "assessor"], name="wheel_one_per_person_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.year}"


class WheelScore(models.Model):
    """From 1 (poor) to 5 (excellent); 0 is "no information" and never a low mark."""

    wheel = models.ForeignKey(WheelAssessment, models.CASCADE, related_name="scores")
    factor = models.CharField(_("factor"), max_length=20)
    score = models.PositiveSmallIntegerField(_("score, 0 to 5"))
    evidence = models.CharField(_("what shows it"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("score of the wheel")
        verbose_name_plural = _("scores of the wheel")
        constraints = [
            models.UniqueConstraint(fields=["wheel", "factor"], name="wheel_score_once"),
            models.CheckConstraint(condition=Q(score__range=(0, 5)), name="wheel_score_0_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.score}"


class Call(NamedInThreeLanguages):
    """Money or help that was offered in public, and how many asked for it and got it."""

    class Kind(models.TextChoices):
        CALL = "call", _("call for projects")
        VOUCHER = "voucher", _("innovation vouchers")
        CONCEPT = "concept", _("project concepts")
        NETWORK = "network", _("network of partners")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="calls")
    priority = models.ForeignKey(
        Priority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("priority"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    criteria_kk = models.TextField(_("criteria in Kazakh"), blank=True)
    criteria_ru = models.TextField(_("criteria in Russian"), blank=True)
    criteria_en = models.TextField(_("criteria in English"), blank=True)
    amount = models.DecimalField(
        _("money offered"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="KZT")
    applicants = models.PositiveIntegerField(_("applications"), null=True, blank=True)
    selected = models.PositiveIntegerField(_("selected"), null=True, blank=True)
    url = models.URLField(_("address of the call"), blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selected=None) | Q(applicants=None) | Q(selected__lte=F("applicants")),
                name="call_selected_of_applicants",
                violation_error_message=_("No more can be selected than have applied."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="call_closes_after_opening",
                violation_error_message=_("The last day comes after the first."),
            ),
        ]

    @property
    def criteria(self) -> str:
        return first_available({c: getattr(self, f"criteria_{c}") for c in ("kk", "ru", "en")})
