"""Signing in with an electronic identity: the number is hashed before anything is kept of it."""

from typing import Any

from django.http import HttpRequest

from accounts.adapter import SocialAccountAdapter
from accounts.models import User
from budgeting.electorate.identity_claims import without_number
from budgeting.register_keys import register_key
from budgeting.services.proofs.identity import claim_names


class ResidentAdapter(SocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Called before an account is looked up or saved."""
        user = super().populate_user(request, sociallogin, data)
        names = claim_names()
        if names is not None:
            account, hashed = sociallogin.account, register_key().number
            account.extra_data = without_number(account.extra_data, names, hashed)
            if names.iin == "sub":
                account.uid = hashed(str(account.uid)).hex()
        return user
