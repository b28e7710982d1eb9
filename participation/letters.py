"""Writing a message from its rows, in the language and the time of whoever reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.multilingual import first_available
from participation.channels import Message
from participation.event_kinds import DIGEST, kind_of_event
from participation.models import Delivery, Dossier, Event, Reach
from participation.unsubscription import EVERYTHING, Stop, url_for

# A digest names so many; the others are on the site.
MOST_IN_A_DIGEST = 60


class NothingToSay(Exception):
    """A digest whose parts are gone: an empty one is never sent."""


@dataclass(frozen=True)
class DigestPart:
    """What happened to one dossier (or to none), newest first."""

    title: str
    link: str
    subjects: list[str]


def reach_of(person: User) -> Reach:
    """What the person chose, or the defaults; one query, none where it is loaded already."""
    try:
        return person.reach
    except Reach.DoesNotExist:
        return Reach(person=person)


def zone_of(person: User) -> str:
    return reach_of(person).time_zone


def compose(delivery: Delivery) -> Message:
    """Raises NothingToSay, and whatever a template or its context raises."""
    person, event = delivery.recipient, delivery.event
    kind = kind_of_event(event.kind)
    with translation.override(person.language), timezone.override(ZoneInfo(zone_of(person))):
        context = contexts_of([event], person)[event.pk]
        if event.kind == DIGEST:
            context |= _digest_context(delivery)
        subject = subject_of(event, context)
        body = render_to_string(f"emails/{event.kind}/body.txt", context).strip()
        unsubscribe = "" if kind.is_legal else url_for(_stop(delivery))
        frame = context | {
            "subject": subject,
            "body": body,
            "unsubscribe": unsubscribe,
            "preferences": _url("participation:preference-edit"),
            "language": person.language,
        }
        return Message(
            key=f"delivery-{delivery.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}",
            address=_address(delivery),
            subject=subject,
            text=render_to_string("emails/frame.txt", frame),
            html=render_to_string("emails/frame.html", frame),
            short=f"{subject}\n{context['link']}",
            unsubscribe=unsubscribe,
        )


def contexts_of(events: Sequence[Event], person: User) -> dict[int, dict[str, Any]]:
    """What the templates of these events know, by the number of the event."""
    found = {event.pk: _usual_context(event, person) for event in events}
    for code, group in groupby(sorted(events, key=_kind), key=_kind):
        kind, same = kind_of_event(code), list(group)
        if kind.contexts is not None:
            more = kind.contexts(same)
        else:
            more = {event.pk: kind.context(event) for event in same} if kind.context else {}
        for event in same:
            found[event.pk] |= more.get(event.pk, {})
    return found


def _kind(event: Event) -> str:
    return event.kind


def subjects_of(events: Sequence[Event], person: User) -> dict[int, str]:
    """One line for each event, by its number, in the language that is active."""
    contexts = contexts_of(events, person)
    return {event.pk: subject_of(event, contexts[event.pk]) for event in events}


def _usual_context(event: Event, person: User) -> dict[str, Any]:
    return {
        "recipient": person,
        "dossier": event.dossier,
        "territory": event.territory,
        "data": event.data,
        "site_name": settings.SITE_NAME,
        "link": link_of(event.path),
    }


def subject_of(event: Event, context: dict[str, Any]) -> str:
    """One line, in the language that is active: of the kind's template, or the event's own."""
    if subjects := event.data.get("subjects"):
        return first_available(subjects)
    return " ".join(render_to_string(f"emails/{event.kind}/subject.txt", context).split())


def link_of(path: str) -> str:
    return f"{settings.SITE_URL}/{translation.get_language()}/{path}"


def _url(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"


def _stop(delivery: Delivery) -> Stop:
    kind = kind_of_event(delivery.event.kind)
    category = EVERYTHING if kind.code == DIGEST else kind.category
    return Stop(delivery.recipient_id, category)


def _address(delivery: Delivery) -> str:
    person = delivery.recipient
    if delivery.channel == Delivery.Channel.EMAIL:
        return person.email
    reach = reach_of(person)
    return reach.telegram_chat if delivery.channel == Delivery.Channel.TELEGRAM else reach.phone


# --- Digests ------------------------------------------------------------------------------------


def _digest_context(delivery: Delivery) -> dict[str, Any]:
    parts = list(
        delivery.parts.filter(state=Delivery.State.HELD)
        .select_related("event__dossier__territory", "event__territory")
        .prefetch_related("event__dossier__texts")
        .order_by("-event__created_at", "-pk")
    )
    if not parts:
        raise NothingToSay
    named = parts[:MOST_IN_A_DIGEST]
    return {
        "parts": list(_grouped(named, delivery.recipient)),
        "number": len(parts),
        "left_out": len(parts) - len(named),
        "link": _url("participation:inbox"),
    }


def _grouped(rows: Iterable[Delivery], person: User) -> Iterable[DigestPart]:
    """A part for each dossier, that of the newest event first."""
    rows = list(rows)
    order = {row.event.dossier_id: n for n, row in reversed(list(enumerate(rows)))}
    rows.sort(key=lambda row: order[row.event.dossier_id])
    subjects = subjects_of([row.event for row in rows], person)
    for _, found in groupby(rows, key=lambda row: row.event.dossier_id):
        events = [row.event for row in found]
        dossier: Dossier | None = events[0].dossier
        title = dossier.title if dossier else settings.SITE_NAME
        path = dossier.path if dossier else ""
        lines = dict.fromkeys(subjects[event.pk] for event in events)
        yield DigestPart(title, link_of(path), list(lines))
