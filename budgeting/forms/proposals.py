"""What an author and a translator send."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from budgeting.models import Category, Cycle, Envelope
from participation.fields import AmountField, offer
from participation.forms import OnceForm
from participation.services import Wording


class ProposalForm(OnceForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What should be built, mended or done, and where: one short line."),
    )
    summary = forms.CharField(
        label=_("In two sentences"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on lists and on the ballot."),
    )
    body = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Whom it helps, what it takes, what you know about the place."),
    )
    envelope = forms.ModelChoiceField(
        Envelope.objects.none(), label=_("From which money"), empty_label=None
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("Choose one")
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Street and house, or a name that people there know."),
    )
    cost = AmountField(
        label=_("Rough cost, in tenge"),
        min_value=1,
        max_value=10**12,
        help_text=_("Your best guess: the city will check it. Digits only, or with spaces."),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "envelope", cycle.envelopes.all())
        self.fields["envelope"].initial = cycle.envelopes.first()

    def wording(self) -> Wording:
        language = (get_language() or "kk")[:2]
        data = self.cleaned_data
        return Wording(language, data["title"], data["summary"], data["body"])


class TranslationForm(OnceForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In two sentences"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
