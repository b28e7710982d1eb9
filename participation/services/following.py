"""Following and its end: a dossier, a place, an organisation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from participation.errors import Refused
from participation.models import Dossier, Follow, Territory


class NotPublicYet(Refused):
    message = _("This cannot be followed before it is published.")


def _thing(
    dossier: Dossier | None, territory: Territory | None, organisation: Organisation | None
) -> dict[str, Any]:
    given = {"dossier": dossier, "territory": territory, "organisation": organisation}
    if sum(value is not None for value in given.values()) != 1:
        raise TypeError("follow exactly one of: dossier, territory, organisation")
    return given


@transaction.atomic
def follow(
    *,
    person: User,
    dossier: Dossier | None = None,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Tell the person from now on what becomes of exactly one thing; twice changes nothing.

    Acting on something follows it: call this in the act's service. Raises NotPublicYet for an
    unpublished dossier, TypeError unless one thing is named.
    """
    thing = _thing(dossier, territory, organisation)
    if dossier is not None and dossier.published_at is None:
        raise NotPublicYet
    Follow.objects.bulk_create([Follow(person=person, **thing)], ignore_conflicts=True)


@transaction.atomic
def unfollow(
    *,
    person: User,
    dossier: Dossier | None = None,
    territory: Territory | None = None,
    organisation: Organisation | None = None,
) -> None:
    """Undo it. Who does not follow the thing stays as they are."""
    Follow.objects.filter(person=person, **_thing(dossier, territory, organisation)).delete()


def follows(person: User, thing: Dossier | Territory | Organisation) -> bool:
    """Whether this very thing is followed; a followed place does not count for what is in it."""
    return thing.follows.filter(person=person).exists()


@transaction.atomic
def unfollow_everything(*, person: User) -> None:
    Follow.objects.filter(person=person).delete()
