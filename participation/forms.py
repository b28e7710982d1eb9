from uuid import uuid4

from django import forms


class OnceForm(forms.Form):
    """A form with a key of its own, so that sending it twice is one act (services.once)."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
