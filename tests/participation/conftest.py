from collections.abc import Iterator

import pytest

from tests.participation.mailbox import Mailbox, running_mailbox


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield mailbox
