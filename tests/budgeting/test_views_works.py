"""Pages of works, of who took part and of the archive: what they show, refuse and cost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.multilingual import Told
from budgeting.models import Election, Work
from budgeting.services import works
from participation.models import Territory
from tests.budgeting.pages import SLUG, body, decide, page, signed_in
from tests.participation.answers import make_body, make_officer
from tests.participation.test_uploads import picture

WORDS = {"text_kk": "Бұрылды", "text_ru": "Повернули", "text_en": ""}
NAME = Told("Іргетас", "Фундамент", "Foundations")


@pytest.fixture
def work(election: Election, bob: User) -> Work:
    decide(election, bob, [["1", "4"]] * 6)
    work = Work.objects.get(award__proposal__number=1)
    due = timezone.localdate() - timedelta(days=3)
    works.plan_milestone(by=bob, work=work, name=NAME, due_on=due)
    return work


def today() -> str:
    return f"{timezone.localdate():%d.%m.%Y}"


def test_the_list_says_what_is_late(work: Work, client: Client) -> None:
    shown = body(client.get(page("work-list", SLUG)))
    assert "3 days late" in shown
    assert "0 / 3" in shown


def test_pages_cost_the_same_however_much_was_told(
    work: Work, bob: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        due = timezone.localdate() + timedelta(days=number)
        works.plan_milestone(by=bob, work=work, name=NAME, due_on=due)
        told = Told("Жаңалық", "Новости")
        works.report_work(by=bob, work=work, on=timezone.localdate(), told=told)
        works.enter_money(
            by=bob, work=work, kind="spent", amount=5, on=timezone.localdate(), document="№ 1"
        )
    for name, args in (
        ("work-list", (SLUG,)),
        ("work-detail", (SLUG, 1)),
        ("participation-detail", (SLUG,)),
        ("archive-list", ()),
    ):
        with django_assert_max_num_queries(12):
            assert client.get(page(name, *args)).status_code == 200


def test_a_photo_without_words_is_refused_and_the_words_stay(work: Work, bob: User) -> None:
    client = signed_in(bob)
    file = SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")
    form = {**WORDS, "on": today(), "photo": file, "form_key": _key(client, "work-report")}
    response = client.post(page("work-report", SLUG, 1), form)
    assert response.status_code == 422
    assert "Say what the photo shows" in body(response)
    assert "Повернули" in body(response)
    form |= {"photo": SimpleUploadedFile("photo.jpg", picture(), "image/jpeg"), "caption": "Мост"}
    response = client.post(page("work-report", SLUG, 1), form, follow=True)
    assert 'alt="Мост"' in body(response)


def test_a_picture_is_asked_for_and_nothing_else(work: Work, bob: User) -> None:
    client = signed_in(bob)
    file = SimpleUploadedFile("act.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    form = {
        **WORDS,
        "on": today(),
        "photo": file,
        "caption": "?",
        "form_key": _key(client, "work-report"),
    }
    response = client.post(page("work-report", SLUG, 1), form)
    assert response.status_code == 422
    assert "This is not a picture" in body(response)


@pytest.mark.parametrize("amount", ["0", "много", "1e99", "-5", ""])
def test_money_that_cannot_be_is_refused_beside_the_field(
    amount: str, work: Work, bob: User
) -> None:
    client = signed_in(bob)
    form = {"kind": "spent", "amount": amount, "on": today(), "document": "№ 77"}
    response = client.post(
        page("work-money", SLUG, 1), {**form, "form_key": _key(client, "work-money")}
    )
    assert response.status_code == 422
    assert "№ 77" in body(response)
    assert work.money.count() == 0


def test_a_day_to_come_is_refused_and_nothing_is_lost(work: Work, bob: User) -> None:
    client = signed_in(bob)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"
    url = page("milestone-reach", SLUG, 1, 1)
    form = {**WORDS, "on": tomorrow, "form_key": _key(client, "milestone-reach", 1)}
    response = client.post(url, form)
    assert response.status_code == 422
    assert "still to come" in body(response)
    assert "Бұрылды" in body(response)


def test_the_same_form_sent_twice_is_one_sum(work: Work, bob: User) -> None:
    client = signed_in(bob)
    form = {"kind": "spent", "amount": "1 00", "on": today(), "document": "№ 1"}
    form["form_key"] = _key(client, "work-money")
    for _ in range(2):
        assert client.post(page("work-money", SLUG, 1), form).status_code == 302
    assert [entry.amount for entry in work.money.all()] == [100]


def test_whoever_builds_it_tells_of_it(
    work: Work, bob: User, charlie: User, city: Territory
) -> None:
    client = signed_in(charlie)
    assert client.get(page("work-report", SLUG, 1)).status_code == 404
    builder = make_body()
    officer = signed_in(make_officer("Dana", builder, city))
    key = _key(signed_in(bob), "work-entrust")
    sent = signed_in(bob).post(
        page("work-entrust", SLUG, 1), {"body": builder.pk, "form_key": key}, follow=True
    )
    assert f"Builds it: {builder}." in body(sent)
    assert officer.get(page("work-report", SLUG, 1)).status_code == 200
    assert officer.get(page("work-entrust", SLUG, 1)).status_code == 404


def _key(client: Client, name: str, *args: int) -> str:
    form = client.get(page(name, SLUG, 1, *args)).context["form"]
    return str(form["form_key"].value())
