"""What authors, staff and translators send."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from budgeting.models import Category, Cycle, Envelope
from budgeting.place_maps import map_of
from budgeting.services.proposals import Paper, Project
from participation.fields import AmountField, DayField, PhotoField, offer
from participation.forms import OnceForm
from participation.models import Territory
from participation.services import Wording
from participation.templatetags.kenes import money


class WhatForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What should be built, mended or done, and where: one short line."),
    )
    summary = forms.CharField(
        label=_("In two sentences"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on lists and on the ballot."),
    )
    body = forms.CharField(
        label=_("Description"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Whom it helps, what it takes, what you know about the place."),
    )

    def wording(self, language: str = "") -> Wording:
        data = self.cleaned_data
        language = language or (get_language() or "kk")[:2]
        return Wording(language, data["title"], data["summary"], data["body"])


class WhereForm(forms.Form):
    """`point` becomes latitude and longitude."""

    envelope = forms.ModelChoiceField(
        Envelope.objects.none(), label=_("From which money"), empty_label=None
    )
    district = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("District"),
        required=False,
        empty_label=_("The whole place, or I do not know"),
        error_messages={
            "invalid_choice": _("There is no such district here: choose from the list.")
        },
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Street and house, or a name that people there know."),
    )
    point = forms.CharField(
        label=_("Point on the map"),
        max_length=60,
        required=False,
        help_text=_(
            "Press the map, or write a square of it such as C4, or coordinates from a map on your "
            "telephone such as 42.90, 71.37."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        envelopes = cycle.envelopes.select_related("territory")
        offer(self, "envelope", envelopes)
        first = next(iter(envelopes), None)
        self.fields["envelope"].initial = first
        place = cycle.dossier.territory
        offer(self, "district", Territory.objects.filter(parent=place).order_by("slug"))
        self.map = map_of(place)
        if self.map is None:
            del self.fields["point"]

    def clean_point(self) -> tuple[float, float] | None:
        text = self.cleaned_data["point"]
        if not text or self.map is None:
            return None
        point = self.map.read(text)
        if point is None:
            raise forms.ValidationError(
                _("Write a square of the map such as C4, or coordinates such as 42.90, 71.37.")
            )
        if not self.map.area.contains(*point):
            raise forms.ValidationError(
                _("This point lies outside %(place)s: choose one inside.")
                % {"place": self.cycle.dossier.territory}
            )
        return point

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        envelope, district = data.get("envelope"), data.get("district")
        whole = self.cycle.dossier.territory_id
        if envelope and district and envelope.territory_id not in (whole, district.pk):
            self.add_error(
                "district",
                _("This money is for %(place)s only.") % {"place": envelope.territory},
            )
        return data

    def drawn(self) -> Any:
        """The map with the point, where one is given and can be read."""
        text = str(self["point"].value() or "") if self.map else ""
        return map_of(self.cycle.dossier.territory, self.map.read(text)) if self.map else None


class HowForm(forms.Form):
    """`within` bounds the cost; without it the form has a field `envelope`."""

    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("Choose one")
    )
    cost = AmountField(
        label=_("Rough cost, in tenge"),
        min_value=1,
        max_value=10**12,
        help_text=_("Your best guess: the city will check it. Digits only, or with spaces."),
        error_messages={
            "invalid": _("Write the cost in digits, for example 1 500 000."),
            "min_value": _("Write a cost above nothing, in digits."),
        },
    )

    def __init__(self, *args: Any, within: Envelope | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        envelope, cost = data.get("envelope") or self.within, data.get("cost")
        if envelope and cost and cost > envelope.amount:
            self.add_error(
                "cost",
                _("This is more than all the money there is, %(amount)s: propose a smaller part.")
                % {"amount": money(envelope.amount, envelope.cycle.currency)},
            )
        return data


class PhotoForm(forms.Form):
    photo = PhotoField(
        label=_("Photo of the place"),
        required=False,
        help_text=_("JPEG, PNG or WebP up to 10 MB. Where it was taken is removed from it."),
    )


class WholeForm(WhatForm, WhereForm, HowForm):
    """All three steps at once."""

    def project(self) -> Project:
        data = self.cleaned_data
        latitude, longitude = data.get("point") or (None, None)
        return Project(
            cost=data["cost"],
            category=data["category"],
            place=data["place"],
            district=data["district"],
            latitude=latitude,
            longitude=longitude,
        )


class EditForm(WholeForm, OnceForm):
    note = forms.CharField(
        label=_("What changed, in a line"),
        max_length=300,
        required=False,
        help_text=_("Shown beside the version, and told to those who follow."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Money is chosen once: supporters backed it for this one.
        self.fields["envelope"].disabled = True


class PaperForm(WholeForm, OnceForm):
    language = forms.ChoiceField(
        label=_("Language of the sheet"), choices=[("kk", _("Kazakh")), ("ru", _("Russian"))]
    )
    receipt = forms.RegexField(
        r"^[0-9A-Za-z-]{1,20}$",
        label=_("Receipt number"),
        max_length=20,
        help_text=_("The one on the slip that was given out. Published."),
        error_messages={"invalid": _("Letters, digits and hyphens, at most 20.")},
    )
    handed_in_by = forms.CharField(
        label=_("Who handed it in"), max_length=200, help_text=_("Not published.")
    )
    contact = forms.CharField(
        label=_("Telephone or address"),
        max_length=200,
        required=False,
        help_text=_("Not published."),
    )
    handed_in_on = DayField(label=_("Handed in on"), help_text=_("For example 27.03.2027."))

    def paper(self) -> Paper:
        data = self.cleaned_data
        return Paper(data["receipt"], data["handed_in_by"], data["handed_in_on"], data["contact"])


class ReasonForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Published beside the proposal."),
    )


class MergeForm(ReasonForm):
    into = forms.IntegerField(
        label=_("Number of the proposal in which it goes on"), min_value=1, max_value=10**6
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["into", "reason"])


class AnswerForm(OnceForm):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
    )


class InviteForm(OnceForm):
    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("Whoever has it is asked, and named only if they agree."),
    )


class NoteForm(OnceForm):
    happened_on = DayField(label=_("Date"), help_text=_("For example 27.03.2027."))
    text = forms.CharField(
        label=_("What changed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class UnitCostForm(OnceForm):
    category = forms.ModelChoiceField(Category.objects.all(), label=_("Category"))
    name_kk = forms.CharField(label=_("What, in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("What, in Russian"), max_length=200)
    name_en = forms.CharField(label=_("What, in English"), max_length=200, required=False)
    lowest = AmountField(label=_("From, in tenge"), min_value=1, max_value=10**12)
    highest = AmountField(label=_("To, in tenge"), min_value=1, max_value=10**12)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Contract, price list or office, with year.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lowest, highest = data.get("lowest"), data.get("highest")
        if lowest and highest and highest < lowest:
            self.add_error("highest", _("The range ends before it begins."))
        return data


class TranslationForm(OnceForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("In two sentences"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
