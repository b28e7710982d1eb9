"""What a person did at meetings can be taken along, and forgotten without losing a count."""

import pytest

from accounts.services import erase_person, export_person
from edp.models import Invitation, Statement
from edp.participants import participants_of
from edp.services.workshops.doors import check_in, invite
from edp.services.workshops.places import register
from edp.services.workshops.planning import end_workshop
from edp.services.workshops.statements import capture_statement
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop

pytestmark = pytest.mark.django_db


def test_exported_and_erased(city, alice, charlie) -> None:
    process = make_process(city, stage="discovery")
    hall = make_workshop(process, state="running")
    ahead = make_workshop(process, capacity=1)
    invite(by=None, workshop=ahead, helix="business", name="Алиса", email=alice.email)
    register(person=alice, workshop=ahead)
    register(person=charlie, workshop=ahead)
    check_in(by=None, workshop=hall, person=alice)
    capture_statement(
        by=None,
        process=process,
        workshop=hall,
        kind="need",
        language="ru",
        text="Мои слова",
        has_consent=True,
        author=alice,
        is_named=True,
    )
    end_workshop(by=None, workshop=hall)
    exported = export_person(person=alice)["edp_meetings"]
    assert [row["text"] for row in exported["statements"]] == ["Мои слова"]
    assert exported["registrations"][0]["state"] == "registered"
    assert len(exported["attendances"]) == len(exported["invitations"]) == 1

    erase_person(person=alice)

    statement = Statement.objects.get()
    assert (statement.text, statement.author, statement.is_named) == ("", None, False)
    assert participants_of(process).total() == 1
    assert Invitation.objects.get().name == Invitation.objects.get().email == ""
    # The place goes to whoever waited.
    assert ahead.registrations.get().person == charlie
    assert ahead.registrations.get().state == "registered"
