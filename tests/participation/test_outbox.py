"""What must be told is a row, and each row becomes one message, whatever fails on the way."""

from datetime import timedelta
from functools import partial
from threading import Event as Signal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.services.people import erase_person
from budgeting.services.voting import cast_ballot
from participation import event_kinds
from participation.event_kinds import OWN, EventKind
from participation.models import Delivery, Event
from participation.services import delivery as sending
from participation.services import notify
from participation.services.delivery import claim_batch, deliver_due
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import make_person


def notify_of_cast(cycle, *people) -> None:
    for person in people:
        notify(kind="ballot_cast", recipients=[person], dossier=cycle.dossier)


def make_due() -> None:
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


SUBJECTS = {
    "kk": "Сіздің атыңыздан бюллетень тапсырылды: Тараз бюджеті 2027",
    "ru": "От вашего имени подан бюллетень: Бюджет Тараза 2027",
    "en": "A ballot was cast in your name: Taraz budget 2027",
}


@pytest.mark.django_db
def test_each_person_is_told_in_their_language(cycle, mailbox) -> None:
    people = {
        language: make_person(f"{language}@example.org", "N", language=language)
        for language in SUBJECTS
    }
    notify_of_cast(cycle, *people.values())
    assert deliver_due() == 3
    assert {m["To"]: m["Subject"].strip() for m in mailbox.messages} == {
        people[language].email: subject for language, subject in SUBJECTS.items()
    }
    for message in mailbox.messages:
        row = Delivery.objects.get(recipient__email=message["To"])
        assert message["Message-ID"] == f"<delivery-{row.pk}@localhost>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert (row.state, row.attempts, row.error) == (Delivery.State.SENT, 1, "")
        text = message.get_body(preferencelist=("plain",)).get_content()
        html = message.get_body(preferencelist=("html",)).get_content()
        assert "http" in text
        assert f'<html lang="{row.recipient.language}">' in html
    assert deliver_due() == 0


@pytest.mark.django_db
def test_the_notice_of_a_cast_holds_neither_choice_nor_receipt(election, alice, mailbox) -> None:
    receipt = cast_ballot(voter=alice, election=election, choices=["1", "4"], request="form")
    deliver_due()
    (message,) = mailbox.messages
    event = Event.objects.get(kind="ballot_cast")
    assert set(event.data) <= {"path"}
    parts = "".join(part.get_content() for part in message.iter_parts())
    text = message.as_string() + parts + message["Subject"] + str(event.data)
    for secret in (receipt.commitment, receipt.nonce, receipt.signature, receipt.code):
        assert secret not in text
    for entry in election.shortlist.all():
        assert entry.proposal.dossier.title not in text


@pytest.mark.django_db
def test_a_notice_is_written_with_the_act_or_not_at_all(cycle, alice) -> None:
    with transaction.atomic():
        notify_of_cast(cycle, alice)
        transaction.set_rollback(True)
    assert not Event.objects.filter(kind="ballot_cast").exists()
    event = notify(
        kind="ballot_cast", recipients=[alice, alice], dossier=cycle.dossier, channels=["email"]
    )
    assert event.deliveries.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(cycle, mailbox, monkeypatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 4)
    mailbox.delay = 0.01
    people = [make_person(f"p{n}@example.org", "P") for n in range(40)]
    notify_of_cast(cycle, *people)
    results = at_once(deliver_due, deliver_due, deliver_due)
    assert not errors_in(results)
    assert sum(results) == 40
    assert sorted(mailbox.addresses) == sorted(person.email for person in people)
    assert len({message["Message-ID"] for message in mailbox.messages}) == 40


@pytest.mark.django_db(transaction=True)
def test_a_claimed_row_is_passed_over_and_not_waited_for(cycle, alice, charlie) -> None:
    notify_of_cast(cycle, alice, charlie)
    claimed, done = Signal(), Signal()

    def hold_one() -> list[Delivery]:
        with transaction.atomic():
            held = list(Delivery.objects.select_for_update().filter(recipient=alice))
            claimed.set()
            done.wait(20)
            return held

    def claim_meanwhile() -> list[Delivery]:
        try:
            claimed.wait(20)
            return claim_batch()
        finally:
            done.set()

    _, rows = at_once(hold_one, claim_meanwhile)
    assert [row.recipient_id for row in rows] == [charlie.pk]


@pytest.mark.django_db
def test_the_lease_of_a_killed_worker_runs_out_and_its_message_is_sent(
    cycle, alice, mailbox
) -> None:
    notify_of_cast(cycle, alice)
    (row,) = claim_batch()
    assert deliver_due() == 0
    assert mailbox.messages == []
    row.refresh_from_db()
    assert row.state == Delivery.State.SENDING
    assert row.next_attempt_at - timezone.now() > sending.LEASE / 2
    make_due()
    assert deliver_due() == 1
    assert mailbox.addresses == [alice.email]


@pytest.mark.django_db(transaction=True)
def test_a_slow_mail_server_that_outlasts_a_lease_doubles_nothing(
    cycle, mailbox, monkeypatch
) -> None:
    """The rows that a slow worker still holds are taken over by one worker alone."""
    monkeypatch.setattr(sending, "LEASE", timedelta(seconds=2))
    mailbox.delay = 0.4
    people = [make_person(f"p{n}@example.org", "P") for n in range(8)]
    notify_of_cast(cycle, *people)
    slow_down = Signal()

    def come_later() -> int:
        slow_down.wait(2.2)
        return deliver_due()

    results = at_once(deliver_due, come_later)
    assert not errors_in(results)
    assert sorted(mailbox.addresses) == sorted(person.email for person in people)
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}


@pytest.mark.django_db
def test_a_refusal_for_now_is_tried_again_later_and_later(cycle, alice, mailbox) -> None:
    mailbox.answers[alice.email] = "451 try again"
    notify_of_cast(cycle, alice)
    for attempt in range(1, sending.ATTEMPTS):
        assert deliver_due() == 0
        row = Delivery.objects.get()
        wait = row.next_attempt_at - timezone.now()
        expected = min(timedelta(minutes=2 ** (attempt - 1)), timedelta(hours=6))
        assert expected * 0.75 < wait <= expected * 1.2
        assert (row.state, row.attempts) == (Delivery.State.WAITING, attempt)
        assert "451" in row.error
        make_due()
    deliver_due()
    assert Delivery.objects.get().state == Delivery.State.DEAD
    make_due()
    assert deliver_due() == 0
    assert Delivery.objects.get().attempts == sending.ATTEMPTS


@pytest.mark.django_db
def test_a_refusal_for_now_that_passes_is_sent(cycle, alice, mailbox) -> None:
    mailbox.answers[alice.email] = "450 busy"
    notify_of_cast(cycle, alice)
    deliver_due()
    mailbox.answers.clear()
    make_due()
    assert deliver_due() == 1
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.error) == (Delivery.State.SENT, 2, "")


@pytest.mark.django_db
def test_a_refusal_for_good_ends_it_at_once(cycle, alice, charlie, mailbox) -> None:
    mailbox.answers[alice.email] = "550 no such person"
    notify_of_cast(cycle, alice, charlie)
    assert deliver_due() == 1
    assert mailbox.addresses == [charlie.email]
    dead = Delivery.objects.get(recipient=alice)
    assert (dead.state, dead.attempts) == (Delivery.State.DEAD, 1)
    assert "550" in dead.error


@pytest.mark.django_db
def test_a_mail_server_that_is_away_loses_nothing(cycle, alice, mailbox, settings) -> None:
    port, settings.EMAIL_PORT = mailbox.port, 1
    notify_of_cast(cycle, alice)
    assert deliver_due() == 0
    assert Delivery.objects.get().state == Delivery.State.WAITING
    settings.EMAIL_PORT = port
    make_due()
    assert deliver_due() == 1


@pytest.mark.django_db
def test_a_message_that_cannot_be_written_holds_up_no_other(
    cycle, alice, charlie, mailbox, monkeypatch
) -> None:
    textless = EventKind("no_such_text", OWN, "No text", channels=["email"])
    monkeypatch.setitem(event_kinds._KINDS, "no_such_text", textless)
    notify(kind="no_such_text", recipients=[alice], dossier=cycle.dossier)
    notify_of_cast(cycle, charlie)
    assert deliver_due() == 1
    assert mailbox.addresses == [charlie.email]
    row = Delivery.objects.get(recipient=alice)
    assert (row.state, row.attempts) == (Delivery.State.WAITING, 1)
    assert "TemplateDoesNotExist" in row.error


@pytest.mark.django_db
@pytest.mark.parametrize("leave", ["erased", "inactive"])
def test_who_has_left_gets_nothing(cycle, alice, charlie, mailbox, leave) -> None:
    notify_of_cast(cycle, alice, charlie)
    if leave == "erased":
        erase_person(person=alice)
    else:
        alice.is_active = False
        alice.save(update_fields=["is_active"])
    deliver_due()
    assert mailbox.addresses == [charlie.email]
    assert not Delivery.objects.due(timezone.now()).exists()


@pytest.mark.django_db
def test_who_is_erased_while_a_worker_holds_the_row_gets_nothing(cycle, alice, mailbox) -> None:
    notify_of_cast(cycle, alice)
    (held,) = claim_batch()
    erase_person(person=alice)
    with sending.CHANNELS["email"]() as way:
        assert not sending.deliver(held, way)
    assert mailbox.messages == []


@pytest.mark.django_db(transaction=True)
def test_many_rows_are_claimed_in_batches(cycle, alice, monkeypatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 3)
    notify_of_cast(cycle, *[alice] * 7)
    sizes = [len(batch) for batch in at_once(*[partial(claim_batch)] * 4)]
    assert sum(sizes) == 7
    assert max(sizes) <= 3
