"""What shows that a person may vote."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting.electorate import iin
from budgeting.electorate.register_rows import OLDEST
from budgeting.models import LetterBatch, RegisterLook
from budgeting.sealed_uploads import LARGEST
from participation.fields import AccountField, MomentField, offer
from participation.forms import OnceForm
from participation.models import Territory

IIN_FAULTS = {
    iin.FORM: _("The number has twelve digits."),
    iin.CHECK: _("A digit of this number is wrong: its check digit does not fit."),
    iin.DATE: _("This number and this date of birth do not belong together."),
}


class BirthdayField(forms.DateField):
    """A day on which somebody who lives can have been born."""

    widget = forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "bday"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Date of birth"),
            help_text=_("As in the document, for example 27.03.1990."),
            input_formats=["%d.%m.%Y", "%Y-%m-%d"],
            **kwargs,
        )

    def clean(self, value: Any) -> datetime.date | None:
        day: datetime.date | None = super().clean(value)
        if day and not OLDEST <= day < timezone.localdate():
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return day


class NumberField(forms.CharField):
    """An individual identification number; its value is twelve digits, or "" if none is asked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Individual identification number (IIN)"))
        attributes = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        number = "".join(str(super().clean(value)).split())
        fault = iin.fault_of(number) if number else ""
        if fault:
            raise forms.ValidationError(IIN_FAULTS[fault])
        return number


def _add_date_fault(form: forms.Form) -> None:
    """Where number and date are both whole but contradict each other."""
    number, born_on = form.cleaned_data.get("iin"), form.cleaned_data.get("born_on")
    if number and born_on and iin.fault_of(number, born_on):
        form.add_error("born_on", IIN_FAULTS[iin.DATE])


class ResidenceForm(OnceForm):
    """An officer has seen an identity document."""

    email = AccountField(
        label=_("E-mail address of the person's account"),
        help_text=_("The person signs up first and tells you the address."),
    )
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Place of residence"), empty_label=None
    )
    born_on = BirthdayField()
    iin = NumberField(
        required=False,
        help_text=_("Ties the person to their line of the register. The number is not kept."),
    )
    lives_since = forms.DateField(
        label=_("Registered there since"),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d.%m.%Y"),
    )

    def __init__(
        self, *args: Any, territory: Territory, needs_number: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk=territory.pk) | Q(parent=territory)
        offer(self, "territory", Territory.objects.filter(own))
        self.fields["iin"].required = needs_number

    def clean_lives_since(self) -> datetime.date | None:
        since: datetime.date | None = self.cleaned_data["lives_since"]
        if since and not OLDEST <= since <= timezone.localdate():
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return since

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _add_date_fault(self)
        return data


class NumberForm(forms.Form):
    """Somebody says which line of the register is theirs."""

    iin = NumberField(help_text=_("Twelve digits, as in your identity card. It is not kept."))
    born_on = BirthdayField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _add_date_fault(self)
        return data


class CodeForm(forms.Form):
    """What stands on a letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        help_text=_("Thirteen characters; capital or small, with or without hyphens."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    born_on = BirthdayField()


class LookForm(OnceForm):
    """An officer looks up a number, and says why."""

    iin = NumberField()
    reason = forms.ChoiceField(
        label=_("Why you look"), choices=RegisterLook.Reason.choices, widget=forms.RadioSelect
    )


class RegisterForm(OnceForm):
    """A register is handed in."""

    file = forms.FileField(
        label=_("File of the register (CSV)"),
        help_text=_(
            "Columns: iin or iin_hash, born_on, and if you have them district (KATO code), "
            "lives_since, household, sex. The numbers are hashed as they are read and never kept."
        ),
    )
    is_trial = forms.BooleanField(label=_("Only check the file, take nothing over"), required=False)
    keeps_good_lines = forms.BooleanField(
        label=_("Take over the good lines even if some are wrong"), required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 200 MB: send it in parts."))
        return file


class LettersForm(OnceForm):
    """Letters to be made."""

    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("For whom lives in"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Letters"), choices=LetterBatch.Kind.choices, widget=forms.RadioSelect
    )
    valid_until = MomentField(
        label=_("Codes are valid until"), help_text=_("For example 27.03.2027 18:00.")
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk=territory.pk) | Q(parent=territory)
        offer(self, "territory", Territory.objects.filter(own))
