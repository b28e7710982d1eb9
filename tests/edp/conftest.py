"""What tests of discovery share: a process under evaluation, and who organises it."""

import pytest
from django.utils import timezone

from accounts.models import User
from edp.models import DiscoveryProcess, Stage
from participation.models import Role, Territory
from tests.conftest import make_person
from tests.edp.making import make_process


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.EVALUATION)


@pytest.fixture
def organiser(process: DiscoveryProcess) -> User:
    person = make_person("organiser@example.org", "Organiser", language="en")
    Role.objects.create(
        person=person,
        kind=Role.Kind.ORGANISER,
        territory=process.dossier.territory,
        valid_from=timezone.now(),
    )
    return person
