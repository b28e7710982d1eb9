"""Which projects exclude each other, and which are marked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.models import Envelope, Proposal
from participation.fields import offer
from participation.forms import OnceForm


class _ProjectsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, proposal: Any) -> str:
        return f"{proposal.number}. {proposal.dossier.title}"


class _ProjectsForm(OnceForm):
    def __init__(self, *args: Any, envelope: Envelope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "projects", envelope.proposals.shortlisted().for_display().order_by("number"))


class ConflictForm(_ProjectsForm):
    projects = _ProjectsField(
        Proposal.objects.none(),
        label=_("Projects of which at most one is to be funded"),
        widget=forms.CheckboxSelectMultiple,
    )


class EarmarkForm(_ProjectsForm):
    projects = _ProjectsField(
        Proposal.objects.none(),
        label=_("Projects that may use the money kept for some"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class RemoveForm(OnceForm):
    number = forms.IntegerField(min_value=1, max_value=30_000)
