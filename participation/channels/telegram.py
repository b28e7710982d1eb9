"""Telegram, by the HTTP interface of its bots; another address can stand in for it.

Source of names and codes: https://core.telegram.org/bots/api (sendMessage, getUpdates).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from participation.channels import ChannelAway, Message, RefusedForGood, TryLater
from participation.channels.http import post_json


@contextmanager
def open_channel() -> Iterator["TelegramChannel"]:
    yield TelegramChannel()


class TelegramChannel:
    def send(self, message: Message) -> None:
        status, answer = call(
            "sendMessage",
            chat_id=message.address,
            text=message.short,
            link_preview_options={"is_disabled": True},
        )
        reason = f"{status}: {answer.get('description', '')}"
        if status == 200:
            return
        if status in (401, 404):  # the bot's own token
            raise ChannelAway(reason)
        if status in (400, 403):  # no such chat; or the person has blocked the bot
            raise RefusedForGood(reason, address_is_bad=True)
        raise TryLater(reason)


def is_configured() -> bool:
    return bool(settings.TELEGRAM_BOT_TOKEN)


def call(method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    """Raises ChannelAway where there is no bot or it cannot be reached, Hangs."""
    if not is_configured():
        raise ChannelAway("no bot is configured")
    base = f"{settings.TELEGRAM_API_URL}/bot{settings.TELEGRAM_BOT_TOKEN}"
    return post_json(f"{base}/{method}", parameters)


@dataclass(frozen=True)
class Said:
    """What somebody wrote to the bot."""

    chat: str
    text: str


def read_updates() -> list[Said]:
    """What was written to the bot and is not confirmed yet, oldest first; and confirm it.

    A repeat after a crash is possible. Raises SendingFailed.
    """
    status, answer = call("getUpdates", timeout=0, allowed_updates=["message"])
    updates = answer.get("result") or []
    if status != 200 or not updates:
        return []
    said = [_said(update.get("message") or {}) for update in updates]
    call("getUpdates", timeout=0, limit=1, offset=int(updates[-1]["update_id"]) + 1)
    return [each for each in said if each.chat]


def _said(message: dict[str, Any]) -> Said:
    chat = message.get("chat") or {}
    is_private = chat.get("type") == "private"
    return Said(str(chat.get("id", "")) if is_private else "", str(message.get("text", "")))
