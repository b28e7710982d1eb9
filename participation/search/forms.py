"""The shape of what a search's address says, and of a name for it."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.forms import OnceForm
from participation.kinds import kinds
from participation.models import Territory
from participation.search.filters import OPEN_NOW, Filters
from participation.search.words import LONGEST_QUERY
from participation.services.territories import in_language

Choices = list[tuple[str, Any]]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FILTERS = ("kind", "state", "phase", "place", "since", "until")


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words or number"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_(
            "In any of the three languages; quotes keep words together, a minus leaves out."
        ),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("of a dossier", "Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    place = forms.ChoiceField(label=_("Region"), required=False)
    since = forms.DateField(label=_("Published from"), required=False, widget=DAY)
    until = forms.DateField(label=_("Published until"), required=False, widget=DAY)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        everything = ("", _("All"))
        self._offer("kind", [everything, *((kind.code, kind.label) for kind in kinds())])
        self._offer("state", [everything, *_states()])
        self._offer("phase", [everything, (OPEN_NOW, _("Open now")), *_phases()])
        self._offer("place", [everything, *_places((data or {}).get("place", ""))])

    def _offer(self, name: str, choices: Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def filters(self) -> Filters:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(**given)

    @property
    def more(self) -> list[forms.BoundField]:
        """What stands folded below the words."""
        return [self[name] for name in FILTERS]

    def label_of(self, name: str) -> str:
        """What a filter that is on is called."""
        value = self.cleaned_data[name]
        if name == "q":
            return f"«{value}»"
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return _label(field.choices, value)
        day = forms.DateField().prepare_value(value)
        label = _("from %(day)s") if name == "since" else _("up to %(day)s")
        return str(label) % {"day": f"{day:%d.%m.%Y}"}


def _label(choices: Any, value: str) -> str:
    for code, label in choices:
        if isinstance(label, list | tuple):
            inner = dict(label)
            if value in inner:
                return f"{code}: {inner[value]}"
        elif code == value:
            return str(label)
    return value


def _states() -> Choices:
    return [
        (str(kind.label), [(f"{kind.code}:{state.code}", state.label) for state in kind.states])
        for kind in kinds()
        if kind.states
    ]


def _phases() -> Choices:
    """Those that call people to act, each once: processes may share a phase."""
    found = {phase.code: phase.label for kind in kinds() for phase in kind.phases if phase.call}
    return [(code, _("Open now: %(phase)s") % {"phase": label}) for code, label in found.items()]


def _places(chosen: str) -> Choices:
    regions = list(Territory.objects.regions().valid_on(timezone.localdate()))
    if chosen and chosen not in {region.slug for region in regions}:
        regions += Territory.objects.filter(slug=chosen.replace("\0", "")[:80])
    return [(place.slug, place.name) for place in in_language(regions)]


class SaveSearchForm(OnceForm):
    name = forms.CharField(
        label=_("Name of this search"),
        max_length=80,
        help_text=_("For yourself: it stands in the messages."),
    )
    query = forms.CharField(max_length=500, widget=forms.HiddenInput)
