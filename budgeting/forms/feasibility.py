"""What the city's reviewers send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.models import Proposal
from participation.fields import AmountField
from participation.forms import OnceForm


class ReviewForm(OnceForm):
    """The city's verdict on one proposal."""

    state = forms.ChoiceField(
        label=_("Verdict"),
        widget=forms.RadioSelect,
        choices=[
            (Proposal.State.SHORTLISTED, _("Feasible, on the ballot")),
            (Proposal.State.FEASIBLE, _("Feasible, not on the ballot yet")),
            (Proposal.State.NOT_FEASIBLE, _("Not feasible")),
        ],
    )
    verdict = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Published beside the proposal."),
    )
    cost = AmountField(label=_("Checked cost, in tenge"), min_value=1, max_value=10**12)
    running_cost = AmountField(
        label=_("Running cost a year, in tenge"),
        min_value=0,
        max_value=10**12,
        required=False,
    )
