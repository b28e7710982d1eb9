"""E-mail: text with an HTML alternative, one connection for many messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from participation.channels import ChannelAway, Hangs, Message, RefusedForGood, TryLater


@contextmanager
def open_channel() -> Iterator["EmailChannel"]:
    channel = EmailChannel(get_connection())
    try:
        yield channel
    finally:
        channel.close()


class EmailChannel:
    def __init__(self, connection: BaseEmailBackend) -> None:
        self.connection = connection

    def send(self, message: Message) -> None:
        mail = compose(message)
        self._open()
        try:
            self.connection.send_messages([mail])
        except SMTPRecipientsRefused as error:
            raise _of_recipients(error) from error
        except SMTPDataError as error:
            raise _of_code(error) from error
        except (SMTPException, OSError) as error:
            # Our sender or the connection is refused, not the message: the next one tries anew.
            self.close()
            raise (Hangs if _is_late(error) else TryLater)(_told(error)) from error

    def _open(self) -> None:
        try:
            self.connection.open()
        except (SMTPException, OSError) as error:
            self.close()
            raise ChannelAway(_told(error)) from error

    def close(self) -> None:
        try:
            self.connection.close()
        except (SMTPException, OSError):
            self.connection.connection = None  # type: ignore[attr-defined]


def compose(message: Message) -> EmailMultiAlternatives:
    """The fixed Message-ID lets mail servers and programs drop a repeat."""
    headers = {"Message-ID": f"<{message.key}>", "Auto-Submitted": "auto-generated"}
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject, body=message.text, to=[message.address], headers=headers
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _is_late(error: Exception) -> bool:
    """smtplib tells of a server that does not answer in time as of one that hung up."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _of_recipients(error: SMTPRecipientsRefused) -> TryLater | RefusedForGood:
    codes = [code for code, _ in error.recipients.values()]
    if codes and all(code >= 500 for code in codes):
        return RefusedForGood(_told(error), address_is_bad=True)
    return TryLater(_told(error))


def _of_code(error: SMTPResponseException) -> TryLater | RefusedForGood:
    return RefusedForGood(_told(error)) if error.smtp_code >= 500 else TryLater(_told(error))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
