"""Pages of votes on paper: the organiser's, the desk's, the keyer's, everybody's."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from budgeting.models import Cycle, PaperBatch, PaperEntry, RegisterLook, RollEntry, Station
from budgeting.paper_sheets import ballot_html
from budgeting.services.elections import freeze_election
from budgeting.services.paper.batches import key_paper
from budgeting.services.paper.protocols import declare_papers
from participation.models import JournalEntry
from participation.printing import can_print
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.papers import Desk, open_desk, paper
from tests.budgeting.registers import BIRTHDAYS, LETTER_RULES, import_register, number_of, table
from tests.conftest import Make

pytestmark = pytest.mark.django_db
STATION = (SLUG, 1)
BATCH = (SLUG, 1, 1)
WORDS = {
    "name_kk": "Мектеп", "name_ru": "Школа", "address_kk": "Абай, 2", "address_ru": "Абая, 2",
    "hours_kk": "9–19", "hours_ru": "9–19",
}  # fmt: skip


@pytest.fixture
def listed(make_cycle: Make, alice: User) -> Cycle:
    cycle: Cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(12)))
    return cycle


@pytest.fixture
def desk(listed: Cycle, bob: User) -> Desk:
    freeze_election(by=bob, election=listed.envelopes.get().election)
    return open_desk(listed, bob)


@pytest.fixture
def keyers(desk: Desk) -> list[Client]:
    return [signed_in(officer) for officer in desk.officers]


def key() -> str:
    return str(uuid4())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


# --- The organiser ------------------------------------------------------------------------------


def test_an_organiser_opens_a_station_and_names_its_officers(
    listed: Cycle, bob: User, charlie: User
) -> None:
    client = signed_in(bob)
    answer = client.post(page("station-open", SLUG), {**WORDS, "name_ru": "", "form_key": key()})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name_ru"]
    assert "Абай, 2" in body(answer)
    answer = client.post(page("station-open", SLUG), {**WORDS, "form_key": key()})
    assert answer["Location"] == page("station-edit", *STATION)
    appoint = page("officer-appoint", *STATION)
    for address, words in (("nobody@example.org", "No account"), ("", "required")):
        answer = client.post(appoint, {"person": address, "form_key": key()})
        assert answer.status_code == 422
        assert words in body(answer)
    client.post(appoint, {"person": charlie.email, "form_key": key()})
    assert Station.objects.get().officers.get().person == charlie
    answer = client.post(appoint, {"person": charlie.email, "form_key": key()})
    assert "serves at the station already" in body(answer)
    officer = Station.objects.get().officers.get()
    client.post(page("officer-end", *STATION, officer.pk), {"form_key": key()})
    assert not charlie.has_perm("budgeting.give_paper", Station.objects.get())


def test_what_is_said_of_a_station_is_changed(desk: Desk, bob: User) -> None:
    client = signed_in(bob)
    client.post(page("station-edit", *STATION), {**WORDS, "form_key": key()})
    desk.station.refresh_from_db()
    assert desk.station.name_kk == "Мектеп"


def test_without_a_register_the_page_says_why(make_cycle: Make, bob: User) -> None:
    make_cycle()
    answer = signed_in(bob).post(page("station-open", SLUG), {**WORDS, "form_key": key()})
    assert answer.status_code == 422
    assert "so that nobody votes twice" in body(answer)


def test_a_protocol_is_declared_and_is_everybodys(
    desk: Desk, bob: User, keyers: list[Client], client: Client
) -> None:
    desk.give(1, 2, 3)
    address = page("protocol-declare", *STATION, 1)
    organiser = signed_in(bob)
    answer = organiser.post(address, {"in_box": "3", "form_key": key()})
    assert "after the vote has closed" in body(answer)
    election = desk.end_the_vote()
    desk.closed_pile([paper("1"), paper("2")])
    for sent, field in (({"in_box": "1"}, "in_box"), ({"in_box": "3"}, "reason_kk")):
        answer = organiser.post(address, {**sent, "reason_ru": "Ушёл", "form_key": key()})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert "Ушёл" in body(answer)
    sent = {"in_box": "2", "reason_kk": "Алып кетті", "reason_ru": "Унёс", "form_key": key()}
    assert "will stand here" in body(client.get(page("station-protocol", *STATION)))
    assert organiser.post(address, sent)["Location"] == page("station-manage", SLUG)
    told = body(client.get(page("station-protocol", *STATION)))
    assert "Алып кетті" in told
    numbers = re.findall(r'<td class="r num">(\d+)</td>', told)
    assert numbers == ["3", "2", "2", "0", "0"]
    assert "Protocol" in body(client.get(page("station-list", SLUG)))
    election.refresh_from_db()
    assert election.state == "closed"


def test_the_printed_ballot_is_in_both_languages_and_leads_to_nobody(desk: Desk, bob: User) -> None:
    html = ballot_html(desk.election)
    for words in ("Жоба 1", "Проект 4", "Тараз бюджеті 2027", "Бюджет Тараза 2027"):
        assert words in html
    assert html == ballot_html(desk.election)
    answer = signed_in(bob).get(page("ballot-print", SLUG, 1))
    if can_print():
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    else:
        assert answer["Location"] == page("station-manage", SLUG)


def test_without_pango_the_page_says_so(
    desk: Desk, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = signed_in(bob).get(page("ballot-print", SLUG, 1), follow=True)
    assert "cannot make PDF files" in body(answer)


# --- The desk -----------------------------------------------------------------------------------


def look(client: Client, number: int) -> Any:
    return client.post(page("paper-give", *STATION), {"iin": number_of(number), "form_key": key()})


def give(client: Client, found: Any, *elections: int) -> Any:
    line = found.context["form"].initial["line"]
    sent = {"line": line, "elections": elections, "form_key": key()}
    return client.post(page("paper-give", *STATION), sent)


def test_an_officer_looks_up_marks_and_gives(desk: Desk, keyers: list[Client]) -> None:
    found = look(keyers[0], 3)
    assert found.status_code == 200
    assert f"{BIRTHDAYS[3]:%d.%m.%Y}" in body(found)
    assert number_of(3) not in body(found)
    assert RegisterLook.objects.get().reason == "paper"
    answer = give(keyers[0], found, desk.election.pk)
    assert answer["Location"] == page("paper-give", *STATION)
    assert RollEntry.objects.get(channel="paper").casts == 1
    again = look(keyers[0], 3)
    assert "recorded already" in body(again)
    assert not again.context["form"].has_choice


def test_two_officers_at_once_give_one_ballot(desk: Desk, keyers: list[Client]) -> None:
    first, second = look(keyers[0], 3), look(keyers[1], 3)
    assert give(keyers[0], first, desk.election.pk).status_code == 302
    answer = give(keyers[1], second, desk.election.pk)
    assert answer.status_code == 422
    assert RollEntry.objects.filter(channel="paper").count() == 1


def test_what_cannot_be_given_says_why(desk: Desk, keyers: list[Client]) -> None:
    address = page("paper-give", *STATION)
    for sent, words in (("12", "twelve digits"), (number_of(99), "does not have this number")):
        answer = keyers[0].post(address, {"iin": sent, "form_key": key()})
        assert answer.status_code == 422
        assert words in body(answer)
        assert f'value="{sent}"' in body(answer)
    found = look(keyers[0], 3)
    answer = give(keyers[0], found)
    assert list(answer.context["form"].errors) == ["elections"]
    desk.end_the_vote()
    answer = keyers[0].post(
        address, {"line": found.context["form"].initial["line"], "form_key": key()}
    )
    assert "No vote is open now" in body(answer)


def test_a_look_is_of_one_officer_and_a_quarter_of_an_hour(
    desk: Desk, keyers: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(keyers[0], 3)
    assert "look the person up again" in body(give(keyers[1], found, desk.election.pk))
    monkeypatch.setattr("budgeting.views.paper.desk.PATIENCE", -1)
    assert "look the person up again" in body(give(keyers[0], found, desk.election.pk))
    assert not RollEntry.objects.filter(channel="paper").exists()
    with pytest.raises(signing.BadSignature):
        signing.loads(found.context["form"].initial["line"], salt="another")


# --- Keying -------------------------------------------------------------------------------------


def make(client: Client, desk: Desk, papers: int) -> Any:
    sent = {"election": desk.election.pk, "papers": papers, "form_key": key()}
    return client.post(page("station-desk", *STATION), sent)


def type_in(client: Client, number: int, chosen: str, outcome: str = "valid") -> Any:
    sent = {"number": number, "chosen": chosen, "outcome": outcome, "form_key": key()}
    return client.post(page("paper-key", *BATCH), sent)


def test_two_people_key_a_pile_and_close_it(desk: Desk, keyers: list[Client]) -> None:
    desk.give(1, 2, 3)
    assert "gave fewer ballots" in body(make(keyers[0], desk, 4))
    assert make(keyers[0], desk, 3)["Location"] == page("batch-detail", *BATCH)
    for client in keyers[:2]:
        assert "Paper 1 of 3" in body(client.get(page("paper-key", *BATCH)))
        assert type_in(client, 1, "1 2")["Location"] == page("paper-key", *BATCH)
        assert "Paper 2 of 3" in body(client.get(page("paper-key", *BATCH)))
        type_in(client, 2, "", "blank")
        type_in(client, 3, "3, 4")
        assert client.get(page("paper-key", *BATCH))["Location"] == page("batch-detail", *BATCH)
    keyers[0].post(page("batch-close", *BATCH), {"form_key": key()})
    batch = PaperBatch.objects.get()
    assert (batch.valid, batch.blank, batch.spoiled) == (2, 1, 0)
    assert "This batch is closed." in body(keyers[2].get(page("batch-detail", *BATCH)))


@pytest.mark.parametrize(
    ("chosen", "outcome", "field", "words"),
    [
        ("1 17", "valid", "chosen", "There is no project 17"),
        ("1 2 1", "valid", "chosen", "Project 1 is written twice"),
        ("", "valid", "chosen", "not chosen anything"),
        ("1 2 3", "valid", "chosen", "more than the budget"),
        ("1", "blank", "outcome", "Something is chosen"),
        ("1", "torn", "outcome", "valid choice"),
    ],
)
def test_a_slip_is_told_beside_the_field_and_nothing_is_lost(
    desk: Desk, keyers: list[Client], chosen: str, outcome: str, field: str, words: str
) -> None:
    desk.give(1)
    desk.pile(1)
    answer = type_in(keyers[0], 1, chosen, outcome)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in body(answer)
    assert f'value="{chosen}"' in body(answer) or not chosen
    assert "Paper 1 of 1" in body(answer)
    assert not PaperEntry.objects.exists()


def test_the_same_form_twice_is_one_reading(desk: Desk, keyers: list[Client]) -> None:
    desk.give(1, 2)
    desk.pile(2)
    sent = {"number": 1, "chosen": "1", "outcome": "valid", "form_key": key()}
    for _ in range(2):
        assert keyers[0].post(page("paper-key", *BATCH), sent).status_code == 302
    assert PaperEntry.objects.count() == 1


def test_no_page_tells_the_second_or_the_third_what_was_read(
    desk: Desk, bob: User, keyers: list[Client]
) -> None:
    desk.give(1)
    batch = desk.pile(1)
    key_paper(by=desk.officers[0], batch=batch, number=1, reading=paper("4"))
    shown = keyers[1].get(page("paper-key", *BATCH))
    assert shown.context["form"].initial == {"number": 1}
    assert type_in(keyers[1], 1, "3").status_code == 302
    told = body(keyers[2].get(page("batch-detail", *BATCH)))
    assert "Decide paper 1" in told
    assert "Project" not in told
    address = page("paper-decide", *BATCH, 1)
    assert "Project" not in body(keyers[2].get(address))
    sent = {"number": 1, "chosen": "4", "outcome": "valid", "reason": "", "form_key": key()}
    answer = keyers[2].post(address, sent)
    assert list(answer.context["form"].errors) == ["reason"]
    sent |= {"reason": "Read badly."}
    answer = keyers[0].post(address, sent)
    assert list(answer.context["form"].errors) == ["is_joint"]
    assert keyers[2].post(address, sent | {"form_key": key()}).status_code == 302
    assert keyers[2].get(page("paper-decide", *BATCH, 9)).status_code == 404
    journal = JournalEntry.objects.get(kind="budgeting.paper_decided")
    assert journal.data["reason"] == "Read badly."
    assert "chosen" not in journal.body


def test_the_number_of_papers_is_corrected_on_the_page(desk: Desk, keyers: list[Client]) -> None:
    desk.give(1, 2)
    desk.pile(1)
    address = page("batch-detail", *BATCH)
    for papers, status in (("3", 422), ("0", 422), ("many", 422), ("2", 302)):
        answer = keyers[0].post(address, {"papers": papers, "form_key": key()})
        assert answer.status_code == status
    assert PaperBatch.objects.get().papers == 2


# --- What pages cost ----------------------------------------------------------------------------


def test_pages_cost_the_same_whatever_the_number_of_rows(
    desk: Desk, bob: User, client: Client, keyers: list[Client]
) -> None:
    desk.give(1)
    batch = desk.pile(1)
    organiser = signed_in(bob)
    asked = [
        (client, page("station-list", SLUG)),
        (client, page("station-protocol", *STATION)),
        (organiser, page("station-manage", SLUG)),
        (keyers[0], page("station-desk", *STATION)),
        (keyers[0], page("batch-detail", *BATCH)),
        (keyers[2], page("paper-key", *BATCH)),
    ]
    few = [queries(who, address) for who, address in asked]
    assert max(few[:2]) <= 12
    other = open_desk(desk.cycle, bob)
    other.give(2, 3)
    other.pile(1)
    desk.give(4, 5)
    desk.key(batch, [paper("1")], [paper("2")])
    desk.pile(2)
    few[5] = queries(keyers[2], page("paper-key", SLUG, 1, 2))
    asked[5] = (keyers[2], page("paper-key", SLUG, 1, 2))
    assert [queries(who, address) for who, address in asked] == few


def test_a_protocol_is_listed_without_a_query_for_each(
    desk: Desk, bob: User, client: Client
) -> None:
    desk.give(1)
    election = desk.end_the_vote()
    desk.closed_pile([paper("1")])
    before = queries(client, page("station-list", SLUG))
    declare_papers(by=bob, station=desk.station, election=election, in_box=1)
    assert queries(client, page("station-list", SLUG)) == before


def test_where_the_stations_are_is_linked_from_budget_and_booth(desk: Desk, client: Client) -> None:
    for address in (page("cycle-detail", SLUG), page("ballot-cast", SLUG, 1)):
        assert page("station-list", SLUG) in body(client.get(address))
    told = body(client.get(page("station-list", SLUG)))
    assert "1 Abay Street" in told
    assert "daily 9:00–19:00" in told


def test_an_officer_finds_the_station_on_their_own_page(keyers: list[Client]) -> None:
    assert page("station-desk", *STATION) in body(keyers[0].get(reverse("accounts:person-detail")))
