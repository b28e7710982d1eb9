"""What the form of a new budget begins with: a template, or the cycle of an earlier year."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle
from budgeting.phase_dates import PhaseDates, moved_by_years, usual_dates
from budgeting.presets import TEMPLATES, Template
from participation.models import Role, Territory

LANGUAGES = ("kk", "ru", "en")
BY_CALENDAR = frozenset({phases.WORKS})


@dataclass(frozen=True)
class Start:
    """`initial` are values of the form's fields; `dates_of` gives the phases for a year of works.
    `like` is the cycle that is cloned."""

    initial: dict[str, Any]
    year: int
    dates_of: Callable[[int], list[PhaseDates]]
    like: Cycle | None = None


def start_of_template(template: Template) -> Start:
    """For the first year whose proposals are still to come."""
    zone = timezone.get_default_timezone()
    year = timezone.localdate().year + 2

    def dates_of(year: int) -> list[PhaseDates]:
        return usual_dates(template.spans, year, zone)

    if dates_of(year - 1)[0].opens_at > timezone.now():
        year -= 1
    initial = {
        "year": year,
        "word": template.word,
        "rules": template.rules,
        "rows": 1,
        **{f"name_{code}_1": getattr(template.envelope, code) for code in LANGUAGES},
    }
    return Start(initial, year, dates_of)


def start_like(cycle: Cycle) -> Start:
    """The next year's: dates moved, envelopes and rules the same, years in its titles too."""
    year = cycle.year + 1

    def dates_of(year: int) -> list[PhaseDates]:
        return _moved(cycle, year - cycle.year)

    place = cycle.dossier.territory
    initial: dict[str, Any] = {
        "territory": place.pk,
        "year": year,
        "word": _word_of(cycle),
        "rules": cycle.ruleset.key,
    }
    for text in cycle.dossier.texts.all():
        for name in ("title", "summary"):
            old = getattr(text, name)
            initial[f"{name}_{text.language}"] = old.replace(str(cycle.year), str(year))
    envelopes = list(cycle.envelopes.all())
    initial["rows"] = len(envelopes)
    for number, envelope in enumerate(envelopes, start=1):
        is_whole = envelope.territory_id == place.pk
        initial[f"place_{number}"] = "" if is_whole else envelope.territory_id
        initial[f"amount_{number}"] = envelope.amount
        for code in LANGUAGES:
            initial[f"name_{code}_{number}"] = getattr(envelope, f"name_{code}")
    return Start(initial, year, dates_of, like=cycle)


def _moved(cycle: Cycle, years: int) -> list[PhaseDates]:
    """Phases that the earlier cycle did not have come from the first template."""
    zone = timezone.get_default_timezone()
    kept = [PhaseDates(p.kind, p.opens_at, p.closes_at) for p in cycle.dossier.phases.all()]
    moved = moved_by_years(kept, years, zone, by_calendar=BY_CALENDAR)
    usual = usual_dates(TEMPLATES[0].spans, cycle.year + years, zone)
    found = {date.kind: date for date in [*usual, *moved]}
    return [found[kind] for kind in phases.ORDER]


def _word_of(cycle: Cycle) -> str:
    """What the address has between place and year."""
    before, after = f"{cycle.dossier.territory.slug}-", f"-{cycle.year}"
    if cycle.slug.startswith(before) and cycle.slug.endswith(after):
        return cycle.slug[len(before) : -len(after)]
    return ""


def organised_places(person: User) -> list[Territory]:
    """Where somebody may set up budgets."""
    roles = Role.objects.in_force().filter(person=person, kind=Role.Kind.ORGANISER)
    return sorted(
        Territory.objects.filter(pk__in=roles.values("territory")), key=lambda place: place.name
    )


def with_parts(places: Iterable[Territory]) -> dict[int, Territory]:
    """These places and all within them, by their keys: a query for each level below."""
    found = {place.pk: place for place in places}
    level = list(found)
    while level:
        below = Territory.objects.valid_on(timezone.localdate()).filter(parent__in=level)
        new = [place for place in below if place.pk not in found]
        found.update({place.pk: place for place in sorted(new, key=lambda place: place.name)})
        level = [place.pk for place in new]
    return found


def clonable(places: list[Territory]) -> list[Cycle]:
    """Cycles of these places that a new one can be made like, the newest first."""
    cycles = Cycle.objects.filter(dossier__territory__in=places, source_note="")
    named = cycles.select_related("dossier").prefetch_related("dossier__texts")
    return list(named.order_by("-year", "slug"))
