"""What an organiser asks of a trial."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.forms import OnceForm

LARGEST_SEED = 999_999


class TrialFillForm(OnceForm):
    number = forms.IntegerField(
        label=_("How many random ballots"), min_value=1, max_value=1000, initial=200
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_("The same number gives the same ballots. Leave it empty to draw one."),
        min_value=0,
        max_value=LARGEST_SEED,
        required=False,
    )
