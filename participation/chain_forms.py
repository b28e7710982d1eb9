"""The shape of a link that an organiser adds or removes."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.forms import OnceForm
from participation.models import Dossier
from participation.relations import relations
from participation.search.finding import by_number

FORWARD, BACKWARD = "forward", "backward"


class LinkForm(OnceForm):
    relation = forms.ChoiceField(label=_("This is, to the other"))
    reference = forms.CharField(
        label=_("Number of the other"),
        max_length=30,
        help_text=_("As it stands on its page, such as BP-2027-00012."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = cast(forms.ChoiceField, self.fields["relation"])
        field.choices = [
            (f"{relation.code}:{way}", label)
            for relation in relations()
            for way, label in ((FORWARD, relation.forward), (BACKWARD, relation.backward))
        ]

    def clean_reference(self) -> str:
        text = str(self.cleaned_data["reference"])
        other = by_number(text)
        if other is None:
            raise forms.ValidationError(_("Nothing public has this number."))
        self._other = other
        return text

    @property
    def other(self) -> Dossier:
        return self._other

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data["relation"]).partition(":")[0]

    @property
    def is_forward(self) -> bool:
        return str(self.cleaned_data["relation"]).endswith(f":{FORWARD}")


class UnlinkForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public: it is kept in the record."),
    )
