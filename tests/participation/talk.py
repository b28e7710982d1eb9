"""What tests of the discussion share: a dossier to talk about, and ways to say something."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import User
from participation.models import Comment, Dossier, Role, Territory
from participation.services import Wording, create_dossier, publish_dossier
from participation.services.comments import write_comment

TEXT = "Кешке бұл жерде қараңғы, шам керек."


def make_dossier(city: Territory, path: str = "budgeting/a-thing/") -> Dossier:
    dossier = create_dossier(
        kind="edp.idea",
        territory=city,
        state="submitted",
        path=path,
        wordings=[Wording("en", "A thing"), Wording("kk", "Бір нәрсе"), Wording("ru", "Вещь")],
    )
    publish_dossier(dossier=dossier)
    return dossier


def say(by: User, dossier: Dossier, text: str = TEXT, **more: Any) -> Comment:
    return write_comment(by=by, dossier=dossier, text=text, page_language="kk", **more)


def grow_old(person: User) -> None:
    """An account past its first day, which is slowed down no more."""
    person.joined_at = timezone.now() - timedelta(days=30)
    person.save(update_fields=["joined_at"])


def make_moderator(person: User, territory: Territory) -> User:
    Role.objects.create(
        person=person, kind=Role.Kind.MODERATOR, territory=territory, valid_from=timezone.now()
    )
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled(text: str = TEXT, **fields: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), "text": text, "position": "", **fields}
