"""Asking citizens whether it has changed: opened once, answered once, counted in public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from councils.council_rules import CouncilRules
from councils.models import (
    CheckAnswer,
    CheckInvitation,
    CitizenCheck,
    HearingRegistration,
    Recommendation,
)
from councils.services.recommendations.errors import DatesTurned, NotDelivered
from councils.services.recommendations.states import locked
from participation.errors import Refused
from participation.models import Follow
from participation.services import notify, record
from participation.services.answers import current_calendar

_SALT = "councils.citizen_check"
Basis = CheckInvitation.Basis


class NobodyToAsk(Refused):
    message = _("There is nobody to ask yet: nobody came to its hearings or follows it.")


class AskedAlready(Refused):
    message = _("People are being asked already, or were asked from this day on.")


class NotAsked(Refused):
    message = _("People are not asked today.")


class AnsweredAlready(Refused):
    message = _("You have answered already. One person has one answer.")


@dataclass(frozen=True)
class Invitee:
    """Somebody to ask; without an account they get a signed address by hand."""

    person: User | None
    basis: str
    registration: HearingRegistration | None = None


def followers_of(recommendation: Recommendation) -> list[Invitee]:
    """Whoever follows the recommendation or its matter, with an account that is in use."""
    dossiers = [recommendation.dossier_id]
    if recommendation.docket:
        dossiers.append(recommendation.docket.dossier_id)
    people = User.objects.filter(
        is_active=True, pk__in=Follow.objects.filter(dossier__in=dossiers).values("person")
    )
    return [Invitee(person, Basis.FOLLOWER) for person in people.order_by("pk")]


@transaction.atomic
def open_check(
    *,
    by: User | None,
    recommendation: Recommendation,
    invitees: Iterable[Invitee],
    on: date | None = None,
    closes_on: date | None = None,
) -> CitizenCheck:
    """Ask each of them once; without a last day the council's rules say how long.

    Raises NotDelivered, NobodyToAsk, AskedAlready, DatesTurned.
    """
    recommendation = locked(recommendation)
    if recommendation.delivered_on is None:
        raise NotDelivered
    day = on or timezone.localdate()
    if recommendation.checks.filter(closes_on__gte=day).exists():
        raise AskedAlready
    rules = CouncilRules.from_data(recommendation.council.ruleset.data)
    last = closes_on or current_calendar().shifted(day, rules.citizen_check_days)
    if last < day:
        raise DatesTurned
    asked = _distinct(invitees)
    if not asked:
        raise NobodyToAsk
    check = CitizenCheck.objects.create(
        recommendation=recommendation, opens_on=day, closes_on=last, opened_by=by
    )
    CheckInvitation.objects.bulk_create(
        CheckInvitation(
            check_round=check,
            person=one.person,
            registration=one.registration,
            basis=one.basis,
        )
        for one in asked
    )
    people = [one.person for one in asked if one.person is not None]
    notify(
        kind="citizen_check_opened",
        recipients=people,
        dossier=recommendation.dossier,
        actor=by,
        recommendation=recommendation.pk,
        path=f"{recommendation.dossier.path}check/",
    )
    record(
        kind="councils.check_opened",
        dossier=recommendation.dossier,
        actor=by,
        opens_on=day.isoformat(),
        closes_on=last.isoformat(),
        asked=len(asked),
    )
    return check


def _distinct(invitees: Iterable[Invitee]) -> list[Invitee]:
    """The first reason for which somebody is asked counts.

    Whoever has no account and came to two hearings with one contact has one place.
    """
    known: dict[object, Invitee] = {}
    for number, one in enumerate(invitees):
        contact = one.registration.contact if one.registration else ""
        known.setdefault(one.person.pk if one.person else contact or f"nobody {number}", one)
    return list(known.values())


@transaction.atomic
def answer_check(*, invitation: CheckInvitation, value: str, on: date | None = None) -> CheckAnswer:
    """One answer, given once, while people are asked. Raises NotAsked, AnsweredAlready."""
    day = on or timezone.localdate()
    if not invitation.check_round.is_open_on(day):
        raise NotAsked
    try:
        with transaction.atomic():
            return CheckAnswer.objects.create(invitation=invitation, value=value, answered_on=day)
    except IntegrityError as error:
        raise AnsweredAlready from error


def address_of(invitation: CheckInvitation) -> str:
    """The page on which an invitation is answered without an account."""
    token = signing.Signer(salt=_SALT).sign(str(invitation.pk))
    return reverse("councils:check-token", args=[token])


def invitation_behind(token: str) -> CheckInvitation | None:
    """None for a token that we did not sign, and for whoever has an account: they sign in."""
    try:
        key = int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = CheckInvitation.objects.filter(person=None).select_related(
        "check_round__recommendation__dossier",
        "check_round__recommendation__council__dossier",
    )
    return rows.filter(pk=key).first()
