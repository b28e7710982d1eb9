"""What is told of the works of a winner."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation
from accounts.multilingual import Told
from budgeting.models import Work, WorkMoney
from budgeting.services.works import Photo
from participation.fields import AmountField, DayField, PhotoField, offer
from participation.forms import OnceForm

LONGEST_TEXT = 4000
MOST_MONEY = 10**13


def _words(label: Any, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, **more)


class ToldForm(OnceForm):
    """The same words in each language."""

    text_kk = _words(_("In Kazakh"))
    text_ru = _words(_("In Russian"))
    text_en = _words(_("In English"), required=False)

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(data["text_kk"], data["text_ru"], data["text_en"])


class TurnForm(ToldForm):
    on = DayField(label=_("Date"))
    field_order = ["form_key", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class ReportForm(TurnForm):
    """News, or a milestone reached, with a photo."""

    photo = PhotoField(label=_("Photo"), required=False)
    caption = forms.CharField(
        label=_("What the photo shows"),
        max_length=200,
        required=False,
        help_text=_("Read aloud to those who cannot see it."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("photo") and not data.get("caption"):
            self.add_error("caption", _("Say what the photo shows, for those who cannot see it."))
        return data

    def photos(self) -> list[Photo]:
        upload = self.cleaned_data["photo"]
        return [Photo(upload, self.cleaned_data["caption"])] if upload else []


class MilestoneForm(OnceForm):
    name_kk = forms.CharField(label=_("Milestone in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Milestone in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Milestone in English"), max_length=200, required=False)
    due_on = DayField(label=_("Planned for"), help_text=_("For example 27.03.2027."))

    def name(self) -> Told:
        data = self.cleaned_data
        return Told(data["name_kk"], data["name_ru"], data["name_en"])


class PutOffForm(ToldForm):
    due_on = DayField(label=_("New date"), help_text=_("For example 27.03.2027."))
    field_order = ["form_key", "due_on"]


class MoneyForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("What"), choices=WorkMoney.Kind.choices, widget=forms.RadioSelect
    )
    amount = AmountField(
        label=_("Amount, in whole units of the currency"),
        min_value=-MOST_MONEY,
        max_value=MOST_MONEY,
        help_text=_("With a minus before it where it corrects what was entered too much."),
    )
    on = DayField(label=_("Date"))
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        help_text=_("Number and date of the contract or the act of acceptance."),
    )

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Enter a sum, not nought."))
        return amount


class EntrustForm(OnceForm):
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Who builds it"))

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru"))
        self.fields["body"].initial = work.body_id
