"""What tests of councils share: Astana's council of 14 and 7, and who keeps it."""

import pytest
from django.utils import timezone

from accounts.models import User
from councils.models import Council
from participation.models import Role, Territory
from tests.conftest import make_person
from tests.councils.making import make_council


@pytest.fixture
def council(city: Territory) -> Council:
    return make_council(city, civil=14, state=7)


@pytest.fixture
def secretary(council: Council) -> User:
    person = make_person("secretary@example.org", "Secretary", language="en")
    Role.objects.create(
        person=person,
        kind=Role.Kind.COUNCIL_SECRETARY,
        dossier=council.dossier,
        valid_from=timezone.now(),
    )
    return person


@pytest.fixture
def chair(council: Council) -> User:
    """Has the first seat of civil society."""
    person = make_person("chair@example.org", "Chair", language="en")
    council.mandates.filter(office="chair").update(person=person)
    return person
