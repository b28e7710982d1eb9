"""Signing in, signing up, and what a person sees of their own account."""

from collections.abc import Callable

import pytest

from tests.e2e.browsing import Visit
from tests.e2e.conftest import Visitor
from tests.e2e.pages import PageType, check, in_every_language
from tests.e2e.world import PASSWORD

pytestmark = pytest.mark.browser


def send(**fields: str) -> Callable[[Visit], None]:
    """Fill these fields and press Enter in the last one. Browsers' own checks stay aside."""

    def act(visit: Visit) -> None:
        for form in visit.page.locator("main form").all():
            form.evaluate("form => form.noValidate = true")
        for name, text in fields.items():
            visit.page.locator(f"main [name={name}]").fill(text)
        with visit.next_page():
            visit.page.locator(f"main [name={list(fields)[-1]}]").press("Enter")

    return act


PAGES = [
    PageType("sign-in", "/account/login/?next=/kk/budgeting/"),
    PageType(
        "sign-in-error", "/account/login/",
        then=send(login="nobody@example.org", password="wrong horse"),
    ),
    PageType("sign-in-code", "/account/login/code/"),
    PageType(
        "sign-in-code-sent", "/account/login/code/", then=send(email="nobody@example.org")
    ),
    PageType(
        "sign-in-second-step", "/account/login/",
        then=send(login="twosteps@example.org", password=PASSWORD),
    ),
    PageType("sign-up", "/account/signup/"),
    PageType("sign-up-error", "/account/signup/", then=send(email="nobody", password1="1")),
    PageType("password-forgotten", "/account/password/reset/"),
    PageType("person", "/account/", "citizen"),
    PageType("person-of-organiser", "/account/", "organiser"),
    PageType("edit", "/account/edit/", "citizen"),
    PageType("search-save", "/search/save/?query=q=alpha", "citizen"),
    PageType("erase", "/account/erase/", "citizen"),
    PageType("erase-error", "/account/erase/", "citizen", then=send(email="wrong@example.org")),
    PageType("email", "/account/email/", "citizen"),
    PageType("email-error", "/account/email/", "citizen", then=send(email="nobody")),
    PageType("password", "/account/password/change/", "citizen"),
    PageType("password-set", "/account/password/set/", "resident"),
    PageType("sessions", "/account/sessions/", "citizen"),
    PageType("confirm-it-is-you", "/account/reauthenticate/", "citizen"),
    PageType("sign-out", "/account/logout/", "citizen"),
    PageType("two-steps", "/account/2fa/", "citizen"),
    PageType("two-steps-on", "/account/2fa/", "twosteps"),
    PageType("authenticator-app", "/account/2fa/totp/activate/", "citizen"),
    PageType(
        "authenticator-app-error", "/account/2fa/totp/activate/", "citizen",
        then=send(code="000000"),
    ),
    PageType("authenticator-app-off", "/account/2fa/totp/deactivate/", "twosteps"),
    PageType("recovery-codes-new", "/account/2fa/recovery-codes/generate/", "twosteps"),
    PageType("passkeys", "/account/2fa/webauthn/", "citizen"),
    PageType("passkey-new", "/account/2fa/webauthn/add/", "citizen"),
]  # fmt: skip


@in_every_language(PAGES)
def test_page(page_type: PageType, language: str, visitor: Visitor) -> None:
    check(page_type, language, visitor)
