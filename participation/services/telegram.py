"""Linking a Telegram chat: a one-time code on the site, said to the bot in the chat."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from participation.channels.telegram import Said, call, is_configured, read_updates
from participation.models import Reach

CODE_LIVES = timedelta(minutes=30)


@transaction.atomic
def new_code(*, person: User) -> str:
    """A code that links the next chat in which it is said, within half an hour. An older one
    ends."""
    code = secrets.token_urlsafe(12)
    Reach.objects.update_or_create(
        person=person,
        defaults={"telegram_code": code, "telegram_code_ends_at": timezone.now() + CODE_LIVES},
    )
    return code


@transaction.atomic
def link_chat(*, chat: str, code: str) -> User | None:
    """The person to whom the chat belongs from now on; None for a code that is not in force."""
    found = Reach.objects.select_for_update(of=("self",)).select_related("person")
    reach = found.filter(
        telegram_code=code, telegram_code_ends_at__gt=timezone.now(), person__is_active=True
    ).first()
    if reach is None or not code:
        return None
    Reach.objects.filter(telegram_chat=chat).update(telegram_chat="")
    reach.telegram_chat, reach.telegram_code = chat, ""
    reach.telegram_code_ends_at = None
    reach.save(update_fields=["telegram_chat", "telegram_code", "telegram_code_ends_at"])
    return reach.person


@transaction.atomic
def unlink_chat(*, person: User) -> None:
    Reach.objects.filter(person=person).update(telegram_chat="", telegram_code="")


def read_bot() -> int:
    """Act on what was said to the bot. Returns how many chats were linked. Raises SendingFailed.

    Only one worker reads at a time: Telegram answers a second reader with an error.
    """
    if not is_configured():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(7000, 3)")
        if not cursor.fetchone()[0]:
            return 0
        return sum(_answer(said) for said in read_updates())


def _answer(said: Said) -> bool:
    code = said.text.removeprefix("/start").strip()
    person = link_chat(chat=said.chat, code=code)
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        if person is not None:
            words = gettext("This chat is linked: messages come here as you choose on the site.")
        else:
            words = gettext("This code is not in force. Take a new one on the site.")
        call("sendMessage", chat_id=said.chat, text=words)
    return person is not None
