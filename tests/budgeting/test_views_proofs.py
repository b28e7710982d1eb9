"""Pages of who may vote: the register, letters, the desk, and the voter who has only a letter."""

import csv
import io
import os
import time
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from budgeting.letter_sheets import sheet_html
from budgeting.models import Cycle, Election, LetterBatch, RegisterImport, RegisterLine, RollEntry
from budgeting.services.elections import freeze_election
from budgeting.services.proofs.desk import look_up
from budgeting.services.proofs.letters import print_letters
from budgeting.services.proofs.lines import tie
from participation.models import JournalEntry, Residence
from participation.printing import can_print
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.registers import (
    BIRTHDAYS,
    LETTER_RULES,
    codes_of,
    import_register,
    line_number,
    make_batch,
    number_of,
    table,
)
from tests.conftest import Make

pytestmark = pytest.mark.django_db
BOOTH = (SLUG, 1)


@pytest.fixture(autouse=True)
def _no_tries_so_far() -> None:
    cache.clear()


@pytest.fixture
def listed(make_cycle: Make, alice: User) -> Cycle:
    cycle: Cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(10)))
    return cycle


@pytest.fixture
def election(listed: Cycle, bob: User) -> Election:
    return freeze_election(by=bob, election=listed.envelopes.get().election)


@pytest.fixture
def codes(listed: Cycle, bob: User) -> dict[int, str]:
    found = codes_of(make_batch(listed), bob)
    return {n: found[bytes(line_number(listed, n).iin_hash)] for n in range(10)}


def born(number: int) -> str:
    return f"{BIRTHDAYS[number]:%d.%m.%Y}"


def key() -> str:
    return str(uuid4())


# --- A voter with a letter ----------------------------------------------------------------------


def open_letter(client: Client, code: str, number: int) -> Any:
    return client.post(page("code-enter", SLUG), {"code": code, "born_on": born(number)})


def vote(client: Client, *projects: str) -> Any:
    return client.post(
        page("ballot-cast", *BOOTH), {"project": projects, "step": "cast", "form_key": key()}
    )


def test_from_letter_to_receipt_without_an_account(
    election: Election, codes: dict[int, str], client: Client
) -> None:
    assert open_letter(client, codes[0], 0)["Location"] == page("ballot-cast", *BOOTH)
    assert client.get(page("ballot-cast", *BOOTH)).context["may_cast"]
    assert vote(client, "1")["Location"] == page("ballot-receipt", *BOOTH)
    assert client.get(page("ballot-receipt", *BOOTH)).status_code == 200
    assert RollEntry.objects.get().casts == 1


def test_the_letter_opens_the_booth_and_nothing_else(
    election: Election, codes: dict[int, str], client: Client
) -> None:
    open_letter(client, codes[0], 0)
    for name in ("cycle-detail", "proposal-list", "proof-list", "code-enter"):
        answer = client.get(page(name, SLUG))
        assert not answer.context["user"].is_authenticated
    assert client.get("/en/person/").status_code in {302, 404}
    # A draft may be begun by anybody; it stays one until somebody signs in.
    draft = client.get(page("proposal-submit", SLUG))
    assert not draft.context["user"].is_authenticated


def test_a_closed_letter_lets_nobody_vote(
    election: Election, codes: dict[int, str], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_letter(client, codes[0], 0)
    client.post(page("code-leave", SLUG))
    assert vote(client, "1").status_code == 403
    open_letter(client, codes[0], 0)
    later = time.time() + 31 * 60  # a telephone that was lent
    monkeypatch.setattr("budgeting.voter_by_code.time.time", lambda: later)
    assert vote(client, "1").status_code == 403
    assert not RollEntry.objects.filter(casts__gt=0).exists()


def test_a_letter_of_one_budget_opens_no_other(
    election: Election, codes: dict[int, str], client: Client, make_cycle: Make, bob: User
) -> None:
    other = make_cycle("taraz-other")
    freeze_election(by=bob, election=other.envelopes.get().election)
    open_letter(client, codes[0], 0)
    assert not client.get(page("ballot-cast", "taraz-other", 1)).context["may_cast"]
    answer = client.post(page("code-enter", "taraz-other"), {"code": codes[1], "born_on": born(1)})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("code", "birthday", "field", "words"),
    [
        ("ABCD-EFGH-JKMN-P", born(0), "code", "There is a slip in the code"),
        ("", born(0), "code", "This field is required."),
        (None, born(1), "code", "do not belong together"),
        (None, "01.01.2999", "born_on", "Check the year"),
        (None, "yesterday", "born_on", "Enter a valid date."),
    ],
)
def test_a_wrong_letter_says_so_and_keeps_what_was_typed(
    election: Election,
    codes: dict[int, str],
    client: Client,
    code: str | None,
    birthday: str,
    field: str,
    words: str,
) -> None:
    typed = codes[0] if code is None else code
    answer = client.post(page("code-enter", SLUG), {"code": typed, "born_on": birthday})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in body(answer)
    assert f'value="{birthday}"' in body(answer)


def test_an_account_keeps_its_letter(
    election: Election, codes: dict[int, str], client: Client, charlie: User
) -> None:
    open_letter(signed_in(charlie), codes[2], 2)
    assert line_number(election.envelope.cycle, 2).person == charlie
    answer = open_letter(client, codes[2], 2)
    assert "used with an account already" in body(answer)


def test_codes_cannot_be_tried_for_ever(
    election: Election, codes: dict[int, str], client: Client
) -> None:
    for _ in range(30):
        open_letter(client, codes[0], 1)
    assert "tried too often" in body(open_letter(client, codes[0], 0))
    assert not User.objects.filter(email__endswith="@voter.invalid").exists()


# --- The register, asked by the person ----------------------------------------------------------


def test_found_by_number(listed: Cycle, charlie: User) -> None:
    client = signed_in(charlie)
    sent = {"iin": number_of(0), "born_on": born(0)}
    answer = client.post(page("proof-number", SLUG), sent)
    assert answer["Location"] == page("proof-list", SLUG)
    assert "Your place of residence is confirmed" in body(client.get(page("proof-list", SLUG)))
    assert Residence.objects.get(person=charlie).method == "roll"


def test_whoever_is_not_found_learns_nothing(listed: Cycle, charlie: User, alice: User) -> None:
    """A line that is taken and one that never was give the same page."""
    signed_in(alice).post(page("proof-number", SLUG), {"iin": number_of(1), "born_on": born(1)})
    said = []
    for number in (1, 77):
        sent = {"iin": number_of(number), "born_on": born(number)}
        answer = signed_in(charlie).post(page("proof-number", SLUG), sent)
        assert answer.status_code == 422
        said.append(str(answer.context["form"].errors))
    assert said[0] == said[1]


def test_five_tries_an_hour(listed: Cycle, charlie: User) -> None:
    client = signed_in(charlie)
    for _ in range(5):
        client.post(page("proof-number", SLUG), {"iin": number_of(77), "born_on": born(77)})
    answer = client.post(page("proof-number", SLUG), {"iin": number_of(0), "born_on": born(0)})
    assert "tried too often" in body(answer)
    assert line_number(listed, 0).person is None


@pytest.mark.parametrize(
    ("number", "birthday", "field"),
    [("123", born(0), "iin"), ("880101300124", "01.01.1988", "iin"),
     (number_of(0), born(1), "born_on"), (number_of(0), "01.01.2999", "born_on")],
)  # fmt: skip
def test_a_slip_is_told_at_its_field(
    listed: Cycle, charlie: User, number: str, birthday: str, field: str
) -> None:
    sent = {"iin": number, "born_on": birthday}
    answer = signed_in(charlie).post(page("proof-number", SLUG), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


# --- The officer --------------------------------------------------------------------------------


def hand_in(client: Client, text: str, **options: str) -> Any:
    file = SimpleUploadedFile("register.csv", text.encode())
    sent = {"file": file, "form_key": key(), **options}
    return client.post(page("register-detail", SLUG), sent)


def test_a_register_is_handed_in_on_its_page(cycle: Cycle, bob: User) -> None:
    client = signed_in(bob)
    answer = hand_in(client, table(range(20)))
    source = RegisterImport.objects.get()
    assert answer["Location"] == page("import-detail", SLUG, source.pk)
    assert "Taken over" in body(client.get(answer["Location"]))
    assert RegisterLine.objects.count() == 20


def test_wrong_lines_can_be_taken_along(cycle: Cycle, bob: User) -> None:
    client = signed_in(bob)
    bad = "".join(f"{number_of(n)},01.01.2999,\n" for n in range(60))
    address = hand_in(client, table(range(2)) + bad)["Location"]
    assert "Nothing was taken over" in body(client.get(address))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{address}faults.csv")
        rows = list(csv.reader(io.StringIO(body_of(answer).lstrip("\ufeff"))))
    assert len(rows) == 61
    assert rows[1] == ["4", "born_on", "The date of birth lies in the future."]
    assert len(queries) < 20
    in_russian = client.get(f"/ru{address.removeprefix('/en')}faults.csv")
    assert body_of(in_russian) != body_of(client.get(f"{address}faults.csv"))


def body_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_no_file_and_no_key_of_the_form(cycle: Cycle, bob: User) -> None:
    answer = signed_in(bob).post(page("register-detail", SLUG), {"form_key": key()})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    assert hand_in(strict, table(range(1))).status_code == 403


def test_a_look_is_answered_once_and_written_down(listed: Cycle, bob: User) -> None:
    client = signed_in(bob)
    sent = {"iin": number_of(3), "reason": "desk", "form_key": key()}
    answer = client.post(page("register-look", SLUG), sent)
    assert born(3) in body(answer)
    assert number_of(3) not in body(answer)
    assert JournalEntry.objects.filter(kind="budgeting.register_looked_up").count() == 1
    assert "the person stands at the desk" in body(client.get(page("look-list", SLUG)))
    assert client.post(page("register-look", SLUG), {**sent, "reason": ""}).status_code == 422


def test_a_person_sees_who_looked_at_them(listed: Cycle, bob: User, charlie: User) -> None:
    tie(line=line_number(listed, 3), person=charlie)
    seen = page("proof-list", SLUG)
    assert signed_in(charlie).get(seen).context["looks"] == []
    look_up(by=bob, cycle=listed, iin=number_of(3), reason="complaint")
    assert "complaint of the person" in body(signed_in(charlie).get(seen))
    assert "complaint of the person" not in body(signed_in(bob).get(seen))


def test_the_desk_asks_for_the_number_where_the_rules_do(
    listed: Cycle, bob: User, charlie: User
) -> None:
    sent = {
        "email": charlie.email, "territory": str(listed.dossier.territory.pk),
        "born_on": born(4), "iin": "", "form_key": key(),
    }  # fmt: skip
    client = signed_in(bob)
    answer = client.post(page("residence-confirm", SLUG), sent)
    assert list(answer.context["form"].errors) == ["iin"]
    client.post(page("residence-confirm", SLUG), {**sent, "iin": number_of(4)})
    assert line_number(listed, 4).person == charlie


def ask_for_letters(client: Client, city: int, **changes: str) -> Any:
    sent = {"territory": str(city), "kind": "people", "valid_until": "27.03.2099 18:00"}
    return client.post(page("letter-list", SLUG), {**sent, "form_key": key(), **changes})


def test_letters_are_made_printed_once_and_withdrawn(listed: Cycle, bob: User) -> None:
    client = signed_in(bob)
    assert ask_for_letters(client, listed.dossier.territory.pk).status_code == 302
    answer = client.post(page("letter-print", SLUG, 1), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(body_of(answer).lstrip("\ufeff"))))
    assert len(rows) == 11
    code, address = rows[1][3], rows[1][4]
    assert address.endswith(f"/kk/budgeting/{SLUG}/code/#{code}")
    again = client.post(page("letter-print", SLUG, 1), {"format": "csv"}, follow=True)
    assert "have been printed or withdrawn" in body(again)
    client.post(page("letter-withdraw", SLUG, 1), {"form_key": key()})
    assert LetterBatch.objects.get().state == "withdrawn"


@pytest.mark.skipif(
    not can_print() and os.environ.get("KENES_REQUIRE_SYSTEM_PARTS") != "1",
    reason="Pango is not installed: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
)
def test_a_sheet_to_print(listed: Cycle, bob: User) -> None:
    make_batch(listed)
    answer = signed_in(bob).post(page("letter-print", SLUG, 1), {"format": "pdf"})
    assert answer.content.startswith(b"%PDF-")
    assert LetterBatch.objects.get().state == "printed"


def test_a_page_a_person_or_a_page_a_household(listed: Cycle, bob: User) -> None:
    RegisterLine.objects.update(household="5")
    for kind, pages in (("people", 10), ("households", 1)):
        batch = make_batch(listed, kind=kind)
        html = sheet_html(listed, batch, print_letters(by=bob, batch=batch))
        assert html.count('<section class="letter">') == pages
        assert html.count("<svg") == 10


def test_letters_until_a_moment_that_has_passed(listed: Cycle, bob: User) -> None:
    city = listed.dossier.territory.pk
    answer = ask_for_letters(signed_in(bob), city, valid_until="27.03.2020 18:00")
    assert answer.status_code == 422
    assert 'value="27.03.2020 18:00"' in body(answer)
    assert not LetterBatch.objects.exists()


@pytest.mark.parametrize(
    "name", ["proof-list", "proof-number", "code-enter", "register-detail", "look-list",
             "letter-list"],
)  # fmt: skip
def test_pages_ask_little_of_the_database(listed: Cycle, bob: User, name: str) -> None:
    make_batch(listed)
    client = signed_in(bob)
    client.get(page(name, SLUG))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page(name, SLUG)).status_code == 200
    assert len(queries) <= 14, [query["sql"][:90] for query in queries]
