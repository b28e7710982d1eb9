"""Who never confirmed an address is forgotten after a week, and nobody else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import forget_unverified
from participation.models import Role, Territory

pytestmark = pytest.mark.django_db


def signed_up(email: str, days_ago: int) -> User:
    """Through the form, like anybody."""
    form = {"email": email, "name": "New", "password1": "a-long-secret-9", "language": "kk"}
    Client().post("/en/account/signup/", form | {"password2": form["password1"]})
    person = User.objects.get(email=email)
    User.objects.filter(pk=person.pk).update(joined_at=timezone.now() - timedelta(days=days_ago))
    return person


def test_only_old_and_unconfirmed_signups_go() -> None:
    old, new = signed_up("old@example.org", 8), signed_up("new@example.org", 6)
    confirmed = signed_up("confirmed@example.org", 8)
    EmailAddress.objects.update_or_create(
        user=confirmed, email=confirmed.email, defaults={"verified": True}
    )
    assert len(mail.outbox) == 3
    assert forget_unverified() == 1
    assert not User.objects.filter(pk=old.pk).exists()
    assert User.objects.filter(pk__in=[new.pk, confirmed.pk]).count() == 2
    assert forget_unverified() == 0
    # The address is free again.
    assert signed_up("old@example.org", 0)


def test_operators_and_people_with_a_task_stay(city: Territory) -> None:
    week = timezone.now() - timedelta(days=30)
    User.objects.create_superuser("root@example.org", "secret", joined_at=week)
    officer = User.objects.create_user("officer@example.org", joined_at=week)
    Role.objects.create(
        person=officer, kind=Role.Kind.REVIEWER, territory=city, valid_from=timezone.now()
    )
    signed_in = User.objects.create_user("in@example.org", joined_at=week)
    User.objects.filter(pk=signed_in.pk).update(last_login=week)
    before = User.objects.count()
    assert forget_unverified() == 0
    assert User.objects.count() == before
