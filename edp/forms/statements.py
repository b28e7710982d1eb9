"""Words of participants: taken down in the hall, or sent from a phone."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix
from edp.forms.workshops import HELIX_OR_UNKNOWN
from edp.models import Statement
from participation.fields import AccountField
from participation.forms import OnceForm
from participation.wording import language_of

LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
ANY_LEVEL = [("", pgettext_lazy("competence", "Not known")), *Statement.Competence.choices]
LONGEST = 1000


class CaptureForm(OnceForm):
    """Built for speed: everything but the words keeps its last value."""

    text = forms.CharField(
        label=_("What was said, word for word"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("It is a"), choices=Statement.Kind.choices)
    helix = forms.ChoiceField(
        label=_("Said by somebody from"), choices=HELIX_OR_UNKNOWN, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    competence = forms.ChoiceField(label=_("Who can change it"), choices=ANY_LEVEL, required=False)
    author = AccountField(label=_("E-mail address of the speaker's account"), required=False)
    is_named = forms.BooleanField(label=_("The speaker's name may be shown"), required=False)
    has_consent = forms.BooleanField(
        label=_("The speaker agrees that these words are published"),
        error_messages={
            "required": _("Nothing is published that its speaker has not agreed to publish.")
        },
    )

    KEPT = ("kind", "helix", "language", "competence")


class PhoneForm(OnceForm):
    """From a phone in the hall: few questions, and the consent."""

    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=_("It is a"), choices=Statement.Kind.choices)
    helix = forms.ChoiceField(label=_("You come from"), choices=Helix.choices)
    has_consent = forms.BooleanField(
        label=_("My words may be published, word for word and without my name"),
        error_messages={"required": _("Without your consent nothing is published.")},
    )

    def language(self) -> str:
        return language_of(self.cleaned_data["text"], (get_language() or "kk")[:2])


class ReleaseForm(OnceForm):
    competence = forms.ChoiceField(choices=ANY_LEVEL, required=False)
    reason = forms.CharField(max_length=200, required=False)


class TranslationForm(OnceForm):
    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [pair for pair in LANGUAGES if pair[0] != statement.language]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=others)
        self.fields["text"] = forms.CharField(
            label=_("Translation"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
        )


class SuccessorForm(OnceForm):
    text = forms.CharField(
        label=_("The new words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class ErasureForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stands in the public record; name nobody in it."),
    )
