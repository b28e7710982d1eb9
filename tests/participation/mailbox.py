"""A real mail server on the loopback, for tests of what is sent and how often."""

import asyncio
import email
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)


class Mailbox:
    """What arrived, in order; `answers` are refusals by address, `delay` seconds a message.

    `sender_answer` refuses whoever writes; `data_answers` are given to the messages as they end,
    in turn, and then no more.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.begun = 0
        self.answers: dict[str, str] = {}
        self.delay = 0.0
        self.sender_answer = ""
        self.data_answers: list[str] = []
        self.connections = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def addresses(self) -> list[str]:
        return [message["To"] for message in self.messages]

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.sender_answer:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.begun += 1
        await asyncio.sleep(self.delay)
        answer = self.data_answers.pop(0) if self.data_answers else ""
        if answer:
            return answer
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, ready_timeout=30)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
