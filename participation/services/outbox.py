"""Telling people: the event is written with the act, the messages follow by themselves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from participation.event_kinds import kind_of_event
from participation.models import Dossier, Event, FanOut, Territory
from participation.services.addressing import address


@transaction.atomic
def notify(
    *,
    kind: str,
    recipients: Iterable[User],
    dossier: Dossier | None = None,
    channels: Sequence[str] | None = None,
    actor: User | None = None,
    **data: Any,
) -> Event:
    """Write one event and the deliveries to the few people whom it concerns.

    Call it in the transaction of the act. Nothing is sent here and no broker is touched, so
    the act cannot be lost or delayed with them. `channels`, where given, are used at once;
    otherwise the kind and each person's preferences decide. Raises KeyError for a kind that is
    not registered.
    """
    kind_of_event(kind)
    event = Event.objects.create(kind=kind, dossier=dossier, actor=actor, data=data)
    address(event, [person.pk for person in recipients], channels=channels)
    return event


@transaction.atomic
def notify_followers(
    *,
    kind: str,
    dossier: Dossier | None = None,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
    actor: User | None = None,
    also: Iterable[User] = (),
    roles: Sequence[str] = (),
    **data: Any,
) -> Event:
    """Write one event for whoever follows the dossier, its place (or `territory`), a place above,
    or the organisation; never for the actor.

    `also` are people involved, whether or not they follow; `roles` are kinds of role whose
    holders for the dossier or its place are told too. However many follow, this writes two rows
    and the deliveries of `also`; a worker writes the rest. Raises KeyError for a kind that is
    not registered.
    """
    kind_of_event(kind)
    event = Event.objects.create(
        kind=kind,
        dossier=dossier,
        territory=territory,
        organisation=organisation,
        actor=actor,
        data=data,
    )
    address(event, [person.pk for person in also if person != actor])
    FanOut.objects.create(event=event, audience=FanOut.Audience.FOLLOWERS, roles=list(roles))
    return event
