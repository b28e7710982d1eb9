"""The shape of what people send about ideas; rules are checked by the services."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from edp.activities import activity_name
from edp.activity_sentence import BARE_SECTOR, CAPABILITY, MARKET, MISSING, TECHNOLOGY, faults_of
from edp.models import DiscoveryProcess, Idea, Pledge, SpecialisationResult
from edp.services.ideas import IdeaWords
from participation.fields import AmountField
from participation.forms import OnceForm

SAVE, GO_ON = "save", "go_on"
# What is said of a part that names nothing but a sector, with an example of how to say more.
BARE = {
    CAPABILITY: _(
        "This names only a sector. Say what exactly you can do: not “tourism” but “guided rides "
        "along the Silk Road forts”."
    ),
    TECHNOLOGY: _(
        "This names only a sector. Say how: which method, equipment or knowledge, for example "
        "“low-temperature firing, tested by the university's laboratory”."
    ),
    MARKET: _(
        "This names only a sector. Say who buys or uses it: for example “builders of the region "
        "and of Kyrgyzstan”."
    ),
}
REPEATED = _("The same words stand in another part already.")
NOTHING = _("Write at least a few words.")
LIKE_A_NUMBER = re.compile(r"[0-9]{1,9}")


class IdeaForm(OnceForm):
    """An idea being written; a draft needs nothing but a title."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("One short line, as you would tell it.")
    )
    capability = forms.CharField(
        label=_("What can we do?"),
        max_length=200,
        help_text=_("A skill, a resource or a product that people here have or can build."),
    )
    technology = forms.CharField(
        label=_("With which technology?"),
        max_length=200,
        help_text=_("A method, equipment or knowledge: one's own, or of a laboratory nearby."),
    )
    market = forms.CharField(
        label=_("For whom?"), max_length=200, help_text=_("Who buys it, or who uses it.")
    )
    body = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is there already, what is missing, what the first step would be."),
    )
    affected_groups = forms.CharField(
        label=_("Whom does it touch?"),
        max_length=300,
        required=False,
        help_text=_("Neighbours, workers, nature: also those who might lose by it."),
    )
    activity_codes = forms.MultipleChoiceField(
        label=_("Activities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As in the figures of the region; leave it empty if nothing fits."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of"),
        required=False,
        empty_label=_("Myself"),
    )
    origin = forms.ChoiceField(label=_("Origin"), choices=Idea.Origin.choices)
    statements = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, process: DiscoveryProcess, person: User, organises: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_draft = self.data.get("act") == SAVE
        offer_organisations(self, person)
        codes = _codes_of(process)
        if codes:
            self.fields["activity_codes"].choices = codes  # type: ignore[attr-defined]
        else:
            del self.fields["activity_codes"]
        if not organises:
            del self.fields["origin"]
        if self.is_draft:
            for name in Idea.PARTS:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.is_draft:
            for fault in faults_of({name: data.get(name, "") for name in Idea.PARTS}):
                if fault.part not in self.errors:
                    self.add_error(fault.part, _message(fault.code, fault.part))
        return data

    def words(self, language: str = "") -> IdeaWords:
        """In `language`, else in that of the page."""
        data = self.cleaned_data
        return IdeaWords(
            language=language or (get_language() or "kk")[:2],
            title=data["title"],
            **{name: data[name] for name in Idea.PARTS},
            body=data["body"],
            affected_groups=data["affected_groups"],
            activity_codes=data.get("activity_codes", []),
            organisation=data["organisation"],
            origin=data.get("origin", Idea.Origin.BOTTOM_UP),
        )

    @property
    def numbers_of_statements(self) -> list[int]:
        """Of those with which the idea begins, as far as they are numbers."""
        parts = str(self["statements"].value() or "").split(",")
        return [int(part) for part in parts if LIKE_A_NUMBER.fullmatch(part)][:10]


def _message(code: str, part: str) -> Any:
    return {BARE_SECTOR: BARE[part], MISSING: NOTHING}.get(code, REPEATED)


def _codes_of(process: DiscoveryProcess) -> list[tuple[str, str]]:
    found = SpecialisationResult.objects.filter(
        version__dataset__process=process, version__published_at__isnull=False
    )
    codes = found.order_by("activity").values_list("activity", flat=True).distinct()
    return [(code, f"{activity_name(code)} ({code})") for code in codes]


def offer_organisations(form: forms.Form, person: User) -> None:
    """For whom the person acts today; without any the field is left out of sight."""
    acting = person.affiliations.valid_on(timezone.localdate()).values("organisation")
    field = form.fields["organisation"]
    field.queryset = Organisation.objects.filter(pk__in=acting)  # type: ignore[attr-defined]


class SourceForm(OnceForm):
    """What was found and is taken as a source; each thing as "statement-12"."""

    things = forms.MultipleChoiceField(
        label=_("Sources"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of them.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        help_text=_("How the idea follows from it, in one line."),
    )

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, key) for key in keys]
        self.fields["things"].choices = choices  # type: ignore[attr-defined]


class DecisionForm(OnceForm):
    """What becomes of a submitted idea."""

    ADMIT, RETURN, SCREEN_OUT, MERGE = "admit", "return", "screen_out", "merge"

    verdict = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (ADMIT, _("Admit to evaluation")),
            (RETURN, _("Send back for completion")),
            (SCREEN_OUT, _("Do not admit")),
            (MERGE, _("Merge into another idea")),
        ],
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Obligatory unless the idea is admitted; published beside it."),
    )
    into = forms.IntegerField(
        label=_("Number of the other idea"),
        required=False,
        min_value=1,
        max_value=10**6,
        help_text=_("Only for a merge: it takes over sources, authors and supporters."),
    )
    named_in_plan = forms.CharField(
        label=_("Existing plan that names this activity"),
        required=False,
        max_length=300,
        help_text=_(
            "Only for admission; empty if there is none. It decides on the label surprise."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        verdict = data.get("verdict")
        if verdict and verdict != self.ADMIT and not data.get("reasons", "").strip():
            self.add_error("reasons", _("Give the reasons: they are published beside the idea."))
        if verdict == self.MERGE and not data.get("into") and "into" not in self.errors:
            self.add_error("into", _("Give the number of another idea of this process."))
        return data


class AgainForm(OnceForm):
    """A parked idea is taken up again."""

    reasons = forms.CharField(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class IdeaTranslationForm(OnceForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    capability = forms.CharField(label=_("What can we do?"), max_length=200)
    technology = forms.CharField(label=_("With which technology?"), max_length=200)
    market = forms.CharField(label=_("For whom?"), max_length=200)
    body = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.choices = [c for c in field.choices if c[0] != original]  # type: ignore[attr-defined]


class PledgeForm(OnceForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("pledge", "What do you put in?"),
        widget=forms.RadioSelect,
        choices=Pledge.Kind.choices,
    )
    text = forms.CharField(
        label=_("In words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: two engineers for half a year; a hall of 200 square metres."),
    )
    amount = AmountField(
        label=_("Worth, in tenge"),
        required=False,
        min_value=1,
        max_value=10**14,
        help_text=_("Obligatory for money. Digits only, or with spaces."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of"),
        required=False,
        empty_label=_("Myself"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self, person)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_money = data.get("kind") == Pledge.Kind.MONEY
        if is_money and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Say how much money."))
        return data
