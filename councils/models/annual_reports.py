"""What a council reports of a year: figures of the record, and its chair's words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.multilingual import ToldInThreeLanguages
from councils.models.council import Council


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def published(self) -> AnnualReportQuerySet:
        return self.filter(published_at__isnull=False)


class AnnualReport(ToldInThreeLanguages):
    """One version of a year's report; published it never changes (trigger).

    `figures` are empty while it is a draft. `sha256` is that of their canonical JSON and the words.
    A correction is the next version, with its reason.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    figures = models.JSONField(default=dict)
    correction = models.TextField(_("what was corrected and why"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["council", "-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "year", "version"], name="annual_report_version_unique"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""),
                name="annual_report_corrected_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, sha256="")
                | Q(published_at__isnull=False) & ~Q(sha256="") & ~Q(figures={}),
                name="annual_report_published_with_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} {self.year} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("councils:report-detail", args=[self.council.slug, self.year])

    @property
    def path(self) -> str:
        """Below the language prefix, for messages."""
        return f"councils/{self.council.slug}/reports/{self.year}/"
