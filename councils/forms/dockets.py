"""The shape of what is sent about a matter; rules are checked by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.wording import WordedForm
from councils.models import Docket
from participation.discussion_forms import FilesField
from participation.forms import OnceForm
from participation.models import Dossier
from participation.uploads import Upload


class DocketForm(WordedForm):
    kind = forms.ChoiceField(label=_("Kind of matter"), choices=Docket.Kind.choices)
    field_order = ["form_key", "kind"]


class PapersForm(OnceForm):
    papers = FilesField(
        label=_("Papers"), help_text=_("Up to three: images, PDF, DOCX, XLSX, 10 MB each.")
    )

    def clean_papers(self) -> list[Upload]:
        papers: list[Upload] = self.cleaned_data["papers"]
        if not papers:
            raise forms.ValidationError(_("Choose a file."))
        return papers


class ReferenceField(forms.CharField):
    """The public number of something on this site; the field's value is its dossier, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, **kwargs})

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        found = Dossier.objects.published().filter(reference=number.strip().upper()).first()
        if found is None:
            raise forms.ValidationError(_("Nothing public has this number."))
        return found


class TieForm(OnceForm):
    source = ReferenceField(
        label=_("Number of what led to this matter"),
        help_text=_("An answer's dossier, a project, a strategy: for example BP-2026-00012."),
    )
