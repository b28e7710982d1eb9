"""Real processes, killed in the middle: nothing is lost, nothing is doubled beyond the promise."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from benchmarks.outages import Site, running_site, wait_for
from participation.models import Delivery, FanOut, Follow
from participation.services import newsletters
from tests.participation.mailbox import Mailbox, running_mailbox

pytestmark = pytest.mark.django_db(transaction=True)
READERS = 60


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        mailbox.delay = 0.01
        yield mailbox


@pytest.fixture
def site(mailbox: Mailbox, tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path, mailbox.port) as site:
        yield site


@pytest.fixture
def send(bob: User, city) -> Iterator[None]:
    people = User.objects.bulk_create(
        User(email=f"reader{n:02d}@example.org", language=("kk", "ru", "en")[n % 3])
        for n in range(READERS)
    )
    Follow.objects.bulk_create(Follow(person=person, territory=city) for person in people)

    def send_letter() -> None:
        words = dict.fromkeys(newsletters.FIELDS, "Хат")
        letter = newsletters.create_newsletter(by=bob, territory=city, words=words)
        newsletters.send_newsletter(by=bob, newsletter=letter)

    return send_letter


def all_is_sent(letters: int = 1) -> bool:
    rows = Delivery.objects.filter(state=Delivery.State.SENT)
    return bool(rows.count() == 2 * READERS * letters)


def assert_each_once(mailbox: Mailbox, *, repeats: int, letters: int = 1) -> None:
    """Counted at the mail server; on the site the rows themselves are the messages."""
    readers = {f"reader{n:02d}@example.org" for n in range(READERS)}
    assert set(mailbox.addresses) == readers
    arrived = Counter(message["Message-ID"] for message in mailbox.messages)
    assert len(arrived) == READERS * letters
    assert sum(arrived.values()) - len(arrived) <= repeats
    on_site = Delivery.objects.inbox().values_list("event", "recipient")
    assert len(on_site) == len(set(on_site)) == READERS * letters


def test_a_worker_killed_twice_repeats_two_letters_at_most(send, site, mailbox) -> None:
    send()
    for goal in (READERS // 3, 2 * READERS // 3):
        wait_for(lambda goal=goal: mailbox.begun >= goal, site.logs)
        site.worker.kill()
        site.worker.start()
    wait_for(all_is_sent, site.logs)
    assert_each_once(mailbox, repeats=2)


def test_a_broker_that_is_away_and_comes_back_empty_costs_nothing(
    send, site, mailbox, settings, client: Client, alice: User
) -> None:
    """Two beats ring all the while; neither they nor the broker's memory are needed."""
    send()
    wait_for(lambda: mailbox.begun >= 5, site.logs)
    site.broker.kill()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": site.redis_url}}
    client.force_login(alice)
    for page in ("/kk/", "/ru/budgeting/", "/en/messages/", "/en/regions/taraz/"):
        assert client.get(page).status_code == 200, page
    send_again = client.post("/en/following/change/", {"territory": "1"})
    assert send_again.status_code < 500
    send()
    site.broker.start()
    drained = wait_for(lambda: all_is_sent(letters=2), site.logs)
    assert drained <= 60
    assert_each_once(mailbox, repeats=0, letters=2)


def test_a_fan_out_killed_half_way_doubles_nothing(send, site, mailbox, city) -> None:
    """The worker dies while it holds the row of the fan-out, then again while it sends."""
    wait_for(lambda: site.worker.log.exists() and "ready" in site.worker.log.read_text(), site.logs)
    send()
    wait_for(lambda: FanOut.objects.filter(people__gt=0).exists(), site.logs)
    site.worker.kill()
    site.worker.start()
    wait_for(all_is_sent, site.logs)
    assert FanOut.objects.get().people == READERS
    assert_each_once(mailbox, repeats=1)
