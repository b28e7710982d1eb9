"""Public control: a council looks at a body's work, and ends in a document that is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from accounts.multilingual import first_available
from councils.models.council import Council
from councils.models.meetings import Docket, Recommendation
from participation.models import Dossier


class ControlQuerySet(models.QuerySet["PublicControlAction"]):
    def public(self) -> ControlQuerySet:
        return self.filter(
            dossier__published_at__isnull=False, council__dossier__published_at__isnull=False
        )

    def for_display(self) -> ControlQuerySet:
        return self.select_related(
            "dossier__territory",
            "council__dossier__territory",
            "body",
            "docket__dossier",
            "recommendation__dossier",
        ).prefetch_related("dossier__texts", "council__dossier__texts", "docket__dossier__texts")


class PublicControlAction(models.Model):
    """Ends in a final document with its date, or without one for a published reason."""

    class Kind(models.TextChoices):
        MONITORING = "monitoring", _("Monitoring")
        EXAMINATION = "examination", _("Examination")
        REPORT = "report", _("Hearing of a report")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", pgettext_lazy("state of public control", "Under way")
        FINISHED = "finished", pgettext_lazy("state of public control", "Finished")
        DROPPED = "dropped", _("Ended without a document")

    class Final(models.TextChoices):
        """What the law "On public control" lets it end in (art. 1 of 30-VIII)."""

        PROTOCOL = "protocol", _("Protocol")
        CONCLUSION = "conclusion", _("Conclusion")
        RECOMMENDATION = "recommendation", _("Recommendation")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="public_control")
    council = models.ForeignKey(Council, models.PROTECT, related_name="control_actions")
    docket = models.ForeignKey(
        Docket, models.PROTECT, null=True, blank=True, related_name="control_actions"
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="controlled_by")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("planned to end on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    final = models.CharField(_("final document"), max_length=14, choices=Final, blank=True)
    final_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    ending_kk = models.TextField(_("what was found, or why it ended, in Kazakh"), blank=True)
    ending_ru = models.TextField(_("what was found, or why it ended, in Russian"), blank=True)
    ending_en = models.TextField(_("what was found, or why it ended, in English"), blank=True)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="control_actions"
    )

    objects = ControlQuerySet.as_manager()

    class Meta:
        verbose_name = _("public control")
        verbose_name_plural = _("public control")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="control_number_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="control_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "under_way"], final="", ended_on=None)
                | Q(state="finished", ended_on__isnull=False)
                & ~Q(final="")
                & ~Q(ending_kk="")
                & ~Q(ending_ru="")
                | Q(state="dropped", ended_on__isnull=False, final="")
                & ~Q(ending_kk="")
                & ~Q(ending_ru=""),
                name="control_ends_in_a_document_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    @property
    def ending(self) -> str:
        return first_available(
            {code: getattr(self, f"ending_{code}") for code in ("kk", "ru", "en")}
        )
