"""The shape of what people send to a hearing; rules are checked by the services."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from councils.models import HearingRegistration
from councils.services.hearings.places import Guest
from councils.services.hearings.submissions import Written
from participation.discussion_forms import FilesField
from participation.forms import OnceForm
from participation.wording import language_of

LONGEST_QUESTION = 600
LONGEST_SUBMISSION = 10_000
FEWEST_DIGITS = 7


class ContactField(forms.CharField):
    """An e-mail address or a telephone number, written so that the same one is the same text."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        if "@" in text:
            validate_email(text)
            return text.lower()
        digits = "".join(letter for letter in text if letter.isdigit())
        if len(digits) < FEWEST_DIGITS or set(text) - set("0123456789+-() "):
            raise forms.ValidationError(_("Write an e-mail address or a telephone number."))
        # Domestic calls begin with 8 where others begin with +7.
        return "+7" + digits[1:] if len(digits) == 11 and digits[0] in "78" else "+" + digits


class ComingForm(OnceForm):
    """With an account the name is known, and the account is the contact."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    contact = ContactField(
        label=_("E-mail address or telephone"),
        max_length=200,
        help_text=_("Only the secretary sees it, and only to tell you of this hearing."),
    )
    capacity = forms.ChoiceField(label=_("You come as"), choices=HearingRegistration.Capacity)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    attends = forms.ChoiceField(
        label=_("You take part"), choices=HearingRegistration.Attends, widget=forms.RadioSelect
    )
    position = forms.ChoiceField(
        label=_("Your position"), choices=HearingRegistration.Position, widget=forms.RadioSelect
    )
    wants_to_speak = forms.BooleanField(label=_("I want to speak"), required=False)

    def __init__(self, *args: Any, has_account: bool, is_online_possible: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if has_account:
            for name in ("name", "contact"):
                del self.fields[name]
        if not is_online_possible:
            del self.fields["attends"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        of_one = data.get("capacity") == HearingRegistration.Capacity.ORGANISATION
        if of_one and not data.get("organisation"):
            self.add_error("organisation", _("Name the organisation."))
        return data

    def guest(self, *, online: bool) -> Guest:
        """`online` is how everybody takes part where nobody is asked."""
        names = ("name", "contact", "capacity", "organisation", "attends", "position",
                 "wants_to_speak")  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return Guest(**{"attends": "online" if online else "hall"} | said)


class GuestForm(OnceForm):
    """Somebody who comes in from the street; the secretary types it."""

    name = forms.CharField(label=_("Name"), max_length=150)
    capacity = forms.ChoiceField(label=_("Comes as"), choices=HearingRegistration.Capacity)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    position = forms.ChoiceField(
        label=_("Position"), choices=HearingRegistration.Position, initial="neutral"
    )
    wants_to_speak = forms.BooleanField(label=_("Wants to speak"), required=False)

    def guest(self) -> Guest:
        data = {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
        return Guest(**data)


class QuestionForm(OnceForm):
    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def language(self) -> str:
        return language_of(self.cleaned_data["text"], (get_language() or "kk")[:2])


class SubmissionForm(OnceForm):
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=LONGEST_SUBMISSION,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("In the language you like. Leave out what is private."),
    )
    attachments = FilesField(
        label=_("Photos or documents"),
        required=False,
        help_text=_("Up to three: images, PDF, DOCX, XLSX, 10 MB each."),
    )
    name = forms.CharField(label=_("Your name"), max_length=150)
    contact = ContactField(
        label=_("E-mail address or telephone"),
        max_length=200,
        required=False,
        help_text=_("Only the secretary sees it, and only to tell you of this hearing."),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    may_publish = forms.BooleanField(
        label=_("It may be published with my name"),
        required=False,
        help_text=_("Without your consent only its number is public; the council reads it all."),
    )

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(
            text=data["text"],
            language=language_of(data["text"], (get_language() or "kk")[:2]),
            name=data["name"],
            contact=data["contact"],
            organisation=data["organisation"],
            may_publish=data["may_publish"],
        )


class WithdrawalForm(OnceForm):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=300, help_text=_("The reason stays public.")
    )
