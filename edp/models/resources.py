"""What a process is equipped with, who else leads a stage, and what the first stage leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.multilingual import ToldInThreeLanguages, first_available
from edp.gates import OUTPUTS
from edp.models.process import DiscoveryProcess, Stage


class ResourcePlan(models.Model):
    """People, days and money set aside, and what is still lacking (O:2229-2235)."""

    process = models.OneToOneField(
        DiscoveryProcess, models.PROTECT, related_name="resource_plan", primary_key=True
    )
    people = models.PositiveSmallIntegerField(_("people"))
    person_days = models.PositiveIntegerField(_("person-days"))
    money = models.PositiveBigIntegerField(_("money, in tenge"))
    gaps_kk = models.TextField(_("what is lacking, in Kazakh"), blank=True)
    gaps_ru = models.TextField(_("what is lacking, in Russian"), blank=True)
    gaps_en = models.TextField(_("what is lacking, in English"), blank=True)

    class Meta:
        verbose_name = _("plan of resources")
        verbose_name_plural = _("plans of resources")
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0, person_days__gt=0), name="resource_plan_has_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}"

    @property
    def gaps(self) -> str:
        return first_available({c: getattr(self, f"gaps_{c}") for c in ("kk", "ru", "en")})


class StageLead(models.Model):
    """A stage led by another body than the process, as Malopolskie's foresight was (O:2129)."""

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="stage_leads")
    stage = models.CharField(_("stage"), max_length=16, choices=Stage)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("lead of a stage")
        verbose_name_plural = _("leads of stages")
        constraints = [
            models.UniqueConstraint(fields=["process", "stage"], name="stage_lead_one_a_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.stage}"


class ProcessOutput(ToldInThreeLanguages):
    """One of the four things that discovery leaves behind (O:2135-2142)."""

    class Code(models.TextChoices):
        STRENGTHS = "strengths", _("Strengths of the region")
        RESEARCH = "research_capabilities", _("Research and innovation capabilities")
        PEOPLE = "human_capital", _("People and skills")
        ASPIRATIONS = "aspirations", _("Aspirations for the future")

    process = models.ForeignKey(DiscoveryProcess, models.PROTECT, related_name="outputs")
    code = models.CharField(_("output"), max_length=24, choices=Code)

    class Meta:
        verbose_name = _("output of discovery")
        verbose_name_plural = _("outputs of discovery")
        constraints = [
            models.UniqueConstraint(fields=["process", "code"], name="output_once"),
            models.CheckConstraint(condition=Q(code__in=OUTPUTS), name="output_known"),
            models.CheckConstraint(
                condition=~Q(text_kk="") & ~Q(text_ru=""), name="output_in_both_languages"
            ),
        ]
