"""SMS through a gateway that takes one JSON request a message.

    POST SMS_GATEWAY_URL   Authorization: Bearer SMS_GATEWAY_TOKEN   Idempotency-Key: <key>
    {"to": "+77010000000", "text": "…", "id": "<key>"}

2xx: taken. 400, 404, 422: never. Whatever else: later. A gateway with other names gets a
twenty-line module like this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from participation.channels import ChannelAway, Message, RefusedForGood, TryLater
from participation.channels.http import post_json


@contextmanager
def open_channel() -> Iterator["SmsChannel"]:
    yield SmsChannel()


class SmsChannel:
    def send(self, message: Message) -> None:
        if not is_configured():
            raise ChannelAway("no gateway is configured")
        status, _ = post_json(
            settings.SMS_GATEWAY_URL,
            {"to": message.address, "text": message.short, "id": message.key},
            {
                "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
                "Idempotency-Key": message.key,
            },
        )
        if 200 <= status < 300:
            return
        if status in (401, 402, 403):  # our account, not this message
            raise ChannelAway(str(status))
        if status in (400, 404, 422):
            raise RefusedForGood(str(status))
        raise TryLater(str(status))


def is_configured() -> bool:
    return bool(settings.SMS_GATEWAY_URL)
