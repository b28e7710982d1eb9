from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """What signing up asks beside e-mail and password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Shown beside what you propose and say."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["email", "name", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """The adapter has written the name already; allauth requires the method."""


# Each in its own words: whoever landed in the wrong language must find their own.
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class PersonForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of this site, and of mail to you."),
        choices=[(code, LANGUAGE_NAMES[code]) for code, _name in settings.LANGUAGES],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Your name")}
        help_texts = {"name": _("Shown beside what you propose and say.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class ErasureForm(forms.Form):
    """Nobody erases themselves by a slip: the e-mail address is typed once more."""

    email = forms.EmailField(
        label=_("Type your e-mail address to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.casefold() != self.person.email.casefold():
            raise forms.ValidationError(_("This is not the e-mail address of this account."))
        return email
