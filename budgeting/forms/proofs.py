"""What shows that a person may vote."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.fields import offer
from participation.forms import OnceForm
from participation.models import Territory


class ResidenceForm(OnceForm):
    """An officer has seen an identity document."""

    email = forms.EmailField(
        label=_("E-mail address of the person's account"),
        help_text=_("The person signs up first and tells you the address."),
    )
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Place of residence"), empty_label=None
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("As in the document, for example 27.03.1990."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk=territory.pk) | Q(parent=territory)
        offer(self, "territory", Territory.objects.filter(own))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        self.person = person
        return email

    def clean_born_on(self) -> datetime.date:
        born_on: datetime.date = self.cleaned_data["born_on"]
        if not datetime.date(1900, 1, 1) <= born_on < timezone.localdate():
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return born_on
