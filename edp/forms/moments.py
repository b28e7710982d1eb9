"""A day and an hour as people write them."""

from typing import Any

from django import forms


class MomentField(forms.DateTimeField):
    """27.03.2027 14:30, in the time of the site."""

    widget = forms.DateTimeInput(format="%d.%m.%Y %H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"], **kwargs)
