from typing import Any

from django import forms


class AmountField(forms.IntegerField):
    """Whole tenge, with or without spaces between the thousands: 1 500 000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)
