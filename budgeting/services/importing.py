"""A real election from a Pabulib file becomes a finished cycle that the site shows."""

import re
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from budgeting import phases
from budgeting.allocation import Election as CountedElection
from budgeting.allocation import Rule, parse_pabulib
from budgeting.models import BallotFile, Cycle, Election, Envelope, Proposal, ShortlistEntry
from budgeting.services.counting import count_election, sha256_of
from participation.errors import Refused
from participation.models import Phase, Ruleset, Territory
from participation.services import Draft, Wording, create_dossier, create_dossiers, record
from participation.services.dossiers import publish_dossier

# Files that leave out their currency or language, by country.
_CURRENCIES = {"Poland": "PLN", "Kazakhstan": "KZT", "Switzerland": "CHF", "Hungary": "HUF"}
_LANGUAGES = {"Poland": "pl", "France": "fr", "Netherlands": "nl", "Switzerland": "de"}
_EURO = {"France", "Netherlands", "Estonia", "Portugal", "Germany"}
_NO_CURRENCY = "XXX"


class AlreadyImported(Refused):
    pass


@transaction.atomic
def import_pabulib(
    *,
    text: str,
    name: str,
    source_note: str,
    territory: Territory | None = None,
    wordings: list[Wording] | None = None,
    by: User | None = None,
) -> Cycle:
    """Create the cycle, its projects, its election and its count, all published.

    Raises PabulibError for a bad file, ValueError for a rule that the engine does not know,
    AlreadyImported if a cycle of the same place, part and year is there.
    """
    counted = parse_pabulib(text, name=name)
    rule = Rule.from_metadata(counted)
    territory = territory or _territory_of(counted)
    cycle = _create_cycle(counted, rule, territory, source_note, wordings)
    envelope = Envelope.objects.create(
        cycle=cycle,
        number=1,
        territory=territory,
        amount=max(1, counted.budget // counted.scale),
        name_kk="Бюджет",
        name_ru="Бюджет",
        name_en="Budget",
    )
    election = _create_election(counted, envelope, cycle)
    BallotFile.objects.create(
        election=election,
        name=f"{cycle.slug}.pb",
        text=text,
        sha256=sha256_of(text),
        number_of_ballots=counted.voters,
    )
    count_election(election=election)
    Election.objects.filter(pk=election.pk).update(state=Election.State.PUBLISHED)
    record(
        kind="budgeting.election_imported",
        dossier=cycle.dossier,
        actor=by,
        file=name,
        sha256=sha256_of(text),
        rule=str(rule),
    )
    return cycle


def _create_cycle(
    counted: CountedElection,
    rule: Rule,
    territory: Territory,
    source_note: str,
    wordings: list[Wording] | None,
) -> Cycle:
    meta = counted.meta
    year = _year_of(meta)
    place = "-".join(filter(None, [meta.get("unit", counted.name), meta.get("subunit", "")]))
    slug = slugify(f"{_plain(place)}-{year}")[:80] or slugify(counted.name)[:80] or "imported"
    if Cycle.objects.filter(slug=slug).exists():
        raise AlreadyImported(f"{slug} has been imported already")
    title = meta.get("description") or f"{place} {year}"
    dossier = create_dossier(
        kind=phases.CYCLE,
        territory=territory,
        state="finished",
        path=f"budgeting/{slug}/",
        wordings=wordings or [Wording("en", title[:200])],
    )
    publish_dossier(dossier=dossier)
    opens_at, closes_at = _dates_of(meta, year)
    Phase.objects.create(
        dossier=dossier, kind=phases.VOTING, opens_at=opens_at, closes_at=closes_at
    )
    ruleset = Ruleset.objects.create(
        kind="budgeting.vote",
        key=slug,
        name=f"{title}: {rule}"[:200],
        data=_rules(counted, rule),
        legal_basis=rule.note,
        frozen_at=timezone.now(),
    )
    return Cycle.objects.create(
        dossier=dossier,
        slug=slug,
        year=year,
        ruleset=ruleset,
        currency=_currency_of(meta),
        source_note=source_note,
    )


def _create_election(counted: CountedElection, envelope: Envelope, cycle: Cycle) -> Election:
    voting = cycle.dossier.phases.get(kind=phases.VOTING)
    election = Election.objects.create(
        envelope=envelope,
        opens_at=voting.opens_at,
        closes_at=voting.closes_at,
        rules=cycle.ruleset.data,
    )
    proposals = _create_proposals(counted, envelope, cycle)
    ShortlistEntry.objects.bulk_create(
        [
            ShortlistEntry(
                election=election,
                proposal=proposal,
                project_id=project.id,
                position=proposal.number,
                cost=proposal.cost,
            )
            for project, proposal in zip(counted.projects, proposals, strict=True)
        ]
    )
    election.state = Election.State.CLOSED
    election.save(update_fields=["state"])
    return election


def _create_proposals(counted: CountedElection, envelope: Envelope, cycle: Cycle) -> list[Proposal]:
    language = counted.meta.get("language") or _LANGUAGES.get(counted.meta.get("country", ""), "en")
    dossiers = create_dossiers(
        kind=phases.PROPOSAL,
        territory=envelope.territory,
        state=Proposal.State.SHORTLISTED,
        publish=True,
        drafts=[
            Draft(
                f"budgeting/{cycle.slug}/proposals/{number}/",
                [Wording(language[:2], (project.name or project.id)[:200])],
            )
            for number, project in enumerate(counted.projects, start=1)
        ],
    )
    places = _coordinates(counted)
    return Proposal.objects.bulk_create(
        [
            Proposal(
                dossier=dossier,
                cycle=cycle,
                envelope=envelope,
                number=number,
                cost=round(project.cost / counted.scale),
                state=Proposal.State.SHORTLISTED,
                latitude=latitude,
                longitude=longitude,
            )
            for number, (dossier, project, (latitude, longitude)) in enumerate(
                zip(dossiers, counted.projects, places, strict=True), start=1
            )
        ]
    )


def _rules(counted: CountedElection, rule: Rule) -> dict[str, object]:
    """The rules on record; a foreign ballot type is shown, never cast here."""
    return {"ballot": counted.ballot_type, "count": rule.to_dict()}


def _plain(text: str) -> str:
    """Latin letters that NFKD cannot take apart."""
    return text.translate(str.maketrans("łŁøØđĐ", "lLoOdD"))


def _territory_of(counted: CountedElection) -> Territory:
    """The place the file names; made on the fly below its country if we do not know it."""
    country_name = counted.meta.get("country") or "Elsewhere"
    unit = counted.meta.get("unit") or counted.name
    country = _place(country_name, Territory.Kind.COUNTRY, None)
    return _place(unit, Territory.Kind.CITY, country)


def _place(name: str, kind: str, parent: Territory | None) -> Territory:
    slug = slugify(_plain(name))[:80] or "place"
    place, _created = Territory.objects.get_or_create(
        slug=slug,
        defaults={
            "kind": kind,
            "parent": parent,
            "name_kk": name,
            "name_ru": name,
            "name_en": name,
        },
    )
    return place


def _year_of(meta: dict[str, str]) -> int:
    found = re.search(r"\d{4}", f"{meta.get('instance', '')} {meta.get('date_begin', '')}")
    return int(found.group()) if found else timezone.localdate().year


def _dates_of(meta: dict[str, str], year: int) -> tuple[datetime, datetime]:
    begin = _date(meta.get("date_begin", "")) or date(year, 1, 1)
    end = _date(meta.get("date_end", "")) or begin
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(begin, time.min, zone),
        datetime.combine(max(begin, end), time(23, 59, 59), zone),
    )


def _date(text: str) -> date | None:
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


def _currency_of(meta: dict[str, str]) -> str:
    country = meta.get("country", "")
    named = meta.get("currency", "").strip().upper()
    if re.fullmatch(r"[A-Z]{3}", named):
        return named
    return "EUR" if country in _EURO else _CURRENCIES.get(country, _NO_CURRENCY)


def _coordinates(counted: CountedElection) -> list[tuple[float | None, float | None]]:
    latitudes = counted.project_field("latitude") or [""] * len(counted.projects)
    longitudes = counted.project_field("longitude") or [""] * len(counted.projects)
    return [
        _on_earth(latitude, longitude)
        for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]


def _on_earth(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    try:
        north, east = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None, None
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else (None, None)
