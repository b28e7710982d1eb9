"""Whom a council asks whether something has changed: those who spoke of it, and who follow it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from accounts.models import User
from councils.models import (
    CheckInvitation,
    HearingRegistration,
    Meeting,
    Question,
    Recommendation,
    RecommendationEvidence,
)
from councils.services.citizen_checks import Invitee, followers_of

Basis = CheckInvitation.Basis


def invitees_of(recommendation: Recommendation) -> list[Invitee]:
    """Everybody once: for asking, else for coming, else for following."""
    hearings = hearings_behind(recommendation)
    return [*_askers(hearings), *_participants(hearings), *followers_of(recommendation)]


def hearings_behind(recommendation: Recommendation) -> QuerySet[Meeting]:
    """Those whose words it rests on, and all of its matter."""
    proofs = RecommendationEvidence.objects.filter(recommendation=recommendation)
    about = Q(dossier__in=proofs.values("dossier"))
    if recommendation.docket_id:
        about |= Q(hearing__docket=recommendation.docket_id)
    return Meeting.objects.filter(
        about, kind=Meeting.Kind.HEARING, council=recommendation.council_id
    )


def _askers(hearings: QuerySet[Meeting]) -> Iterator[Invitee]:
    asked = Question.objects.filter(meeting__in=hearings, asked_by__is_active=True)
    for person in User.objects.filter(pk__in=asked.values("asked_by")).order_by("pk"):
        yield Invitee(person, Basis.ASKER)


def _participants(hearings: QuerySet[Meeting]) -> Iterator[Invitee]:
    """Whoever was in the hall; without an account by their registration."""
    present = HearingRegistration.objects.filter(
        meeting__in=hearings, state=HearingRegistration.State.PRESENT
    ).filter(Q(person=None) | Q(person__is_active=True))
    for row in present.select_related("person").order_by("pk"):
        yield Invitee(row.person, Basis.PARTICIPANT, None if row.person else row)
