"""One human being, one line, one person: at the desk, on-line, by a letter; nobody twice."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.people import erase_person, export_person
from budgeting import errors
from budgeting.models import Cycle, LetterBatch, LetterCode, RegisterLine, RegisterLook, RollEntry
from budgeting.services.elections import freeze_election
from budgeting.services.eligibility import check_eligible
from budgeting.services.proofs import by_code, letters, lines
from budgeting.services.proofs.by_code import enter_code
from budgeting.services.proofs.desk import TooManyLooks, confirm_at_desk, look_up
from budgeting.services.proofs.letters import ask_for_letters, print_letters, withdraw_letters
from budgeting.services.proofs.lines import person_of_line, prove_by_register, register_of, tie
from budgeting.services.voting import cast_ballot
from participation.models import Delivery, JournalEntry, Residence, Territory
from tests.budgeting.ballot_box import at_once
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
from tests.conftest import Make, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(make_cycle: Make, alice: User) -> Cycle:
    """A budget with a register of ten, in which only they may vote."""
    cycle: Cycle = make_cycle(rules=LETTER_RULES)
    import_register(cycle, table(range(10)))
    return cycle


@pytest.fixture
def codes(listed: Cycle, bob: User) -> dict[int, str]:
    """The printed codes, by the number of the line."""
    found = codes_of(make_batch(listed), bob)
    return {n: found[bytes(line_number(listed, n).iin_hash)] for n in range(10)}


def use(cycle: Cycle, code: str, number: int, person: User | None = None) -> User:
    return enter_code(cycle=cycle, code=code, born_on=BIRTHDAYS[number], person=person)


# --- The register on-line -----------------------------------------------------------------------


def prove(person: User, cycle: Cycle, number: int, born_on: date | None = None) -> Residence:
    return prove_by_register(
        person=person, cycle=cycle, iin=number_of(number), born_on=born_on or BIRTHDAYS[number]
    )


def test_number_and_birthday_show_who_one_is(listed: Cycle, charlie: User) -> None:
    residence = prove(charlie, listed, 0)
    assert (residence.method, residence.born_on) == ("roll", BIRTHDAYS[0])
    assert line_number(listed, 0).person == charlie
    assert prove(charlie, listed, 0).person == charlie  # again is the same


def test_every_failure_says_the_same(listed: Cycle, charlie: User, alice: User) -> None:
    """Not in the register, another birthday, another's line, a second line of one's own."""
    prove(alice, listed, 1)
    said = set()
    for number, born_on in ((20, None), (0, date(1999, 9, 9)), (1, None)):
        with pytest.raises(lines.NotConfirmed) as refused:
            prove(charlie, listed, number, born_on)
        said.add((str(refused.value), str(refused.value.way_out)))
    with pytest.raises(lines.NotConfirmed) as refused:
        prove(alice, listed, 2)
    said.add((str(refused.value), str(refused.value.way_out)))
    assert len(said) == 1


def test_failures_ask_the_database_the_same(
    listed: Cycle, charlie: User, django_assert_num_queries: Any
) -> None:
    for number, born_on in ((20, None), (0, date(1999, 9, 9))):
        with django_assert_num_queries(2), pytest.raises(lines.NotConfirmed):
            prove(charlie, listed, number, born_on)


def test_without_a_register_nobody_is_in_it(cycle: Cycle, charlie: User) -> None:
    with pytest.raises(lines.NotConfirmed):
        prove(charlie, cycle, 0)


# --- The desk -----------------------------------------------------------------------------------


def test_the_desk_ties_the_person_to_the_line(listed: Cycle, bob: User, charlie: User) -> None:
    confirm_at_desk(
        by=bob, person=charlie, cycle=listed, territory=listed.dossier.territory,
        born_on=BIRTHDAYS[4], iin=number_of(4),
    )  # fmt: skip
    assert line_number(listed, 4).person == charlie
    other = make_person("other@example.org", "Other")
    with pytest.raises(lines.LineTaken):
        confirm_at_desk(
            by=bob, person=other, cycle=listed, territory=listed.dossier.territory,
            born_on=BIRTHDAYS[4], iin=number_of(4),
        )  # fmt: skip
    assert not Residence.objects.filter(person=other).exists()


def test_who_came_after_the_register_gets_a_line(listed: Cycle, bob: User, charlie: User) -> None:
    desk = {"by": bob, "person": charlie, "cycle": listed, "territory": listed.dossier.territory}
    confirm_at_desk(**desk, born_on=BIRTHDAYS[40], iin=number_of(40))
    assert line_number(listed, 40).person == charlie
    with pytest.raises(lines.BornOnAnotherDay):
        confirm_at_desk(**desk, born_on=date(1970, 1, 1), iin=number_of(3))


def test_a_look_is_written_down_for_good(listed: Cycle, bob: User) -> None:
    found = look_up(by=bob, cycle=listed, iin=number_of(5), reason="desk")
    assert found.line is not None
    assert not found.is_proven
    assert look_up(by=bob, cycle=listed, iin=number_of(30), reason="check").line is None
    entries = JournalEntry.objects.filter(kind="budgeting.register_looked_up").order_by("number")
    assert [(e.data["reason"], e.data["found"]) for e in entries] == [
        ("desk", True),
        ("check", False),
    ]
    look = RegisterLook.objects.get(line=found.line)
    assert (look.officer, look.tag) == (bob, entries[0].data["line"])
    assert number_of(5) not in entries[0].body
    for change in (RegisterLook.objects.all().delete, lambda: RegisterLook.objects.update(tag="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_officer_looks_up_so_many_in_an_hour(listed: Cycle, bob: User, settings: Any) -> None:
    settings.REGISTER_LOOKS_AN_HOUR = 2
    for number in (0, 1):
        look_up(by=bob, cycle=listed, iin=number_of(number), reason="desk")
    with pytest.raises(TooManyLooks):
        look_up(by=bob, cycle=listed, iin=number_of(2), reason="desk")
    assert RegisterLook.objects.count() == 2


# --- Letters ------------------------------------------------------------------------------------


def test_a_code_lets_somebody_without_an_account_vote(
    listed: Cycle, codes: dict[int, str], bob: User
) -> None:
    election = freeze_election(by=bob, election=listed.envelopes.get().election)
    voter = use(listed, codes[2].lower(), 2)
    assert not voter.is_active  # no way to sign in
    assert not voter.has_usable_password()
    cast_ballot(voter=voter, election=election, choices=["1"], request="phone")
    assert use(listed, codes[2], 2) == voter  # the same letter, the same person
    assert RollEntry.objects.get(voter=voter).casts == 1
    assert not Delivery.objects.filter(recipient=voter).exists()


def test_a_code_on_an_account_stays_with_it(
    listed: Cycle, codes: dict[int, str], charlie: User, alice: User
) -> None:
    assert use(listed, codes[3], 3, charlie) == charlie
    assert charlie.residences.get(valid_to=None).method == "letter"
    for person in (None, alice):
        with pytest.raises(by_code.CodeUsed):
            use(listed, codes[3], 3, person)


def test_who_voted_by_letter_cannot_come_again_with_an_account(
    listed: Cycle, codes: dict[int, str], charlie: User, bob: User
) -> None:
    use(listed, codes[5], 5)
    with pytest.raises(lines.NotConfirmed):
        prove(charlie, listed, 5)
    with pytest.raises(lines.LineTaken):
        confirm_at_desk(
            by=bob, person=charlie, cycle=listed, territory=listed.dossier.territory,
            born_on=BIRTHDAYS[5], iin=number_of(5),
        )  # fmt: skip


def test_what_is_wrong_with_a_code(listed: Cycle, codes: dict[int, str]) -> None:
    last = codes[0][-1]
    slip = codes[0][:-1] + ("3" if last == "2" else "2")
    for code, number, error in (
        (slip, 0, by_code.CodeMistyped),
        ("", 0, by_code.CodeMistyped),
        (codes[0], 1, by_code.CodeUnknown),
        (letters.code_from(b"n" * 16), 0, by_code.CodeUnknown),
    ):
        with pytest.raises(error):
            use(listed, code, number)
    LetterBatch.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(by_code.CodeExpired):
        use(listed, codes[0], 0)
    with pytest.raises(by_code.CodeUnknown):  # who does not know the birthday learns nothing
        use(listed, codes[0], 1)


def test_a_new_letter_replaces_the_old(listed: Cycle, codes: dict[int, str], bob: User) -> None:
    used = use(listed, codes[1], 1)
    again = make_batch(listed)
    assert again.codes_made == 9  # whoever has used theirs needs none
    with pytest.raises(by_code.CodeReplaced):
        use(listed, codes[0], 0)
    assert use(listed, codes[1], 1) == used
    withdraw_letters(by=bob, batch=again)
    assert not LetterCode.objects.filter(batch=again, is_valid=True).exists()


def test_letters_are_printed_once_and_then_known_to_nobody(listed: Cycle, bob: User) -> None:
    batch = make_batch(listed, kind="households")
    assert len(list(print_letters(by=bob, batch=batch))) == 10
    batch.refresh_from_db()
    assert (batch.state, batch.seed) == ("printed", None)
    with pytest.raises(letters.NotToPrint):
        print_letters(by=bob, batch=batch)


def test_letters_to_nobody_or_to_the_past(listed: Cycle, city: Territory, make_cycle: Make) -> None:
    asked: dict[str, Any] = {"by": None, "cycle": listed, "kind": "people"}
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(letters.EndsBeforeItBegins):
        ask_for_letters(**asked, territory=city, valid_until=timezone.now())
    other = make_cycle("taraz-other")
    with pytest.raises(letters.LettersDoNotCount):
        ask_for_letters(**{**asked, "cycle": other}, territory=city, valid_until=later)
    empty = Territory.objects.create(slug="x", kind="town", name_kk="x", name_ru="x")
    with pytest.raises(letters.NobodyToWriteTo):
        ask_for_letters(**asked, territory=empty, valid_until=later)


# --- Only one, whatever is tried ----------------------------------------------------------------


def test_raw_sql_cannot_give_a_line_to_another(listed: Cycle, alice: User, charlie: User) -> None:
    line = tie(line=line_number(listed, 0), person=alice)
    other = line_number(listed, 1)
    for statement, values, error in (
        ("UPDATE budgeting_registerline SET person_id = %s WHERE id = %s", [charlie.pk, line.pk],
         DatabaseError),
        ("UPDATE budgeting_registerline SET person_id = NULL WHERE id = %s", [line.pk],
         DatabaseError),
        ("DELETE FROM budgeting_registerline WHERE id = %s", [line.pk], DatabaseError),
        ("UPDATE budgeting_registerline SET person_id = %s WHERE id = %s", [alice.pk, other.pk],
         IntegrityError),
        ("UPDATE budgeting_registerline SET iin_hash = %s WHERE id = %s", [b"x" * 32, other.pk],
         DatabaseError),
        ("UPDATE budgeting_lettercode SET code_hash = %s", [b"short"], DatabaseError),
    ):  # fmt: skip
        if "lettercode" in statement:
            make_batch(listed)
        with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)


@pytest.mark.django_db(transaction=True)
def test_two_people_race_for_one_line(listed: Cycle) -> None:
    people = [make_person(f"p{n}@example.org", f"P{n}") for n in range(4)]
    results = at_once(*[partial(prove, person, listed, 0) for person in people])
    assert sum(isinstance(result, Residence) for result in results) == 1
    assert sum(isinstance(result, lines.NotConfirmed) for result in results) == 3
    assert RegisterLine.objects.filter(person__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_letter_on_two_phones_at_once_is_one_person(
    listed: Cycle, codes: dict[int, str]
) -> None:
    results = at_once(*[partial(use, listed, codes[0], 0)] * 3)
    assert len({result.pk for result in results}) == 1
    assert User.objects.filter(email__endswith="@voter.invalid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_letter_and_account_at_once_are_one_voter(
    listed: Cycle, codes: dict[int, str], charlie: User
) -> None:
    at_once(partial(use, listed, codes[0], 0), partial(prove, charlie, listed, 0))
    assert RegisterLine.objects.filter(person__isnull=False).count() == 1
    assert Residence.objects.filter(born_on=BIRTHDAYS[0], valid_to=None).count() == 1


# --- Who may vote -------------------------------------------------------------------------------


def test_only_who_is_on_a_line_where_the_rules_ask_for_it(
    listed: Cycle, alice: User, bob: User
) -> None:
    election = freeze_election(by=bob, election=listed.envelopes.get().election)
    assert not RollEntry.objects.exists()  # Alice's residence is confirmed, but on no line
    with pytest.raises(errors.NotInRegister):
        check_eligible(voter=alice, election=election)
    tie(line=line_number(listed, 0), person=alice)
    check_eligible(voter=alice, election=election)


def test_who_is_on_a_line_stands_on_the_roll(listed: Cycle, alice: User, bob: User) -> None:
    tie(line=line_number(listed, 0), person=alice)
    freeze_election(by=bob, election=listed.envelopes.get().election)
    assert RollEntry.objects.get().voter == alice


@pytest.mark.parametrize(
    ("voters", "since", "error"),
    [
        ({"proofs": ["desk"]}, None, None),
        ({"proofs": ["oidc"]}, None, errors.ProofNotAccepted),
        ({"residence_days": 30}, None, errors.NotThereLongEnough),
        ({"residence_days": 30}, 10, errors.NotThereLongEnough),
        ({"residence_days": 30}, 40, None),
    ],
)
def test_values_of_the_ruleset(
    make_cycle: Make,
    alice: User,
    bob: User,
    voters: dict[str, Any],
    since: int | None,
    error: type[Exception] | None,
) -> None:
    """The roll at the freeze and the look at one voter say the same."""
    cycle = make_cycle(rules={**LETTER_RULES, "voters": voters})
    if since is not None:
        began = timezone.localdate() - timedelta(days=since)
        Residence.objects.filter(person=alice).update(lives_since=began)
    election = freeze_election(by=bob, election=cycle.envelopes.get().election)
    assert RollEntry.objects.exists() == (error is None)
    if error is None:
        check_eligible(voter=alice, election=election)
    else:
        with pytest.raises(error):
            check_eligible(voter=alice, election=election)


# --- Personal data ------------------------------------------------------------------------------


def test_what_is_known_of_a_person_and_forgotten(listed: Cycle, charlie: User, bob: User) -> None:
    prove(charlie, listed, 0)
    look_up(by=bob, cycle=listed, iin=number_of(0), reason="desk")
    told = export_person(person=charlie)["budgeting"]["registers"]
    assert told == [
        {
            "cycle": listed.slug,
            "territory": str(listed.dossier.territory),
            "born_on": BIRTHDAYS[0].isoformat(),
            "lives_since": None,
            "sex": "m",
            "looked_up": [{"at": RegisterLook.objects.get().at.isoformat(), "reason": "desk"}],
        }
    ]
    erase_person(person=charlie)
    line = line_number(listed, 0)
    # A tombstone: nobody else votes in this place; what was there to be counted alone is gone.
    assert (line.person, line.sex) == (charlie, "")
    assert not Residence.objects.filter(person=charlie).exists()


def test_paper_and_codes_lead_to_the_same_person(listed: Cycle, codes: dict[int, str]) -> None:
    on_paper = person_of_line(line=line_number(listed, 7), method=Residence.Method.DESK)
    assert use(listed, codes[7], 7) == on_paper
    assert register_of(cycle=listed).lines.filter(person=on_paper).count() == 1
