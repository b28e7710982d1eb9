"""A whole list of guests: read line by line, shown, and invited as one."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from edp.invitation_lines import MOST_LINES, read_lines
from edp.models import Invitation, Workshop
from edp.services.workshops.doors import invite, invite_all
from edp.services.workshops.errors import WrongTime
from edp.services.workshops.planning import begin_workshop
from participation.models import Territory
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop

GOOD = (
    "business; Тараз Гипс; office@example.org\nғылым; Дулати университеті;\nНПО;; eco@example.org"
)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_lines_are_read_whatever_divides_them(mark: str) -> None:
    rows = ["\ufeffhelix;name;email", "", "бизнес;Тараз Гипс;Office@example.org", "академия;Ұ;"]
    lines = read_lines("\r\n".join(rows).replace(";", mark))
    assert [(line.number, line.helix, line.email) for line in lines] == [
        (3, "business", "Office@example.org"), (4, "", ""),
    ]  # fmt: skip
    assert [line.problem for line in lines] == ["", "bad_helix"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("business;;", "nobody"),
        ("business", "nobody"),
        ("business;Name;at example", "bad_address"),
        ("business;Name;a@b", "bad_address"),
        ("tourism;Name;", "bad_helix"),
        (f"business;{'x' * 151};", "too_long"),
        ("НПО;Other;OFFICE@example.org", "twice"),
        ("азаматтық қоғам;Name;", ""),
    ],
)
def test_each_line_says_what_is_wrong_with_it(line: str, problem: str) -> None:
    lines = read_lines(f"business;A;office@example.org\n{line}")
    assert lines[-1].problem == problem
    assert lines[0].problem == ""


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert all(line.helix or line.problem for line in read_lines(text))


@pytest.fixture
def workshop(city: Territory) -> Workshop:
    return make_workshop(make_process(city, stage="discovery", territory=city))


def test_whoever_is_invited_already_is_passed_over(workshop: Workshop, bob: User) -> None:
    invite(by=bob, workshop=workshop, helix="business", email="OFFICE@example.org")
    assert invite_all(by=bob, workshop=workshop, guests=read_lines(GOOD)) == 2
    assert invite_all(by=bob, workshop=workshop, guests=read_lines(GOOD)) == 1  # one has no address
    begin_workshop(by=bob, workshop=workshop, takes_phones=False)
    with pytest.raises(WrongTime):
        invite_all(by=bob, workshop=workshop, guests=read_lines(GOOD))


def page_of(workshop: Workshop) -> str:
    return f"/en/edp/zhambyl/workshops/{workshop.number}/invitations/list/"


def sent(act: str, **changed: Any) -> dict[str, Any]:
    return {"act": act, "lines": GOOD, "form_key": str(uuid4()), **changed}


def test_it_is_shown_before_anybody_is_invited(workshop: Workshop, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    invite(by=bob, workshop=workshop, helix="business", email="office@example.org")
    shown = client.post(page_of(workshop), sent("preview"))
    assert shown.status_code == 200
    body = shown.content.decode()
    assert "3 lines, as they were understood" in body
    assert "invited already, is passed over" in body
    assert Invitation.objects.count() == 1
    words = sent("send")
    for _ in range(2):  # sent twice: one act
        assert client.post(page_of(workshop), words).status_code == 302
    assert Invitation.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"lines": f"{GOOD}\ntourism; X;"}, "marked below"),
        ({"lines": "  \n "}, "no line in it"),
        ({"lines": "business; X;\n" * (MOST_LINES + 1)}, "At most 500 lines"),
        ({"file": SimpleUploadedFile("a.csv", b"PK\x03\x04")}, "workbook"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 200_001)}, "too large"),
    ],
)
def test_a_list_with_faults_invites_nobody(
    workshop: Workshop, bob: User, changed: dict[str, Any], says: str
) -> None:
    client = Client()
    client.force_login(bob)
    answer = client.post(page_of(workshop), sent("send", **changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_file_in_the_old_encoding_comes_into_the_field(workshop: Workshop, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    file = SimpleUploadedFile("list.csv", "власть;Отдел экономики;\n".encode("cp1251"))
    shown = client.post(page_of(workshop), sent("preview", lines="", file=file))
    assert shown.status_code == 200
    assert "власть;Отдел экономики;" in shown.content.decode()
