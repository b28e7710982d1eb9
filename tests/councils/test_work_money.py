"""A council's money: exact sums, and nobody decides for themselves."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.services import erase_person
from councils.models import Council, ExpenseClaim
from councils.money_reading import money_of, table_of
from councils.services import money as services
from councils.services.money import errors
from councils.services.money.claims import left_of
from participation.models import Delivery, JournalEntry
from participation.templatetags.kenes import number
from participation.uploads import Upload
from tests.conftest import make_person
from tests.councils.making import make_council
from tests.councils.money import DAY, make_claim, make_line

RECEIPT = Upload("receipt.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
State = ExpenseClaim.State


@pytest.mark.django_db
class TestClaims:
    def test_approved_by_another_and_paid(
        self, council: Council, chair: User, secretary: User
    ) -> None:
        line = make_line(council)
        council.mandates.filter(name="C2").update(person=secretary)
        claim = make_claim(line, by=secretary, receipt=RECEIPT)
        with pytest.raises(errors.OwnClaim):
            services.approve_claim(by=secretary, claim=claim)
        claim = services.approve_claim(by=chair, claim=claim)
        assert left_of(line) == 60_000
        with pytest.raises(errors.DecidedAlready):
            services.refuse_claim(by=chair, claim=claim, reasons="No")
        assert services.pay_claim(by=secretary, claim=claim).state == State.PAID
        with pytest.raises(errors.NotApproved):
            services.pay_claim(by=secretary, claim=claim)
        entry = JournalEntry.objects.get(kind="councils.claim_approved")
        assert entry.data == {"number": 1, "year": 2026, "line": 1, "amount": 40_000}
        assert Delivery.objects.filter(recipient=secretary, event__kind="claim_decided").exists()

    def test_refused_with_reasons(self, council: Council, chair: User) -> None:
        claim = make_claim(make_line(council))
        with pytest.raises(errors.ReasonsMissing):
            services.refuse_claim(by=chair, claim=claim, reasons=" ")
        services.refuse_claim(by=chair, claim=claim, reasons="No receipt")
        assert money_of(council, 2026).granted == 0

    def test_over_the_line_as_the_rules_say(self, council: Council, chair: User) -> None:
        line = make_line(council, planned=30_000)
        services.approve_claim(by=chair, claim=make_claim(line))
        (found,) = money_of(council, 2026).lines
        assert found.is_over
        assert found.left == -10_000
        strict = make_council(
            council.dossier.territory, slug="strict", rules={"may_exceed_line": False}
        )
        claim = make_claim(make_line(strict, planned=30_000))
        with pytest.raises(errors.OverTheLine):
            services.approve_claim(by=chair, claim=claim)

    def test_only_what_was_spent_as_a_member_in_that_year(self, council: Council) -> None:
        line = make_line(council)
        with pytest.raises(errors.NotOfThisYear):
            make_claim(line, spent_on=date(2025, 12, 31))
        council.mandates.filter(name="C2").update(until=DAY, end_reason="resignation")
        with pytest.raises(errors.NotWhileSitting):
            make_claim(line)
        other = make_council(council.dossier.territory, slug="other")
        with pytest.raises(errors.NotOfThisCouncil):
            make_claim(line, member=other.mandates.get(name="C2"))
        tomorrow = timezone.localdate() + timedelta(days=1)
        if tomorrow.year == line.year:
            with pytest.raises(errors.NotYetSpent):
                make_claim(line, spent_on=tomorrow)


@pytest.mark.django_db
class TestDatabase:
    """Raw SQL cannot do what the services refuse."""

    def refused(self, claim: ExpenseClaim, match: str, **fields: Any) -> None:
        with pytest.raises(DatabaseError, match=match), transaction.atomic():
            ExpenseClaim.objects.filter(pk=claim.pk).update(**fields)

    def test_nobody_decides_on_their_own(self, council: Council, chair: User) -> None:
        own = council.mandates.get(office="chair")
        claim = make_claim(make_line(council), member=own)
        now = timezone.now()
        self.refused(claim, "of their own", state="approved", decided_by=chair, decided_at=now)

    def test_neither_the_claim_nor_the_decision_changes(
        self, council: Council, chair: User, secretary: User
    ) -> None:
        claim = make_claim(make_line(council))
        self.refused(claim, "what was claimed never changes", amount=1)
        self.refused(claim, "cannot go", state="paid", decided_by=chair,
                     decided_at=timezone.now(), paid_on=DAY)  # fmt: skip
        services.approve_claim(by=chair, claim=claim)
        self.refused(claim, "decision on a claim never changes", decided_by=secretary)
        self.refused(claim, "cannot go", state="refused")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            claim.delete()

    def test_sums_are_of_this_council(self, council: Council) -> None:
        claim = make_claim(make_line(council))
        other = make_council(council.dossier.territory, slug="other")
        with pytest.raises(IntegrityError, match="another council"), transaction.atomic():
            ExpenseClaim.objects.filter(pk=claim.pk).update(council=other)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_see_each_other(city: Any) -> None:
    """Where the rules forbid more than the plan, only one of two claims fits."""
    council = make_council(city, rules={"may_exceed_line": False})
    line = make_line(council, planned=50_000)
    claims = [make_claim(line), make_claim(line)]
    people = [make_person(f"d{n}@example.org", f"D{n}") for n in range(2)]
    barrier, outcomes = threading.Barrier(2), []

    def approve(number: int) -> None:
        barrier.wait()
        try:
            services.approve_claim(by=people[number], claim=claims[number])
            outcomes.append("approved")
        except errors.OverTheLine:
            outcomes.append("over")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "over"]
    assert left_of(line) == 10_000


def address(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"councils:{name}", args=args)


@pytest.mark.django_db
class TestPages:
    def test_sums_are_public_and_nothing_else(
        self, client: Client, council: Council, chair: User, django_assert_max_num_queries: Any
    ) -> None:
        line = make_line(council)
        make_line(council, number=2, planned=5)
        for amount in (1, 39_999, 1_000):
            services.approve_claim(by=chair, claim=make_claim(line, amount=amount))
        make_claim(line, amount=7_777)
        money = money_of(council, 2026)
        assert (money.planned, money.granted, money.left) == (100_005, 41_000, 59_005)
        assert money.rows() == [("C2", [41_000, 0], 41_000)]
        with django_assert_max_num_queries(12):
            page = client.get(address("money-detail", council.slug))
        text = page.content.decode()
        assert number(41_000) in text
        assert "Bus to the hearing" not in text
        assert number(7_777) not in text
        table = b"".join(client.get(address("money-file", council.slug))).decode()  # type: ignore[arg-type]
        assert "Bus to the hearing" not in table
        assert "2026,1,Жол жүру,Поездки,Travel,,100000,41000,0" in table
        assert list(table_of(money))[-1][5:8] == ("C2", "", 41_000)

    def test_a_claim_from_form_to_payment(
        self, client: Client, council: Council, chair: User, secretary: User, alice: User
    ) -> None:
        line = make_line(council)
        member = council.mandates.get(name="C2")
        council.mandates.filter(pk=member.pk).update(person=alice)
        client.force_login(alice)
        path = address("claim-create", council.slug)
        form = {"member": member.pk, "line": line.pk, "purpose": "Bus", "amount": "12 500"}
        answer = client.post(path, form)
        assert answer.status_code == 422
        assert 'value="Bus"' in answer.content.decode()
        key = "5b0e4bb1-7c0b-4ad5-8ad1-6e6f0f3c7c11"
        answer = client.post(path, {**form, "spent_on": "08.04.2026", "form_key": key})
        claim = ExpenseClaim.objects.get()
        detail = address("claim-detail", council.slug, claim.number)
        assert answer.status_code == 302
        assert claim.amount == 12_500
        assert client.post(detail, {"approve": "1"}).status_code == 404
        client.force_login(secretary)
        key = "5b0e4bb1-7c0b-4ad5-8ad1-6e6f0f3c7c12"
        assert client.post(detail, {"refuse": "1", "form_key": key}).status_code == 422
        assert client.post(detail, {"approve": "1", "form_key": key}).status_code == 302
        client.post(address("claim-pay", council.slug, claim.number))
        claim.refresh_from_db()
        assert claim.state == State.PAID

    def test_the_receipt_is_for_those_who_decide_and_goes_with_the_person(
        self, client: Client, council: Council, chair: User, alice: User, bob: User
    ) -> None:
        council.mandates.filter(name="C2").update(person=alice)
        claim = make_claim(make_line(council), by=alice, receipt=RECEIPT)
        path = address("claim-receipt", council.slug, claim.number)
        for person, status in ((alice, 200), (chair, 200), (bob, 404)):
            client.force_login(person)
            assert client.get(path).status_code == status
        storage, name = claim.receipt.storage, str(claim.receipt.name)
        erase_person(person=alice)
        claim.refresh_from_db()
        assert (claim.purpose, claim.receipt_name, claim.amount) == ("", "", 40_000)
        assert name.startswith("receipts/")
        assert storage.exists(name)  # removed after the commit, which a test does not reach
