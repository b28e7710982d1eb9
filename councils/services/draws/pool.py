"""The pool of a draw: its attributes and quotas, who volunteers, and the freeze."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from councils import draws, phases
from councils.draw_keys import token_of
from councils.draw_words import explained
from councils.models import (
    Candidacy,
    Council,
    Draw,
    DrawFeature,
    DrawFile,
    DrawQuota,
    PoolEntry,
    SelectionProcess,
)
from councils.services.draws import errors
from councils.services.numbering import next_number
from councils.sortition import Infeasible, Quota, check_feasible
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
)

State = Draw.State
GROUP = "organisation"


@dataclass(frozen=True)
class Value:
    """One value of an attribute, with its quota."""

    code: str
    kk: str
    ru: str
    en: str
    low: int
    high: int


@dataclass(frozen=True)
class Volunteer:
    """Somebody who answered by letter or telephone."""

    name: str
    contact: str
    attributes: Mapping[str, str]


def locked(draw: Draw, *states: str) -> Draw:
    """The row as it is now, under a lock until the commit. Raises WrongStep in another state."""
    rows = Draw.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("dossier", "council__dossier", "selection").get(pk=draw.pk)
    if fresh.state not in states:
        raise errors.WrongStep
    return fresh


def move(draw: Draw, state: str, by: User | None, **said: object) -> None:
    draw.state = state
    draw.save()
    change_state(dossier=draw.dossier, state=state)
    record(kind=f"councils.draw_{state}", dossier=draw.dossier, actor=by, **said)


def group_of(draw: Draw) -> str | None:
    """Of candidates one of an organisation can be drawn; of volunteers everybody is free."""
    return GROUP if draw.selection_id else None


@transaction.atomic
def prepare_draw(
    *,
    by: User | None,
    council: Council,
    wordings: Sequence[Wording],
    size: int,
    registers_until: datetime,
    replaces_until: date | None = None,
    selection: SelectionProcess | None = None,
) -> Draw:
    """A draw that only the secretary sees, without attributes yet."""
    number = next_number(council, council.draws)
    dossier = create_dossier(
        kind=phases.DRAW,
        territory=council.dossier.territory,
        state=State.DRAFT,
        path=f"councils/{council.slug}/draws/{number}/",
        wordings=wordings,
    )
    return Draw.objects.create(
        dossier=dossier,
        council=council,
        number=number,
        selection=selection,
        size=size,
        registers_until=registers_until,
        replaces_until=replaces_until,
    )


@transaction.atomic
def set_feature(
    *,
    by: User | None,
    draw: Draw,
    code: str,
    names: tuple[str, str, str],
    values: Sequence[Value],
    source: str,
) -> DrawFeature:
    """An attribute with its quotas; one of the same code is replaced. `names` in kk, ru, en.

    Raises WrongStep once volunteers can register.
    """
    draw = locked(draw, State.DRAFT)
    if draw.dossier.published_at is not None:
        raise errors.WrongStep
    DrawQuota.objects.filter(feature__draw=draw, feature__code=code).delete()
    DrawFeature.objects.filter(draw=draw, code=code).delete()
    kk, ru, en = names
    feature = DrawFeature.objects.create(
        draw=draw, code=code, name_kk=kk, name_ru=ru, name_en=en, source=source
    )
    DrawQuota.objects.bulk_create(
        DrawQuota(
            feature=feature,
            code=value.code,
            name_kk=value.kk,
            name_ru=value.ru,
            name_en=value.en,
            low=value.low,
            high=value.high,
        )
        for value in values
    )
    return feature


@transaction.atomic
def open_pool(*, by: User | None, draw: Draw) -> Draw:
    """Let volunteers register, and tell who follows the council. Raises WrongStep, QuotasMissing.

    Attributes and quotas are public from now on: nobody fits them to who has come.
    """
    draw = locked(draw, State.DRAFT)
    if draw.dossier.published_at is not None:
        raise errors.WrongStep
    if not draw.selection_id and not draw.features.exists():
        raise errors.QuotasMissing
    publish_dossier(dossier=draw.dossier)
    record(
        kind="councils.draw_opened",
        dossier=draw.dossier,
        actor=by,
        size=draw.size,
        quotas=draws.fingerprint(quotas_file(quotas_of(draw))),
    )
    if not draw.selection_id:
        notify_followers(
            kind="pool_opened", dossier=draw.council.dossier, actor=by, path=draw.dossier.path
        )
    return draw


@transaction.atomic
def volunteer(
    *,
    person: User,
    draw: Draw,
    attributes: Mapping[str, str],
    has_consent: bool,
    at: datetime | None = None,
) -> PoolEntry:
    """Put oneself into the pool, or change what one said. Raises RegistrationOver, UnknownValue,
    ConsentMissing."""
    now = at or timezone.now()
    draw = _open_for_registration(draw, now)
    if not has_consent:
        raise errors.ConsentMissing
    given = _known(draw, attributes)
    entry, is_new = PoolEntry.objects.get_or_create(
        draw=draw,
        person=person,
        defaults={
            "token": token_of(draw, f"person:{person.pk}"),
            "attributes": given,
            "consented_at": now,
        },
    )
    if not is_new:
        entry.attributes, entry.consented_at = given, now
        entry.save(update_fields=["attributes", "consented_at"])
    follow(person=person, dossier=draw.dossier)
    return entry


@transaction.atomic
def withdraw_from_pool(*, person: User, draw: Draw) -> None:
    """Leave no trace. Raises RegistrationOver once the pool is frozen."""
    draw = _open_for_registration(draw, None)
    draw.entries.filter(person=person).delete()


@transaction.atomic
def enter_volunteers(
    *, by: User | None, draw: Draw, people: Sequence[Volunteer], at: datetime | None = None
) -> int:
    """Those who answered by letter or telephone, and agreed there. Raises RegistrationOver,
    UnknownValue."""
    draw = _open_for_registration(draw, None)
    given = [_known(draw, volunteer.attributes) for volunteer in people]
    PoolEntry.objects.bulk_create(
        PoolEntry(
            draw=draw,
            token=token_of(draw, f"paper:{uuid4()}"),
            attributes=attributes,
            name=one.name,
            contact=one.contact,
            consented_at=at or timezone.now(),
        )
        for one, attributes in zip(people, given, strict=True)
    )
    record(kind="councils.volunteers_entered", dossier=draw.dossier, actor=by, number=len(people))
    return len(people)


def _open_for_registration(draw: Draw, now: datetime | None) -> Draw:
    """`now` where the deadline counts too: for the secretary's paper it does not."""
    fresh = locked(draw, *State.values)
    is_over = now is not None and now >= fresh.registers_until
    if fresh.state != State.DRAFT or fresh.dossier.published_at is None or is_over:
        raise errors.RegistrationOver
    return fresh


def _known(draw: Draw, attributes: Mapping[str, str]) -> dict[str, str]:
    allowed: dict[str, set[str]] = {}
    for quota in DrawQuota.objects.filter(feature__draw=draw).select_related("feature"):
        allowed.setdefault(quota.feature.code, set()).add(quota.code)
    if any(attributes.get(code) not in values for code, values in allowed.items()):
        raise errors.UnknownValue
    return {code: attributes[code] for code in allowed}


def quotas_of(draw: Draw) -> list[Quota]:
    rows = DrawQuota.objects.filter(feature__draw=draw).select_related("feature")
    return [
        Quota(row.feature.code, row.code, row.low, row.high)
        for row in rows.order_by("feature__pk", "pk")
    ]


def quotas_file(quotas: Iterable[Quota]) -> str:
    rows = (f"{quota.feature},{quota.value},{quota.low},{quota.high}\n" for quota in quotas)
    return "feature,value,min,max\n" + "".join(rows)


@transaction.atomic
def freeze_pool(*, by: User | None, draw: Draw, at: datetime | None = None) -> Draw:
    """Write the pool down and publish its hash; nothing about it changes any more.

    Raises WrongStep, NoVolunteers, NoPanelPossible with the smallest repair of the quotas, and
    DrawnFromBefore for a pool that was frozen once already.
    """
    draw = locked(draw, State.DRAFT)
    if draw.dossier.published_at is None:
        raise errors.WrongStep
    if draw.selection is not None:
        _enter_candidates(draw, draw.selection, at or timezone.now())
    people = dict(draw.entries.values_list("token", "attributes"))
    quotas = quotas_of(draw)
    if len(people) < draw.size:
        raise errors.NoVolunteers
    try:
        check_feasible(people, quotas, draw.size, group=group_of(draw))
    except Infeasible as error:
        raise explained(error, draw) from error
    pool = draws.pool_file(people)
    keep_file(draw, DrawFile.Kind.QUOTAS, quotas_file(quotas))
    try:
        with transaction.atomic():
            kept = keep_file(draw, DrawFile.Kind.POOL, pool)
    except IntegrityError as error:
        raise errors.DrawnFromBefore from error
    draw.pool_frozen_at = at or timezone.now()
    move(draw, State.FROZEN, by, volunteers=len(people), sha256=kept.sha256)
    return draw


def keep_file(draw: Draw, kind: str, text: str) -> DrawFile:
    return DrawFile.objects.create(draw=draw, kind=kind, text=text, sha256=draws.fingerprint(text))


def _enter_candidates(draw: Draw, selection: SelectionProcess, now: datetime) -> None:
    """Whoever was admitted, under their public number."""
    admitted = selection.candidacies.filter(state=Candidacy.State.ADMITTED)
    PoolEntry.objects.bulk_create(
        PoolEntry(
            draw=draw,
            token=f"{draw.dossier.reference}-{candidacy.number}",
            attributes={GROUP: str(candidacy.organisation_id or "")},
            candidacy=candidacy,
            consented_at=now,
        )
        for candidacy in admitted
    )
