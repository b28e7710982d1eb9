"""Names of things that exist once in each of the three languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("kk", "ru", "en")


def first_available(by_language: dict[str, str]) -> str:
    """The text in the reader's language, else in Kazakh, Russian or English, whichever exists."""
    reader = (get_language() or "kk")[:2]
    for language in (reader, *LANGUAGES):
        if text := by_language.get(language):
            return text
    return ""


class NamedInThreeLanguages(models.Model):
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return first_available({"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en})


@dataclass(frozen=True)
class Told:
    """The same words in each language; Kazakh and Russian are obligatory."""

    kk: str
    ru: str
    en: str = ""

    def fields(self, name: str) -> Mapping[str, str]:
        return {f"{name}_{code}": getattr(self, code).strip() for code in ("kk", "ru", "en")}

    @property
    def is_whole(self) -> bool:
        return bool(self.kk.strip() and self.ru.strip())


class ToldInThreeLanguages(models.Model):
    """A text that an office writes once in each language; Kazakh and Russian are obligatory."""

    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return first_available({"kk": self.text_kk, "ru": self.text_ru, "en": self.text_en})
