from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.event_kinds import CATEGORIES, SITE, SMS, TELEGRAM, Category
from participation.models import Delivery, Newsletter, Preference, Reach
from participation.services.preferences import Choice


class OnceForm(forms.Form):
    """A form with a key of its own, so that sending it twice is one act (services.once)."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PreferenceForm(forms.Form):
    """A pace for every category and channel by which the person can be reached."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        help_text=_("Digests come at 8 in the morning; telephones stay quiet from 21 to 8."),
        choices=[(zone, zone.replace("_", " ")) for zone in settings.TIME_ZONES],
    )

    def __init__(self, *args: Any, paces: dict[Choice, str], reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].initial = reach.time_zone
        self.choices_by_field: dict[str, Choice] = {}
        for category in CATEGORIES.values():
            for channel in category.paces:
                if _can_reach(reach, channel):
                    self._offer(category, channel, paces[category.code, channel])

    def _offer(self, category: Category, channel: str, pace: str) -> None:
        name = f"{category.code}-{channel}"
        self.choices_by_field[name] = (category.code, str(channel))
        self.fields[name] = forms.ChoiceField(
            label=capfirst(str(Delivery.Channel(channel).label)),
            choices=_site_paces() if channel == SITE else Preference.Pace.choices,
            initial=pace,
        )

    @property
    def groups(self) -> list[tuple[Category, list[BoundField]]]:
        """The fields of each category."""
        by_category = groupby(self.choices_by_field.items(), key=lambda item: item[1][0])
        return [
            (CATEGORIES[code], [self[name] for name, _choice in items])
            for code, items in by_category
        ]

    def paces(self) -> dict[Choice, str]:
        data = self.cleaned_data
        return {choice: data[name] for name, choice in self.choices_by_field.items()}


def _site_paces() -> list[tuple[str, str]]:
    return [
        (Preference.Pace.AT_ONCE, gettext("Shown in my messages")),
        (Preference.Pace.NEVER, gettext("Not shown")),
    ]


def _can_reach(reach: Reach, channel: str) -> bool:
    if channel == TELEGRAM:
        return bool(reach.telegram_chat)
    return channel != SMS or bool(reach.phone)


class NewsletterForm(OnceForm):
    """One letter, in the two official languages and, if wished, in English."""

    subject_kk = forms.CharField(label=_("Subject in Kazakh"), max_length=120)
    body_kk = forms.CharField(
        label=_("Text in Kazakh"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )
    subject_ru = forms.CharField(label=_("Subject in Russian"), max_length=120)
    body_ru = forms.CharField(
        label=_("Text in Russian"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )
    subject_en = forms.CharField(label=_("Subject in English"), max_length=120, required=False)
    body_en = forms.CharField(
        label=_("Text in English"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    @classmethod
    def of(cls, newsletter: Newsletter) -> "NewsletterForm":
        names = [name for name in cls.base_fields if name != "form_key"]
        return cls(initial={name: getattr(newsletter, name) for name in names})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for given, missing in (("subject_en", "body_en"), ("body_en", "subject_en")):
            if data.get(given) and not data.get(missing):
                self.add_error(missing, _("Write both in English, the subject and the text."))
        return data
