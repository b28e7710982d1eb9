"""The shape of what is sent about meetings; rules are checked by the services."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, Organisation
from accounts.multilingual import LANGUAGES
from edp.models import DiscoveryProcess, Theme, Workshop
from edp.services.workshops.board import PaperTally
from participation.fields import AccountField, MomentField, offer
from participation.forms import OnceForm
from participation.models import Territory
from participation.services import Wording

HELIX_OR_UNKNOWN = [*Helix.choices, ("", pgettext_lazy("helix", "Not known"))]


class WorkshopForm(OnceForm):
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=Workshop.Kind.choices)
    mode = forms.ChoiceField(label=_("Held"), choices=Workshop.Mode.choices)
    starts_at = MomentField(label=_("Begins"), help_text=_("For example 27.03.2027 14:30."))
    ends_at = MomentField(label=_("Ends"))
    territory = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("City, town or district"),
        help_text=_("Meetings outside the centre count for the gate of discovery."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=300,
        required=False,
        help_text=_("House, street and hall; for an online meeting its address."),
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Leave it empty if as many may come as want to."),
    )
    moderated_by = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Moderated by"),
        required=False,
        help_text=_("Somebody other than the body that leads the process is better."),
    )
    rapporteur = AccountField(
        label=_("E-mail address of the rapporteur's account"),
        required=False,
        help_text=_("The rapporteur writes down what is said and checks people in."),
    )
    summary_kk = forms.CharField(
        label=_("Invitation in Kazakh"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_ru = forms.CharField(
        label=_("Invitation in Russian"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_en = forms.CharField(
        label=_("Invitation in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body_kk = forms.CharField(
        label=_("Agenda in Kazakh"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    body_ru = forms.CharField(
        label=_("Agenda in Russian"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    body_en = forms.CharField(
        label=_("Agenda in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    FIELDS = ("kind", "mode", "starts_at", "ends_at", "place", "capacity", "moderated_by",
              "rapporteur")  # fmt: skip

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = process.dossier.territory
        inside = Q(pk=region.pk) | Q(parent=region) | Q(parent__parent=region)
        offer(self, "territory", Territory.objects.filter(inside).order_by("kind", "name_kk"))
        offer(self, "moderated_by", Organisation.objects.order_by("name_kk"))

    @staticmethod
    def initial_of(workshop: Workshop) -> dict[str, Any]:
        found = {name: getattr(workshop, name) for name in WorkshopForm.FIELDS}
        found["rapporteur"] = workshop.rapporteur.email if workshop.rapporteur else ""
        found["territory"] = workshop.dossier.territory
        for text in workshop.dossier.texts.all():
            for part in ("title", "summary", "body"):
                found[f"{part}_{text.language}"] = getattr(text, part)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end comes after the beginning."))
        for name, moment in (("starts_at", starts), ("ends_at", ends)):
            if moment and not 2000 <= moment.year <= 2100:
                self.add_error(name, _("Check the year: this date cannot be right."))
        return data

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(
                language,
                data[f"title_{language}"],
                data[f"summary_{language}"],
                data[f"body_{language}"],
                origin="official",
            )
            for language in LANGUAGES
            if data[f"title_{language}"]
        ]

    def fields_of_row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class CancellationForm(OnceForm):
    kk = forms.CharField(label=_("Reasons in Kazakh"), max_length=500)
    ru = forms.CharField(label=_("Reasons in Russian"), max_length=500)


class ReportForm(OnceForm):
    kk = forms.CharField(
        label=_("Report in Kazakh"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10})
    )
    ru = forms.CharField(
        label=_("Report in Russian"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10})
    )
    en = forms.CharField(
        label=_("Report in English"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class InvitationForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("An address with an account gets a message; others stand on a list to print."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name_kk"), label=_("Organisation"), required=False
    )
    helix = forms.ChoiceField(label=_("Helix"), choices=Helix.choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("name", "email", "organisation")):
            self.add_error("name", _("Say whom you invite: a name, an address or an organisation."))
        body: Organisation | None = data.get("organisation")
        # Of an organisation it is known.
        data["helix"] = body.helix if body else data.get("helix") or Helix.CIVIL_SOCIETY
        return data


class GuestForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("With the address of an account the person is recognised next time."),
    )
    helix = forms.ChoiceField(label=_("Helix"), choices=HELIX_OR_UNKNOWN, required=False)
    is_first_time = forms.BooleanField(
        label=_("For the first time at a meeting of this process"), required=False, initial=True
    )


class HeadCountForm(OnceForm):
    """Two numbers for each helix, and for those of whom it is not known."""

    def __init__(self, *args: Any, counts: dict[str, tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for helix, label in HELIX_OR_UNKNOWN:
            people, newcomers = counts.get(helix, (None, None))
            for name, text, number in (
                ("people", _("%(helix)s: people"), people),
                ("new", _("%(helix)s: of them for the first time"), newcomers),
            ):
                self.fields[f"{helix or 'unknown'}_{name}"] = forms.IntegerField(
                    label=text % {"helix": label},
                    min_value=0,
                    max_value=100_000,
                    required=False,
                    initial=number,
                )

    def counts(self) -> dict[str, tuple[int, int]]:
        data = self.cleaned_data
        found = {}
        for helix, _label in HELIX_OR_UNKNOWN:
            key = helix or "unknown"
            found[helix] = (data[f"{key}_people"] or 0, data[f"{key}_new"] or 0)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for helix, _label in HELIX_OR_UNKNOWN:
            key = helix or "unknown"
            if (data.get(f"{key}_new") or 0) > (data.get(f"{key}_people") or 0):
                self.add_error(f"{key}_new", _("No more people can be new than have come."))
        return data


class ThemeForm(OnceForm):
    kk = forms.CharField(label=_("Theme in Kazakh"), max_length=120)
    ru = forms.CharField(label=_("Theme in Russian"), max_length=120)
    en = forms.CharField(label=_("Theme in English"), max_length=120, required=False)


class OpenDotsForm(OnceForm):
    each = forms.IntegerField(
        label=_("Dots of one participant"), min_value=1, max_value=20, initial=3
    )
    a_theme = forms.IntegerField(
        label=_("On one theme, at most"), min_value=1, max_value=20, initial=2
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("a_theme") or 0) > (data.get("each") or 0):
            self.add_error("a_theme", _("This is more than a participant has."))
        return data


class PaperDotsForm(OnceForm):
    """For each helix how many people gave dots on paper, and how many each theme got."""

    def __init__(
        self,
        *args: Any,
        workshop: Workshop,
        themes: Iterable[Theme],
        known: Mapping[str, PaperTally],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workshop, self.themes = workshop, list(themes)
        for helix, label in HELIX_OR_UNKNOWN:
            tally = known.get(helix)
            key = helix or "unknown"
            self.fields[f"{key}_people"] = self._number(
                _("%(helix)s: people who gave dots") % {"helix": label},
                tally.people if tally else None,
            )
            for theme in self.themes:
                self.fields[f"{key}_{theme.pk}"] = self._number(
                    _("%(helix)s: dots on “%(theme)s”") % {"helix": label, "theme": theme.name},
                    tally.dots.get(theme.pk) if tally else None,
                )

    @staticmethod
    def _number(label: str, initial: int | None) -> forms.IntegerField:
        return forms.IntegerField(
            label=label, min_value=0, max_value=20_000, required=False, initial=initial
        )

    def tallies(self) -> dict[str, PaperTally]:
        """Of the helices of which anybody gave dots."""
        found = {}
        for helix, _label in HELIX_OR_UNKNOWN:
            key = helix or "unknown"
            people = self.cleaned_data.get(f"{key}_people") or 0
            dots = {
                theme.pk: self.cleaned_data.get(f"{key}_{theme.pk}") or 0 for theme in self.themes
            }
            if people or any(dots.values()):
                found[helix] = PaperTally(people, dots)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for helix, tally in self.tallies().items():
            key, most = helix or "unknown", tally.people * self.workshop.dots_a_theme
            if sum(tally.dots.values()) > tally.people * self.workshop.dots_each:
                self.add_error(f"{key}_people", _("So many people do not have so many dots."))
            for theme, number in tally.dots.items():
                if number > most:
                    self.add_error(f"{key}_{theme}", _("At most %(most)s here.") % {"most": most})
        return data


def read_dots(data: Any, themes: Iterable[int]) -> dict[int, int]:
    """What a form of dots says; garbage counts as nothing."""
    found = {}
    for theme in themes:
        text = data.get(f"theme-{theme}", "").strip()
        found[theme] = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return found
