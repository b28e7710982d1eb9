"""Form fields as people fill them in here, whatever the process."""

import datetime
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.uploads import ACCEPT, LARGEST, UnfitFile, Upload, examine


def offer(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    """What a choice field of this form may choose from."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = choices


class AmountField(forms.IntegerField):
    """Whole units of money, with or without spaces between the thousands: 1 500 000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)


class DayField(forms.DateField):
    """27.03.2027: a day of this century."""

    widget = forms.DateInput(format="%d.%m.%Y")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d.%m.%Y", "%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        day = cast(datetime.date | None, super().clean(value))
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Check the year: this date cannot be right."))
        return day


class MomentField(forms.DateTimeField):
    """27.03.2027 14:30, in the time of the site."""

    widget = forms.DateTimeInput(format="%d.%m.%Y %H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"], **kwargs)


class PhotoField(forms.FileField):
    """One picture, examined by its content; cleans to an Upload, or None."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return None
        try:
            upload = examine(file.name or "", file.read(LARGEST + 1))
        except UnfitFile as refusal:
            raise forms.ValidationError(f"{refusal} {refusal.way_out}") from refusal
        if not upload.is_image:
            raise forms.ValidationError(_("This is not a picture."))
        return upload


class WebAddressField(forms.URLField):
    """An address on the web; one typed without its scheme is meant to be https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class AccountField(forms.EmailField):
    """The address of an account; the field's value is the person, or None."""

    def clean(self, value: Any) -> Any:
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        return person
