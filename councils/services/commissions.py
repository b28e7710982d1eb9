"""Standing parts of a council."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from councils import errors
from councils.models import Commission, Council, Mandate
from councils.services.locks import lock
from participation.services import record


@transaction.atomic
def form_commission(
    *,
    by: User | None,
    council: Council,
    names: Mapping[str, str],
    members: Iterable[Mandate],
    since: date | None = None,
) -> Commission:
    """From today or the day given; `names` by language. Raises NotOfThisCouncil."""
    council = lock(council)
    chosen = _of_council(council, members)
    commission = Commission.objects.create(
        council=council,
        since=since or timezone.localdate(),
        **{f"name_{code}": names.get(code, "") for code in ("kk", "ru", "en")},
    )
    commission.members.set(chosen)
    _record("councils.commission_formed", council, commission, by, chosen)
    return commission


@transaction.atomic
def change_commission(
    *,
    by: User | None,
    commission: Commission,
    names: Mapping[str, str],
    members: Iterable[Mandate],
) -> Commission:
    """Other names or members; who was there before stands in the public record."""
    council = lock(commission.council)
    chosen = _of_council(council, members)
    for code in ("kk", "ru", "en"):
        setattr(commission, f"name_{code}", names.get(code, ""))
    commission.save(update_fields=["name_kk", "name_ru", "name_en"])
    commission.members.set(chosen)
    _record("councils.commission_changed", council, commission, by, chosen)
    return commission


def _of_council(council: Council, members: Iterable[Mandate]) -> list[Mandate]:
    chosen = list(members)
    if any(member.council_id != council.pk for member in chosen):
        raise errors.NotOfThisCouncil
    return chosen


def _record(
    kind: str, council: Council, commission: Commission, by: User | None, members: list[Mandate]
) -> None:
    record(
        kind=kind,
        dossier=council.dossier,
        actor=by,
        commission=commission.pk,
        name=commission.name_ru,
        mandates=sorted(member.pk for member in members),
    )
