"""A letter to residents: in everybody's language, to whoever follows, once, until it is stopped."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from participation.models import Delivery, FanOut, JournalEntry, Newsletter, Preference, Territory
from participation.services import fan_out as fanning
from participation.services import follow, newsletters
from participation.services.delivery import deliver_due
from participation.services.fan_out import fan_out_waiting
from tests.budgeting.ballot_box import at_once
from tests.conftest import make_person

WORDS = {
    "subject_kk": "Дауыс беру басталды",
    "body_kk": "Құрметті тұрғындар!",
    "subject_ru": "Голосование началось",
    "body_ru": "Уважаемые жители!",
    "subject_en": "",
    "body_en": "",
}


def url(name: str, *args: object) -> str:
    return reverse(f"participation:newsletter-{name}", args=args)


@pytest.fixture
def letter(bob: User, city: Territory) -> Newsletter:
    return newsletters.create_newsletter(by=bob, territory=city, words=WORDS)


@pytest.fixture
def readers(city: Territory) -> dict[str, User]:
    """By language; each follows the city, the region above it or the street below it."""
    street = Territory.objects.create(
        slug="street", kind="city_district", parent=city, name_kk="К", name_ru="У"
    )
    people = {}
    for language, place in (("kk", city), ("ru", city.parent), ("en", street)):
        people[language] = make_person(f"{language}@example.org", language, language=language)
        follow(person=people[language], territory=place)
    elsewhere = Territory.objects.create(slug="far", kind="city", name_kk="F", name_ru="F")
    follow(person=make_person("far@example.org", "F"), territory=elsewhere)
    return people


@pytest.mark.django_db
def test_everybody_who_follows_reads_it_in_their_language(letter, bob, readers) -> None:
    newsletters.send_newsletter(by=bob, newsletter=letter)
    fan_out_waiting()
    assert deliver_due() == 3
    assert {m.to[0]: m.subject for m in mail.outbox} == {
        "kk@example.org": WORDS["subject_kk"],
        "ru@example.org": WORDS["subject_ru"],
        "en@example.org": WORDS["subject_kk"],  # there is no English text
    }
    russian = next(m for m in mail.outbox if m.to == ["ru@example.org"])
    assert WORDS["body_ru"] in russian.body
    assert f"/ru/newsletters/{letter.pk}/" in russian.body
    assert Delivery.objects.inbox().count() == 3


@pytest.mark.django_db
def test_the_audience_is_counted_by_language_before_it_is_sent(letter, city, readers) -> None:
    assert newsletters.audience_by_language(city) == {"kk": 1, "ru": 1, "en": 1}
    for category in ("newsletter", "followed"):
        Preference.objects.create(
            person=readers["ru"], category=category, channel="email", pace="never"
        )
    assert newsletters.audience_by_language(city) == {"kk": 1, "ru": 0, "en": 1}


@pytest.mark.django_db
def test_it_is_tried_on_oneself_and_nobody_else(letter, bob, readers) -> None:
    newsletters.try_newsletter(by=bob, newsletter=letter)
    assert deliver_due() == 1
    assert mail.outbox[0].to == [bob.email]
    assert mail.outbox[0].subject == WORDS["subject_ru"]
    letter.refresh_from_db()
    assert letter.is_draft


@pytest.mark.django_db(transaction=True)
def test_sent_from_two_machines_at_once_it_is_sent_once(letter, bob, readers) -> None:
    def send() -> object:
        return newsletters.send_newsletter(by=bob, newsletter=letter)

    results = at_once(send, send, send)
    refused = [r for r in results if isinstance(r, newsletters.AlreadySent)]
    assert len(refused) == 2
    fan_out_waiting()
    assert deliver_due() == 3
    assert JournalEntry.objects.filter(kind="participation.newsletter_sent").count() == 1


@pytest.mark.django_db
def test_stopped_half_way_nobody_else_gets_it(letter, bob, city, monkeypatch) -> None:
    monkeypatch.setattr(fanning, "BATCH", 4)
    for n in range(10):
        follow(person=make_person(f"p{n}@example.org", "P"), territory=city)
    newsletters.send_newsletter(by=bob, newsletter=letter)
    fanning._next_batch()
    assert deliver_due() == 4
    fanning._next_batch()
    letter.refresh_from_db()
    found = newsletters.progress_of(letter)
    assert (found.written, found.total, found.sent, found.left) == (False, 8, 4, 4)
    newsletters.stop_newsletter(by=bob, newsletter=letter)
    fan_out_waiting()
    assert deliver_due() == 0
    assert len(mail.outbox) == 4
    letter.refresh_from_db()
    found = newsletters.progress_of(letter)
    assert (found.written, found.sent, found.dropped) == (True, 4, 4)
    assert FanOut.objects.get(event=letter.event).state == FanOut.State.STOPPED
    with pytest.raises(newsletters.NotUnderWay):
        newsletters.stop_newsletter(by=bob, newsletter=letter)


@pytest.mark.django_db
def test_what_was_sent_never_changes(letter, bob) -> None:
    newsletters.change_newsletter(newsletter=letter, words={**WORDS, "subject_ru": "Другое"})
    newsletters.send_newsletter(by=bob, newsletter=letter)
    with pytest.raises(newsletters.AlreadySent):
        newsletters.change_newsletter(newsletter=letter, words=WORDS)
    rows = Newsletter.objects.filter(pk=letter.pk)
    for change in ({"body_ru": "!"}, {"state": "draft", "event": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


# --- Pages --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_from_the_first_word_to_the_last_reader(client, bob, city, readers) -> None:
    client.force_login(bob)
    key = str(uuid4())
    address = url("write", city.slug)
    first = client.post(address, {**WORDS, "form_key": key})
    assert client.post(address, {**WORDS, "form_key": key}).url == first.url
    letter = Newsletter.objects.get()
    manage = url("manage", city.slug, letter.pk)
    assert first.url == manage
    page = client.get(manage).content.decode()
    assert WORDS["subject_kk"] in page
    assert WORDS["body_ru"] in page
    assert client.get(url("detail", letter.pk)).status_code == 404
    change = {**WORDS, "subject_ru": "Голосуем", "form_key": str(uuid4())}
    assert client.post(url("edit", city.slug, letter.pk), change).url == manage
    client.post(url("try", city.slug, letter.pk), {"form_key": str(uuid4())})
    client.post(url("send", city.slug, letter.pk), {"form_key": str(uuid4())})
    client.post(url("send", city.slug, letter.pk), {"form_key": str(uuid4())})
    fan_out_waiting()
    assert deliver_due() == 4
    assert "Голосуем" in client.get(url("list", city.slug).replace("/en/", "/ru/")).content.decode()
    client.logout()
    public = client.get(url("detail", letter.pk).replace("/en/", "/ru/"))
    assert "Уважаемые жители!" in public.content.decode()


@pytest.mark.django_db
def test_half_an_english_text_is_refused_and_nothing_typed_is_lost(client, bob, city) -> None:
    client.force_login(bob)
    data = {**WORDS, "subject_en": "Only a subject", "form_key": str(uuid4())}
    response = client.post(url("write", city.slug), data)
    assert response.status_code == 422
    body = response.content.decode()
    assert "Only a subject" in body
    assert WORDS["body_kk"] in body
    assert "Write both in English" in body


@pytest.mark.django_db
def test_a_place_shows_the_way_to_its_letters_to_organisers_alone(
    client, bob, charlie, city
) -> None:
    page = reverse("participation:territory-detail", args=[city.slug])
    for person, shown in ((bob, True), (charlie, False)):
        client.force_login(person)
        assert (url("list", city.slug) in client.get(page).content.decode()) is shown
