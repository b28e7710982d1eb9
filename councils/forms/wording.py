"""Titles and texts in three languages, as forms of a council ask for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.multilingual import Told
from participation.forms import OnceForm
from participation.models import Dossier
from participation.services import Wording

LANGUAGES = ("kk", "ru", "en")
LONGEST_TEXT = 20_000


def area(label: Any, *, rows: int = 4, longest: int = LONGEST_TEXT, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


class WordedForm(OnceForm):
    """What an official text says: title and text, Kazakh and Russian obligatory."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_kk = area(_("In a few sentences, in Kazakh"), rows=3, longest=2000)
    summary_ru = area(_("In a few sentences, in Russian"), rows=3, longest=2000)
    summary_en = area(_("In a few sentences, in English"), rows=3, longest=2000, required=False)

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(
                code,
                data[f"title_{code}"],
                data[f"summary_{code}"],
                data.get(f"body_{code}", ""),
                origin="official",
            )
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]

    @staticmethod
    def words_of(dossier: Dossier) -> dict[str, str]:
        return {
            f"{name}_{text.language}": getattr(text, name)
            for text in dossier.texts.all()
            for name in ("title", "summary", "body")
        }


class ToldForm(OnceForm):
    """The same words in each language."""

    text_kk = area(_("Text in Kazakh"))
    text_ru = area(_("Text in Russian"))
    text_en = area(_("Text in English"), required=False)

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(data["text_kk"], data["text_ru"], data["text_en"])
