"""Offices of the state, which whoever sits for civil society may not hold (I5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.models import Affiliation, Helix, User
from councils.models import Council, Mandate, Side
from participation.models import Role


@dataclass(frozen=True)
class Incompatibility:
    """A member on a seat of civil society who serves these bodies today."""

    mandate: Mandate
    offices: list[str]


def offices_of(person: User, day: date) -> list[str]:
    """The state bodies that the person served on that day. Two queries."""
    return _offices([person.pk], day).get(person.pk, [])


def incompatibilities_of(council: Council) -> list[Incompatibility]:
    """Found after the appointment: whoever took an office of the state since. Three queries."""
    day = timezone.localdate()
    sitting = list(council.mandates.on(day).filter(side=Side.CIVIL, person__isnull=False))
    offices = _offices([each.person_id for each in sitting], day)
    return [
        Incompatibility(each, offices[each.person_id])
        for each in sitting
        if each.person_id in offices
    ]


def _offices(people: list[int | None], day: date) -> dict[int | None, list[str]]:
    affiliations = Affiliation.objects.valid_on(day).filter(
        person__in=people, organisation__helix=Helix.GOVERNMENT
    )
    roles = Role.objects.filter(
        Q(valid_to=None) | Q(valid_to__date__gt=day),
        person__in=people,
        kind=Role.Kind.STATE_OFFICER,
        valid_from__date__lte=day,
    )
    found: dict[int | None, list[str]] = defaultdict(list)
    for held in (
        *affiliations.select_related("organisation"),
        *roles.select_related("organisation"),
    ):
        name = held.organisation.name if held.organisation else str(Role.Kind.STATE_OFFICER.label)
        if name not in found[held.person_id]:
            found[held.person_id].append(name)
    return dict(found)
