"""How django-allauth meets our people: names, languages, where a sign-in leads."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new person reads in the language of the page they signed up on."""
        user.name = form.cleaned_data.get("name", "")
        user.language = (get_language() or user.language)[:2]
        super().save_user(request, user, form, commit=commit)
        return user
