"""Filling the tree of places, and reading it the way pages show it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.contrib.postgres.aggregates import BoolOr
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from accounts.multilingual import first_available
from participation.kinds import State, kind_named, process_kinds
from participation.models import Dossier, Phase, Territory
from participation.territories import (
    KatoRow,
    Place,
    Problem,
    alphabetical,
    our_places,
    read_kato,
)

# From a place up to its country: the classifier has five levels, and the country stands above.
TERRITORY_AND_ABOVE = ["territory" + "__parent" * steps for steps in range(6)]
_BATCH = 1000
CARDS = 60


class ClassifierInvalid(Exception):
    """The file cannot be imported; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


# --- Our own table --------------------------------------------------------------------------------

_FROM_TABLE = ["kind", "name_kk", "name_ru", "name_en", "kato", "iso_code", "valid_from"]
_FROM_TABLE += ["centre_kk", "centre_ru", "centre_en", "population", "population_on"]
_NOT_FIELDS = {"parent", "predecessor", "iso_before_2022", "country"}


@transaction.atomic
def load_territories(*, abroad: bool = True) -> dict[str, Territory]:
    """Upserts our own table and returns it by slug; `abroad` adds the places outside Kazakhstan.

    A code that the classifier gave to a place of ours that had none is kept.
    """
    places = [place for place in our_places() if abroad or place.country == "KZ"]
    slugs = [place.slug for place in places]
    known = dict(Territory.objects.filter(slug__in=slugs).values_list("slug", "kato"))
    loaded: dict[str, Territory] = {}
    for level in _levels(places):
        batch = [_from_table(place, loaded, known) for place in level]
        Territory.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=[*_FROM_TABLE, "parent"],
        )
        loaded.update({territory.slug: territory for territory in batch})
    link = Territory.predecessors.through
    link._default_manager.bulk_create(
        [
            link(
                from_territory_id=loaded[place.slug].pk,
                to_territory_id=loaded[place.predecessor].pk,
            )
            for place in places
            if place.predecessor
        ],
        ignore_conflicts=True,
    )
    return loaded


def _levels(places: list[Place]) -> Iterable[list[Place]]:
    """Parents before their children."""
    done = {""}
    while places:
        level = [place for place in places if place.parent in done]
        yield level
        done.update(place.slug for place in level)
        places = [place for place in places if place.slug not in done]


def _from_table(place: Place, loaded: dict[str, Territory], known: dict[str, str]) -> Territory:
    values = {name: value for name, value in asdict(place).items() if name not in _NOT_FIELDS}
    values["kato"] = place.kato or known.get(place.slug, "")
    return Territory(**values, parent=loaded.get(place.parent))


# --- The KATO classifier --------------------------------------------------------------------------


@dataclass
class ImportReport:
    """How many rows were written, and what the file says nothing about."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    not_in_file: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass
class _Known:
    """What the database holds before the import, in three queries."""

    ours: set[str]
    by_code: dict[str, Territory]
    without_code: dict[tuple[int | None, str], Territory]
    slugs: set[str]

    @classmethod
    def read(cls) -> "_Known":
        current = list(Territory.objects.filter(valid_to=None))
        return cls(
            ours={place.slug for place in our_places()},
            by_code={territory.kato: territory for territory in current if territory.kato},
            without_code={
                (territory.parent_id, territory.name_kk.casefold()): territory
                for territory in current
                if not territory.kato
            },
            slugs=set(Territory.objects.values_list("slug", flat=True)),
        )


@transaction.atomic
def import_territories(*, content: bytes, dry_run: bool = False) -> ImportReport:
    """Adds and updates places from the classifier. Raises ClassifierInvalid, writing nothing.

    Places are matched by code and keep their slugs; those of our own table keep their names and
    place in the tree too. Places that the file lacks stay as they are and are only counted.
    """
    rows, problems = read_kato(content)
    if problems:
        raise ClassifierInvalid(problems)
    load_territories(abroad=False)
    known = _Known.read()
    report = ImportReport(kinds=Counter(row.kind for row in rows))
    in_file = {row.code for row in rows}
    regions = {code[:2] for code in in_file}
    report.not_in_file = sum(code[:2] in regions and code not in in_file for code in known.by_code)
    for level in _row_levels(rows, known.by_code):
        _write_level(level, known, report)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _row_levels(
    rows: list[KatoRow], stored: dict[str, Territory]
) -> list[list[tuple[KatoRow, str]]]:
    """Rows with the code of their parent, parents before children. Raises ClassifierInvalid."""
    codes = {row.code for row in rows} | stored.keys()
    parent_of = {row.code: next((c for c in row.parents if c in codes), "") for row in rows}
    problems = [
        Problem(row.line, f"the region {row.code[:2]} of {row.code} is not known")
        for row in rows
        if not parent_of[row.code] and row.code not in stored
    ]
    if problems:
        raise ClassifierInvalid(problems)

    def depth(code: str) -> int:
        parent = parent_of.get(code, "")
        return depth(parent) + 1 if parent else 0

    levels: dict[int, list[tuple[KatoRow, str]]] = {}
    for row in sorted(rows, key=lambda row: row.code):
        levels.setdefault(depth(row.code), []).append((row, parent_of[row.code]))
    return [levels[number] for number in sorted(levels)]


def _write_level(level: list[tuple[KatoRow, str]], known: _Known, report: ImportReport) -> None:
    changed: list[Territory] = []
    for row, parent_code in level:
        parent = known.by_code.get(parent_code)
        territory = known.by_code.get(row.code) or _adopted(row, parent, known)
        if territory is None:
            territory = _new(row, parent, known.slugs)
            report.created += 1
            changed.append(territory)
        elif _update(territory, row, parent, known.ours):
            report.updated += 1
            changed.append(territory)
        else:
            report.unchanged += 1
        known.by_code[row.code] = territory
    Territory.objects.bulk_create(
        changed,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["kind", "kato", "name_kk", "name_ru", "parent"],
    )


def _adopted(row: KatoRow, parent: Territory | None, known: _Known) -> Territory | None:
    """A place of the same name under the same parent that had no code so far."""
    return known.without_code.get((parent.pk if parent else None, row.name_kk.casefold()))


def _new(row: KatoRow, parent: Territory | None, slugs: set[str]) -> Territory:
    return Territory(
        slug=_free_slug(row, parent, slugs),
        kind=row.kind,
        kato=row.code,
        name_kk=row.name_kk,
        name_ru=row.name_ru,
        parent=parent,
    )


def _free_slug(row: KatoRow, parent: Territory | None, slugs: set[str]) -> str:
    """The shortest of name, name-parent and name-code that no other place has."""
    base = row.slug_base
    place = f"{base}-{parent.slug}"[:80].strip("-") if parent else base
    slug = next(slug for slug in (base, place, f"{base}-{row.code}") if slug not in slugs)
    slugs.add(slug)
    return slug


def _update(territory: Territory, row: KatoRow, parent: Territory | None, ours: set[str]) -> bool:
    """Takes over what the row says; whether anything changed."""
    said: dict[str, object] = {"kato": row.code}
    if territory.slug not in ours:
        said |= {"kind": row.kind, "name_kk": row.name_kk, "name_ru": row.name_ru}
        said |= {"parent_id": parent.pk if parent else None}
    if all(getattr(territory, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(territory, name, value)
    return True


# --- What pages show ------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegionActivity:
    """A region and whether people can take part in something there: open, some or nothing."""

    territory: Territory
    state: str

    @property
    def is_open(self) -> bool:
        return self.state == "on"


def open_phases(moment: datetime) -> QuerySet[Phase]:
    """Phases of processes that are open and invite people to do something."""
    inviting = Q(pk=None)
    for code in process_kinds():
        calls = [phase.code for phase in kind_named(code).phases if phase.call]
        inviting |= Q(dossier__kind=code, kind__in=calls)
    return Phase.objects.open_at(moment).filter(inviting)


def is_open(moment: datetime) -> Exists:
    """Whether a dossier has such a phase."""
    return Exists(open_phases(moment).filter(dossier=OuterRef("pk")))


def in_language(territories: Iterable[Territory]) -> list[Territory]:
    """By name, in the alphabet of the reader's language."""
    language = (get_language() or "kk")[:2]
    return sorted(territories, key=lambda territory: alphabetical(territory.name, language))


def regions_with_activity(moment: datetime) -> list[RegionActivity]:
    """The regions valid on the day, by name, each with what goes on there (two queries)."""
    states: dict[int, bool] = {}
    published = Dossier.objects.published().filter(kind__in=process_kinds())
    up = [f"{path}_id" for path in TERRITORY_AND_ABOVE]
    # One row a place, however many processes it has.
    by_place = published.annotate(open=is_open(moment)).values(*up).annotate(any=BoolOr("open"))
    for *places, open_now in by_place.values_list(*up, "any"):
        for place in places:
            if place is not None:
                states[place] = states.get(place, False) or open_now
    names = {None: "", True: "on", False: "some"}
    valid = Territory.objects.regions().valid_on(moment.date())
    return [
        RegionActivity(territory, names[states.get(territory.pk)])
        for territory in in_language(valid)
    ]


@dataclass(frozen=True)
class ProcessCard:
    """A process with the phase to show: the open one, else the next, else none."""

    dossier: Dossier
    phase: Phase | None
    is_open: bool = False
    is_coming: bool = False

    @property
    def state(self) -> State | None:
        """Of a kind that has no phases: what stands on its card."""
        kind = self.dossier.kind_info
        return None if kind.phases else kind.state(self.dossier.state)


@dataclass(frozen=True)
class TerritoryPage:
    centre: str
    ancestors: list[Territory]
    predecessors: list[Territory]
    successors: list[Territory]
    parts: list[Territory]
    cards: list[ProcessCard]


def territory_page(*, territory: Territory, moment: datetime) -> TerritoryPage:
    """Everything the page of a place shows, in a number of queries that does not grow."""
    here = Q()
    for path in TERRITORY_AND_ABOVE:
        here |= Q(**{path: territory})
    dossiers = (
        Dossier.objects.published()
        .filter(here, kind__in=process_kinds())
        .annotate(open=is_open(moment))
        .select_related("territory")
        .prefetch_related("texts", "phases")
        .order_by("-open", "-published_at", "-pk")[:CARDS]
    )
    return TerritoryPage(
        centre=first_available(
            {"kk": territory.centre_kk, "ru": territory.centre_ru, "en": territory.centre_en}
        ),
        ancestors=_ancestors(territory),
        predecessors=in_language(territory.predecessors.all()),
        successors=in_language(territory.successors.all()),
        parts=in_language(territory.children.filter(valid_to=None)),
        cards=[_card(dossier, moment) for dossier in dossiers],
    )


def _ancestors(territory: Territory) -> list[Territory]:
    above = []
    while territory.parent is not None:
        territory = territory.parent
        above.append(territory)
    return above[::-1]


def _card(dossier: Dossier, moment: datetime) -> ProcessCard:
    phases = list(dossier.phases.all())
    for phase in phases:
        if phase.is_open_at(moment) and phase.info.call:
            return ProcessCard(dossier, phase, is_open=True)
    for phase in phases:
        if phase.closes_at > moment:
            return ProcessCard(dossier, phase, is_coming=phase.opens_at > moment)
    return ProcessCard(dossier, None)
