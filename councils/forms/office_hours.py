"""The shape of what is sent about office hours; rules are checked by the services."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from councils.models import Council, Docket, Mandate, Weekday
from councils.models.office_hours import LONGEST, SHORTEST
from participation.fields import DayField, offer
from participation.forms import OnceForm
from participation.models import Territory
from participation.services import Wording

LANGUAGE_CHOICES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
ONCE = pgettext_lazy("how often", "One day only")


def _time(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        widget=forms.TimeInput(format="%H:%M"), input_formats=["%H:%M"], **kwargs
    )


class OfficeHoursForm(OnceForm):
    member = forms.ModelChoiceField(Mandate.objects.none(), label=_("Member"))
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("City, town or district"))
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        help_text=_("House, street and room; how to get in with a wheelchair or a pram."),
    )
    weekday = forms.TypedChoiceField(
        label=_("How often"),
        choices=[("", ONCE), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Holidays are left out by themselves."),
    )
    first_on = DayField(label=_("First day"), help_text=_("For example 27.03.2027."))
    last_on = DayField(label=_("Last day"), required=False, help_text=_("For every week only."))
    begins = _time(label=_("Begins"), help_text=_("For example 17:30."))
    ends = _time(label=_("Ends"))
    slot_minutes = forms.IntegerField(
        label=_("Minutes for one talk"), min_value=SHORTEST, max_value=LONGEST, initial=20
    )

    def __init__(self, *args: Any, council: Council, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = council.dossier.territory
        inside = Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place)
        offer(self, "territory", Territory.objects.filter(inside).order_by("kind", "name_kk"))
        offer(self, "member", members)
        self.initial.setdefault("territory", place.pk)
        if len(members) == 1:
            self.initial["member"] = members[0].pk

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_on"), data.get("last_on")
        if data.get("weekday") is None:
            data["last_on"] = last = first
        elif "last_on" in data and last is None:
            self.add_error("last_on", _("Say up to which day these hours come every week."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day comes after the first."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end comes after the beginning."))
        return data

    def hours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "form_key"}


class BookingForm(OnceForm):
    """Who has an account is reached there and may leave name and contact empty."""

    topic = forms.CharField(
        label=_("What it is about"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two, so that the member can prepare. Nobody else reads it."),
    )
    name = forms.CharField(label=_("Your name"), max_length=150)
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=200,
        help_text=_("Only the member and the secretary see it, in case the talk has to be moved."),
    )

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "contact"):
            self.fields[name].required = not has_account


class WithdrawalForm(OnceForm):
    reason = forms.CharField(
        label=_("Why this time is withdrawn"),
        max_length=300,
        help_text=_("Whoever booked it reads this."),
    )


class NoteForm(OnceForm):
    raised = forms.CharField(
        label=_("What was raised"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    follows = forms.CharField(
        label=_("What follows from it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who does what, and by when."),
    )
    language = forms.ChoiceField(label=_("Language of the note"), choices=LANGUAGE_CHOICES)
    has_consent = forms.BooleanField(
        label=_("The visitor agrees that this is published, without their name"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", (get_language() or "kk")[:2])


class DocketFromNoteForm(OnceForm):
    """What was raised as a matter of the council: in words that name nobody."""

    kind = forms.ChoiceField(
        label=_("Kind of matter"), choices=Docket.Kind.choices, initial=Docket.Kind.OWN_INITIATIVE
    )
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    summary_kk = forms.CharField(
        label=_("In short, in Kazakh"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_ru = forms.CharField(
        label=_("In short, in Russian"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(language, data[f"title_{language}"], data[f"summary_{language}"])
            for language in ("kk", "ru")
        ]
