"""What a person chose to hear of, how often, by which channel."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from participation.event_kinds import CATEGORIES, SITE, codes_in
from participation.models import Delivery, Preference, Reach

Choice = tuple[str, str]  # category, channel
NEVER = Preference.Pace.NEVER


def paces_of(person: User) -> dict[Choice, str]:
    """The pace of every category and channel, chosen or by default; one query."""
    paces = {
        (category.code, str(channel)): str(pace)
        for category in CATEGORIES.values()
        for channel, pace in category.paces.items()
    }
    rows = Preference.objects.filter(person=person).values_list("category", "channel", "pace")
    return paces | {(category, channel): pace for category, channel, pace in rows}


@transaction.atomic
def choose_paces(*, person: User, paces: Mapping[Choice, str]) -> None:
    """From now on. What was still to be sent and is not wanted any more is not sent."""
    Preference.objects.bulk_create(
        [
            Preference(person=person, category=category, channel=channel, pace=pace)
            for (category, channel), pace in paces.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "category", "channel"],
        update_fields=["pace"],
    )
    for (category, channel), pace in paces.items():
        if pace == NEVER:
            _drop(person, category, channel)


def _drop(person: User, category: str, channel: str) -> None:
    waiting = [Delivery.State.HELD, Delivery.State.WAITING]
    Delivery.objects.filter(
        recipient=person,
        channel=channel,
        state__in=waiting,
        event__kind__in=codes_in(category),
    ).update(state=Delivery.State.DROPPED)


@transaction.atomic
def stop_category(*, person: User, category: str, channel: str) -> None:
    choose_paces(person=person, paces={(category, channel): NEVER})


@transaction.atomic
def stop_everything(*, person: User) -> None:
    """All but legal notices, and the messages on the site, which nobody has to open."""
    paces = {
        (category.code, str(channel)): str(NEVER)
        for category in CATEGORIES.values()
        for channel in category.paces
        if channel != SITE
    }
    choose_paces(person=person, paces=paces)


@transaction.atomic
def choose_time_zone(*, person: User, time_zone: str) -> None:
    """One of settings.TIME_ZONES: the mornings of digests and the quiet of nights follow it."""
    Reach.objects.update_or_create(person=person, defaults={"time_zone": time_zone})
