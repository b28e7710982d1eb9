"""What happens to a person's own data: changed, handed over, erased."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from accounts import personal_data
from accounts.models import Helix, User


@transaction.atomic
def change_person(*, person: User, name: str, language: str) -> None:
    """`language` is one of settings.LANGUAGES; mail follows it from now on."""
    person.name = name.strip()
    person.language = language
    person.save(update_fields=["name", "language"])


def helix_of(person: User, on: date) -> Helix:
    """The helix of the affiliation in force that day (the latest begun); none: civil society."""
    affiliation = (
        person.affiliations.valid_on(on)
        .select_related("organisation")
        .order_by("-valid_from", "-pk")
        .first()
    )
    return Helix(affiliation.organisation.helix) if affiliation else Helix.CIVIL_SOCIETY


def export_person(*, person: User) -> dict[str, Any]:
    """All the platform knows about a person, ready for JSON, a section for each app.

    Secrets (password hash, keys, session keys) are proofs rather than knowledge and stay inside.
    """
    return {
        "exported_at": timezone.now().isoformat(),
        "person": _own_row(person),
        "affiliations": _affiliations(person),
        "sign_in": _sign_in(person),
        **{section: export(person) for section, export in personal_data.exporters().items()},
    }


def _own_row(person: User) -> dict[str, Any]:
    return {
        "number": person.pk,
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "joined_at": person.joined_at.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }


def _affiliations(person: User) -> list[dict[str, Any]]:
    return [
        {
            "organisation": affiliation.organisation.name_ru,
            "helix": affiliation.organisation.helix,
            "position": affiliation.position,
            "from": affiliation.valid_from.isoformat(),
            "to": affiliation.valid_to.isoformat() if affiliation.valid_to else None,
        }
        for affiliation in person.affiliations.select_related("organisation")
    ]


def _sign_in(person: User) -> dict[str, Any]:
    return {
        "email_addresses": [
            {"email": row.email, "verified": row.verified, "primary": row.primary}
            for row in EmailAddress.objects.filter(user=person)
        ],
        "second_steps": [
            {
                "kind": row.type,
                "added_at": row.created_at.isoformat(),
                "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
            }
            for row in Authenticator.objects.filter(user=person)
        ],
        "identity_providers": [
            {"provider": row.provider, "uid": row.uid, "data": row.extra_data}
            for row in SocialAccount.objects.filter(user=person)
        ],
        "sessions": [
            {
                "started_at": row.created_at.isoformat(),
                "last_seen_at": row.last_seen_at.isoformat(),
                "ip": row.ip,
                "browser": row.user_agent,
            }
            for row in UserSession.objects.filter(user=person)
        ],
    }


@transaction.atomic
def erase_person(*, person: User) -> None:
    """Leaves a tombstone: counts and public records hold, and nothing in them names the person.

    Every app's eraser runs in this transaction; all sessions end. Doing it twice changes nothing.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        return
    for erase in personal_data.erasers().values():
        erase(person)
    _erase_sign_in(person)
    person.affiliations.all().delete()
    person.groups.clear()
    person.user_permissions.clear()
    _write_tombstone(person)


def _erase_sign_in(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()
    for model in (Authenticator, SocialAccount, EmailAddress):
        model.objects.filter(user=person).delete()


def _write_tombstone(person: User) -> None:
    person.email = f"erased-{person.pk}@erased.invalid"
    person.name = ""
    person.set_unusable_password()  # also ends every session whose key is not known to us
    person.last_login = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = timezone.now()
    person.save()
