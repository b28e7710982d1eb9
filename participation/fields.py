"""Form fields as people fill them in here, whatever the process."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


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


class MomentField(forms.DateTimeField):
    """27.03.2027 14:30, in the time of the site."""

    widget = forms.DateTimeInput(format="%d.%m.%Y %H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"], **kwargs)


class WebAddressField(forms.URLField):
    """An address on the web; one typed without its scheme is meant to be https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})
