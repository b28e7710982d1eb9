"""How django-allauth meets our people: names, languages, where a sign-in leads."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User

log = structlog.get_logger()


@dataclass(frozen=True)
class Site:
    """What allauth's letters call the site they come from."""

    name: str
    domain: str


def _page_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _language_of(email: str, written_by: Any) -> str:
    """The language of the letter's reader.

    Nobody is known by an address just given up (then its owner writes) or not yet confirmed (then
    the page's language is the best guess).
    """
    reader = User.objects.filter(email__iexact=email).first() or written_by
    return reader.language if isinstance(reader, User) else _page_language()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new person reads in the language of the page they signed up on."""
        user.name = form.cleaned_data.get("name") or user.name
        user.language = _page_language()
        super().save_user(request, user, form, commit=commit)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter that cannot be sent now is reported, and the page offers to send it again."""
        site = Site(settings.SITE_NAME, settings.SITE_URL)
        given = {"request": self.request, "email": email, "current_site": site, **context}
        try:
            with override(_language_of(email, self._writer(context))):
                self.render_mail(template_prefix, email, given).send()
        except (SMTPException, OSError) as error:
            log.error("mail_not_sent", kind=template_prefix, error=type(error).__name__)  # noqa: TRY400
            messages.error(
                self.request, _("We could not send an e-mail just now. Try again in a few minutes.")
            )

    def _writer(self, context: dict[str, Any]) -> Any:
        return context.get("user") or getattr(self.request, "user", None)

    def send_account_already_exists_mail(self, email: str) -> None:
        with override(_language_of(email, None)):  # the letter's links, too, are in its language
            super().send_account_already_exists_mail(email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """An identity provider tells the name; the page tells the language."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part))[:150]
        user.language = _page_language()
        return user


class TwoStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds of authenticator apps are unreadable in a copy of the database without SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises cryptography.fernet.InvalidToken when no key of ours opens it."""
        return _vault().decrypt(encrypted_text).decode()


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(b"accounts.two-step" + key.encode()).digest()))
        for key in keys
    )
