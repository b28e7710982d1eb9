"""Setting up a council with its seats and its first term, and making it public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from councils import errors, phases
from councils.composition import most_state_members
from councils.council_rules import RULES_KIND, CouncilRules
from councils.models import Convocation, Council, Mandate, Post, Side
from councils.presets import BASIS, PRESETS
from councils.services.breaches import telling_of_breaches
from councils.services.locks import lock
from councils.terms import years_after
from participation.models import Dossier, Ruleset, Territory
from participation.services import (
    Wording,
    create_dossier,
    publish_dossier,
    record,
    write_text,
)


@dataclass(frozen=True)
class Outline:
    """What a council says of itself."""

    territory: Territory
    level: str
    supervised_body: Organisation
    wordings: Sequence[Wording]
    contact: str = ""


def ruleset_for(level: str) -> Ruleset:
    """The newest version of the rules of a level; its first version where there is none yet."""
    preset = PRESETS[level]
    versions = Ruleset.objects.filter(kind=RULES_KIND, key=preset.key)
    if newest := versions.order_by("-version").first():
        return newest
    return Ruleset.objects.get_or_create(
        kind=RULES_KIND,
        key=preset.key,
        version=1,
        defaults={"name": preset.name, "data": preset.data, "legal_basis": BASIS},
    )[0]


@transaction.atomic
def set_up_council(
    *,
    by: User | None,
    slug: str,
    outline: Outline,
    civil_seats: int,
    state_seats: int,
    begins_on: date,
    ends_on: date | None = None,
    ruleset: Ruleset | None = None,
) -> Council:
    """A council that only who keeps it sees, with vacant seats for its first term.

    Seats 1… are civil society's, the last ones the state's. Raises AddressTaken, DatesTurned,
    SeatsOutsideLimits, StateSeatsTooMany.
    """
    ruleset = ruleset or ruleset_for(outline.level)
    rules = CouncilRules.from_data(ruleset.data)
    ends_on = ends_on or years_after(begins_on, rules.term_years)
    if ends_on <= begins_on:
        raise errors.DatesTurned
    check_seats(rules, civil_seats, state_seats)
    path = f"councils/{slug}/"
    if Dossier.objects.filter(path=path).exists():
        raise errors.AddressTaken
    dossier = create_dossier(
        kind=phases.COUNCIL,
        territory=outline.territory,
        state="sitting",
        path=path,
        wordings=outline.wordings,
    )
    council = Council.objects.create(
        dossier=dossier,
        slug=slug,
        level=outline.level,
        supervised_body=outline.supervised_body,
        ruleset=ruleset,
        contact=outline.contact,
    )
    Convocation.objects.create(council=council, number=1, begins_on=begins_on, ends_on=ends_on)
    sides = [Side.CIVIL] * civil_seats + [Side.STATE] * state_seats
    Post.objects.bulk_create(
        Post(council=council, number=number, side=side, since=begins_on)
        for number, side in enumerate(sides, start=1)
    )
    record(
        kind="councils.council_set_up",
        dossier=dossier,
        actor=by,
        civil_seats=civil_seats,
        state_seats=state_seats,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
        rules=str(ruleset),
    )
    return council


@transaction.atomic
def begin_term(
    *, by: User | None, council: Council, begins_on: date, ends_on: date | None = None
) -> Convocation:
    """The next term: whoever still sits leaves on its first day, and new mandates begin then.

    Raises TermOverlaps for a day within the last term, DatesTurned.
    """
    council = lock(council)
    rules = CouncilRules.from_data(council.ruleset.data)
    last = council.convocations.order_by("begins_on").last()
    ends_on = ends_on or years_after(begins_on, rules.term_years)
    if ends_on <= begins_on:
        raise errors.DatesTurned
    if last is not None and begins_on < last.ends_on:
        raise errors.TermOverlaps
    with telling_of_breaches(council, by):
        for mandate in council.mandates.filter(until=None, since__lt=begins_on):
            mandate.until, mandate.end_reason = begins_on, Mandate.EndReason.TERM
            mandate.save(update_fields=["until", "end_reason"])
        term = Convocation.objects.create(
            council=council,
            number=last.number + 1 if last else 1,
            begins_on=begins_on,
            ends_on=ends_on,
        )
    record(
        kind="councils.term_begun",
        dossier=council.dossier,
        actor=by,
        number=term.number,
        begins_on=begins_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return term


@transaction.atomic
def publish_council(*, by: User | None, council: Council) -> Council:
    """Make it public and freeze its rules. Raises TextsMissing; twice changes nothing."""
    council = lock(council)
    if council.dossier.published_at is not None:
        return council
    written = council.dossier.texts.exclude(title="").exclude(summary="")
    if not {"kk", "ru"} <= set(written.values_list("language", flat=True)):
        raise errors.TextsMissing
    if council.ruleset.frozen_at is None:
        council.ruleset.frozen_at = timezone.now()
        council.ruleset.save(update_fields=["frozen_at"])
    publish_dossier(dossier=council.dossier)
    record(
        kind="councils.council_published",
        dossier=council.dossier,
        actor=by,
        rules=str(council.ruleset),
        values=council.ruleset.data,
    )
    return council


@transaction.atomic
def edit_council(
    *, by: User | None, council: Council, wordings: Sequence[Wording], contact: str
) -> None:
    """Write anew what the council says of itself."""
    council = lock(council)
    council.contact = contact
    council.save(update_fields=["contact"])
    for wording in wordings:
        write_text(dossier=council.dossier, wording=wording)
    record(kind="councils.council_changed", dossier=council.dossier, actor=by)


def check_seats(rules: CouncilRules, civil: int, state: int) -> None:
    """Raises SeatsOutsideLimits, StateSeatsTooMany."""
    seats = civil + state
    if not rules.least_seats <= seats <= rules.most_seats:
        raise errors.SeatsOutsideLimits(
            way_out=_("These would be %(seats)s seats; %(least)s to %(most)s are lawful.")
            % {"seats": seats, "least": rules.least_seats, "most": rules.most_seats}
        )
    if state > (most := most_state_members(seats, rules.civil_share)):
        raise errors.StateSeatsTooMany(
            way_out=_("Of %(seats)s seats the state may hold %(most)s.")
            % {"seats": seats, "most": most}
        )
