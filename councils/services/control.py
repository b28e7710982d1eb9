"""Public control: planned, begun, ended in a document or with a published reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation, User
from accounts.multilingual import Told
from councils import phases
from councils.models import Council, Docket, PublicControlAction, Recommendation
from councils.services.dockets import check_official
from councils.services.numbering import next_number
from councils.services.recommendations.linking import lead_to
from participation.errors import Refused
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
)

State = PublicControlAction.State
Final = PublicControlAction.Final


class NotAStateBody(Refused):
    message = _("Public control looks at the work of a state body.")


class DatesTurned(Refused):
    message = _("It ends on the day it begins or later.")


class NotPlanned(Refused):
    message = _("This has begun or ended already.")


class NotUnderWay(Refused):
    message = _("Only what is under way ends in a document.")
    way_out = _("Begin it first.")


class OverAlready(Refused):
    message = _("This has ended: how it ended stays.")


class DayNotPossible(Refused):
    message = _("This day is before it began or in the future.")


class EndingMissing(Refused):
    message = _("Say in Kazakh and in Russian what was found, or why it ends without a document.")


class RecommendationNotAdopted(Refused):
    message = _("Name a recommendation that this council adopted.")


@dataclass(frozen=True)
class Plan:
    kind: str
    body: Organisation
    starts_on: date
    ends_on: date
    docket: Docket | None = None


@transaction.atomic
def plan_control(
    *, by: User | None, council: Council, wordings: Sequence[Wording], plan: Plan
) -> PublicControlAction:
    """Public at once. Raises NotAStateBody, DatesTurned, and TextsMissing of dockets."""
    check_official(wordings)
    if plan.body.helix != Helix.GOVERNMENT:
        raise NotAStateBody
    if plan.ends_on < plan.starts_on:
        raise DatesTurned
    number = next_number(council, council.control_actions)
    dossier = create_dossier(
        kind=phases.CONTROL,
        territory=council.dossier.territory,
        state=State.PLANNED,
        path=f"councils/{council.slug}/control/{number}/",
        wordings=wordings,
    )
    action = PublicControlAction.objects.create(
        dossier=dossier,
        council=council,
        docket=plan.docket,
        number=number,
        kind=plan.kind,
        body=plan.body,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    publish_dossier(dossier=dossier)
    if plan.docket:
        lead_to(by=by, source=plan.docket.dossier, target=dossier)
    _announce(by, action, "councils.control_planned", starts_on=plan.starts_on.isoformat())
    return action


@transaction.atomic
def begin_control(
    *, by: User | None, action: PublicControlAction, on: date | None = None
) -> PublicControlAction:
    """Raises NotPlanned, DayNotPossible."""
    action = _locked(action)
    if action.state != State.PLANNED:
        raise NotPlanned
    action.starts_on = on or timezone.localdate()
    if action.starts_on > timezone.localdate():
        raise DayNotPossible
    action.ends_on = max(action.ends_on, action.starts_on)
    _move(action, State.UNDER_WAY, "starts_on", "ends_on")
    _announce(by, action, "councils.control_begun", starts_on=action.starts_on.isoformat())
    return action


@transaction.atomic
def finish_control(
    *,
    by: User | None,
    action: PublicControlAction,
    final: str,
    number: str,
    ending: Told,
    recommendation: Recommendation | None = None,
    on: date | None = None,
) -> PublicControlAction:
    """Publish the final document: a protocol, a conclusion or a recommendation.

    Raises NotUnderWay, EndingMissing, DayNotPossible, RecommendationNotAdopted.
    """
    action = _locked(action)
    if action.state != State.UNDER_WAY:
        raise NotUnderWay if not action.is_over else OverAlready
    _check_recommendation(action, final, recommendation)
    action.final, action.final_number = final, number.strip()
    action.recommendation = recommendation
    _end(by, action, State.FINISHED, ending, on)
    if recommendation is not None:
        lead_to(by=by, source=action.dossier, target=recommendation.dossier)
    return action


@transaction.atomic
def drop_control(
    *, by: User | None, action: PublicControlAction, reason: Told, on: date | None = None
) -> PublicControlAction:
    """End it without a document, for a reason that is published. Raises OverAlready, …"""
    action = _locked(action)
    if action.is_over:
        raise OverAlready
    _end(by, action, State.DROPPED, reason, on)
    return action


def _check_recommendation(
    action: PublicControlAction, final: str, recommendation: Recommendation | None
) -> None:
    if (final == Final.RECOMMENDATION) != (recommendation is not None):
        raise RecommendationNotAdopted
    if recommendation is not None and (
        recommendation.council_id != action.council_id or recommendation.adopted_on is None
    ):
        raise RecommendationNotAdopted


def _end(
    by: User | None, action: PublicControlAction, state: str, ending: Told, on: date | None
) -> None:
    day = on or timezone.localdate()
    began = action.starts_on if action.state == State.UNDER_WAY else day
    if not ending.is_whole:
        raise EndingMissing
    if not began <= day <= timezone.localdate():
        raise DayNotPossible
    action.ended_on = day
    for name, words in ending.fields("ending").items():
        setattr(action, name, words)
    endings = [f"ending_{code}" for code in ("kk", "ru", "en")]
    _move(action, state, "ended_on", "final", "final_number", "recommendation", *endings)
    kind = "councils.control_finished" if state == State.FINISHED else "councils.control_dropped"
    _announce(by, action, kind, ended_on=day.isoformat(), final=action.final)


def _locked(action: PublicControlAction) -> PublicControlAction:
    rows = PublicControlAction.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("dossier__territory", "council", "body").get(pk=action.pk)


def _move(action: PublicControlAction, state: str, *fields: str) -> None:
    action.state = state
    action.save(update_fields=["state", *fields])
    change_state(dossier=action.dossier, state=state)


def _announce(by: User | None, action: PublicControlAction, kind: str, **data: str) -> None:
    if by is not None:
        follow(person=by, dossier=action.dossier)
    notify_followers(kind="control_moved", dossier=action.dossier, actor=by, control=action.pk)
    record(kind=kind, dossier=action.dossier, actor=by, number=action.number, **data)
