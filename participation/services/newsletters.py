"""A newsletter's way: written, tried on oneself, sent once, perhaps stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.errors import Refused
from participation.event_kinds import CATEGORIES, EMAIL, NEWSLETTER
from participation.models import Delivery, Event, FanOut, Newsletter, Preference, Territory
from participation.newsletters import NEWSLETTER_SENT
from participation.services.fan_out import NEWSLETTER_READERS
from participation.services.journal import record
from participation.services.outbox import notify

FIELDS = ("subject_kk", "body_kk", "subject_ru", "body_ru", "subject_en", "body_en")


class AlreadySent(Refused):
    message = _("This letter was sent already: it cannot be changed or sent again.")
    way_out = _("Write a new one.")


class NotUnderWay(Refused):
    message = _("This letter is not under way, so there is nothing to stop.")


@transaction.atomic
def create_newsletter(*, by: User, territory: Territory, words: Mapping[str, str]) -> Newsletter:
    """`words` has the FIELDS; English may be empty."""
    return Newsletter.objects.create(
        author=by, territory=territory, **{name: words[name] for name in FIELDS}
    )


@transaction.atomic
def change_newsletter(*, newsletter: Newsletter, words: Mapping[str, str]) -> None:
    """Raises AlreadySent."""
    newsletter = _locked_draft(newsletter)
    for name in FIELDS:
        setattr(newsletter, name, words[name])
    newsletter.save(update_fields=FIELDS)


@transaction.atomic
def try_newsletter(*, by: User, newsletter: Newsletter) -> None:
    """Send it to oneself, in one's own language."""
    notify(kind=NEWSLETTER_SENT, recipients=[by], channels=[EMAIL], **_data(newsletter))


@transaction.atomic
def send_newsletter(*, by: User, newsletter: Newsletter) -> Newsletter:
    """Put it on its way to everybody who follows the place. Raises AlreadySent."""
    newsletter = _locked_draft(newsletter)
    event = Event.objects.create(
        kind=NEWSLETTER_SENT,
        key=f"{NEWSLETTER_SENT}:{newsletter.pk}",
        territory=newsletter.territory,
        data=_data(newsletter),
    )
    FanOut.objects.create(event=event, audience=FanOut.Audience.NEWSLETTER)
    newsletter.state, newsletter.event = Newsletter.State.SENT, event
    newsletter.sent_at = timezone.now()
    newsletter.save(update_fields=["state", "event", "sent_at"])
    record(
        kind="participation.newsletter_sent",
        actor=by,
        newsletter=newsletter.pk,
        territory=newsletter.territory.slug,
    )
    return newsletter


@transaction.atomic
def stop_newsletter(*, by: User, newsletter: Newsletter) -> None:
    """Whoever has it keeps it; nobody else gets it. Raises NotUnderWay."""
    newsletter = Newsletter.objects.select_for_update(of=("self",)).get(pk=newsletter.pk)
    if newsletter.state != Newsletter.State.SENT or newsletter.event is None:
        raise NotUnderWay
    # The fan-out's lock first: no batch is written behind our back.
    fan_out = FanOut.objects.select_for_update().get(event=newsletter.event)
    if fan_out.state == FanOut.State.WORKING:
        fan_out.state, fan_out.finished_at = FanOut.State.STOPPED, timezone.now()
        fan_out.save(update_fields=["state", "finished_at"])
    waiting = [Delivery.State.WAITING, Delivery.State.HELD]
    left = newsletter.event.deliveries.filter(state__in=waiting)
    number = left.update(state=Delivery.State.DROPPED)
    newsletter.state = Newsletter.State.STOPPED
    newsletter.save(update_fields=["state"])
    record(
        kind="participation.newsletter_stopped",
        actor=by,
        newsletter=newsletter.pk,
        territory=newsletter.territory.slug,
        not_sent=number,
    )


def _locked_draft(newsletter: Newsletter) -> Newsletter:
    locked = Newsletter.objects.select_for_update(of=("self",)).select_related("territory")
    newsletter = locked.get(pk=newsletter.pk)
    if not newsletter.is_draft:
        raise AlreadySent
    return newsletter


def _data(newsletter: Newsletter) -> dict[str, Any]:
    return {
        "newsletter": newsletter.pk,
        "subjects": newsletter.subjects,
        "path": newsletter.path,
    }


# --- How many, and how far ----------------------------------------------------------------------

_BY_LANGUAGE = f"""
SELECT person.language, count(*)
FROM ({NEWSLETTER_READERS}) AS reader(id)
JOIN accounts_user person ON person.id = reader.id AND person.is_active
LEFT JOIN participation_preference chosen ON chosen.person_id = person.id
  AND chosen.category = %(category)s::text AND chosen.channel = 'email'
WHERE coalesce(chosen.pace, %(usual)s::text) <> 'never'
GROUP BY person.language
"""  # noqa: S608 - both are constants of ours


def audience_by_language(territory: Territory) -> dict[str, int]:
    """How many would get a letter to this place by e-mail now, by their language."""
    usual = CATEGORIES[NEWSLETTER].paces[EMAIL]
    values: dict[str, Any] = {
        "territory": territory.pk,
        "reached": 0,
        "category": NEWSLETTER,
        "usual": str(Preference.Pace(usual)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_LANGUAGE, values)
        found = dict(cursor.fetchall())
    return {language: found.get(language, 0) for language in ("kk", "ru", "en")}


@dataclass(frozen=True)
class Progress:
    """E-mails of one newsletter; `written` says whether everybody has been counted in."""

    written: bool
    total: int
    sent: int
    left: int
    failed: int
    dropped: int


def progress_of(newsletter: Newsletter) -> Progress | None:
    """None for a draft; two queries."""
    if newsletter.event_id is None:
        return None
    states = dict(
        Delivery.objects.filter(event=newsletter.event_id, channel=EMAIL)
        .values_list("state")
        .annotate(Count("pk"))
    )
    state = Delivery.State
    is_working = FanOut.objects.filter(
        event=newsletter.event_id, state=FanOut.State.WORKING
    ).exists()
    return Progress(
        written=not is_working,
        total=sum(states.values()),
        sent=states.get(state.SENT, 0),
        left=sum(states.get(name, 0) for name in (state.WAITING, state.SENDING, state.HELD)),
        failed=states.get(state.DEAD, 0),
        dropped=states.get(state.DROPPED, 0),
    )
