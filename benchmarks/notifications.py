"""What telling people costs, and what is lost or doubled when processes are killed meanwhile.

  python -m benchmarks.notifications [--deliveries 1000] [--json]
  python -m benchmarks.notifications --faults [--deliveries 1000] [--kills 5] [--json]

The first sends the same letters twice, in turns, to the same mail server on this machine: through
one bare SMTP connection, and as deliveries that are claimed, written in their readers' languages,
sent and marked. It also writes the deliveries of one event to 100,000 followers, and times the
request that asked for it.

The second runs a broker, a worker and two beats, kills the worker (kill -9) and the broker (which
comes back empty) in the middle, in turns, and counts at the mail server what arrived.
"""

import argparse
import json
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from accounts.models import User
from benchmarks.outages import free_port, running_site, wait_for
from participation import event_kinds
from participation.channels.email import compose
from participation.event_kinds import FOLLOWED, EventKind
from participation.letters import compose as write
from participation.models import Delivery, Dossier, Follow, Territory
from participation.services import (
    Wording,
    create_dossier,
    newsletters,
    notify,
    notify_followers,
)
from participation.services.delivery import claim_batch, deliver_due
from participation.services.dossiers import publish_dossier
from participation.services.fan_out import fan_out_waiting
from tests.participation.mailbox import running_mailbox

ROUNDS = 5
KIND = "ballot_cast"  # a letter of usual length
CROWD = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--deliveries", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5, help="of the worker, and of the broker")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--crowd", type=int, default=CROWD, help="followers of one dossier")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        if options.faults:
            found = under_faults(options.deliveries, options.kills)
        else:
            found = speed(options.deliveries) | fan_out(options.crowd)
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        print("\n".join(f"{name:<28} {figure}" for name, figure in found.items()))


def make_dossier(slug: str) -> Dossier:
    place, _ = Territory.objects.get_or_create(
        slug="many", defaults={"kind": "city", "name_kk": "Көп", "name_ru": "Много"}
    )
    words = [Wording(code, f"{slug} {code}") for code in ("kk", "ru", "en")]
    dossier = create_dossier(
        kind="budgeting.cycle", territory=place, state="running", path=f"{slug}/", wordings=words
    )
    publish_dossier(dossier=dossier)
    return dossier


def make_people(number: int, name: str) -> list[User]:
    languages = ("kk", "ru", "en")
    return User.objects.bulk_create(
        [
            User(email=f"{name}{n}@example.org", name=f"Оқырман {n}", language=languages[n % 3])
            for n in range(number)
        ],
        batch_size=5000,
    )


def tells_at_once() -> None:
    """For these runs the letter is one that comes at once, by e-mail and on the site."""
    label = event_kinds.kind_of_event(KIND).label
    event_kinds.register(EventKind(KIND, FOLLOWED, label, is_legal=True))


# --- Speed --------------------------------------------------------------------------------------


@contextmanager
def mail_sink() -> Iterator[int]:
    """A mail server in a process of its own that takes everything and keeps nothing."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    with subprocess.Popen([*command, "-c", "aiosmtpd.handlers.Sink"]) as process:
        try:
            wait_for(lambda: _answers(port), "the mail server")
            yield port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=2):
            return True
    except OSError:
        return False


def speed(number: int) -> dict[str, Any]:
    tells_at_once()
    people, dossier = make_people(number, "p"), make_dossier("speed")
    with mail_sink() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        letters = _letters(people[:100], dossier)
        _bare(letters[:50], port, 50)
        pairs = [_pair(people, dossier, letters, port) for _ in range(ROUNDS)]
    return {
        "deliveries": number,
        "per_second": round(statistics.median(ours for ours, _ in pairs)),
        "bare_smtp_per_second": round(statistics.median(bare for _, bare in pairs)),
        "ratio": round(statistics.median(ours / bare for ours, bare in pairs), 2),
    }


def _letters(people: list[User], dossier: Dossier) -> list[EmailMessage]:
    """The very letters that deliveries become, written beforehand."""
    notify(kind=KIND, recipients=people, dossier=dossier)
    letters = []
    while batch := claim_batch():
        letters += [compose(write(delivery)) for delivery in batch]
    Delivery.objects.all().delete()
    return letters


def _pair(
    people: list[User], dossier: Dossier, letters: list[EmailMessage], port: int
) -> tuple[float, float]:
    notify(kind=KIND, recipients=people, dossier=dossier)
    start = time.perf_counter()
    sent = deliver_due()
    ours = sent / (time.perf_counter() - start)
    assert sent == len(people)
    Delivery.objects.all().delete()
    return ours, _bare(letters, port, len(people))


def _bare(letters: list[EmailMessage], port: int, number: int) -> float:
    """One connection and nothing else; the letters are bytes already."""
    raw = [(m.to[0], m.message().as_bytes(linesep="\r\n")) for m in letters]
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for n in range(number):
            to, body = raw[n % len(raw)]
            server.sendmail("noreply@localhost", [to], body)
    return number / (time.perf_counter() - start)


def fan_out(number: int) -> dict[str, Any]:
    """What somebody waits who tells a crowd, and how long until every row is written."""
    people, dossier = make_people(number, "crowd"), make_dossier("crowd")
    Follow.objects.bulk_create(
        [Follow(person=person, dossier=dossier) for person in people], batch_size=5000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    start = time.perf_counter()
    notify_followers(kind=KIND, dossier=dossier)
    asked = time.perf_counter() - start
    written = fan_out_waiting()
    return {
        "followers": number,
        "request_ms": round(asked * 1000, 1),
        "rows_written": written,
        "rows_per_second": round(written / (time.perf_counter() - start - asked)),
    }


def send_letter(place: Territory) -> None:
    """A newsletter to everybody who follows the place: by e-mail at once, and on the site."""
    author = make_people(1, "author")[0]
    words = dict.fromkeys(newsletters.FIELDS, "Хат. Письмо. Letter.")
    letter = newsletters.create_newsletter(by=author, territory=place, words=words)
    newsletters.send_newsletter(by=author, newsletter=letter)


# --- Faults -------------------------------------------------------------------------------------


def under_faults(number: int, kills: int) -> dict[str, Any]:
    """Kill worker and broker in turns while `number` letters are on their way."""
    people, place = make_people(number, "p"), make_dossier("faults").territory
    Follow.objects.bulk_create([Follow(person=person, territory=place) for person in people])
    with tempfile.TemporaryDirectory() as folder, running_mailbox() as mailbox:
        mailbox.delay = 0.005
        start = time.perf_counter()
        send_letter(place)
        with running_site(Path(folder), mailbox.port) as site:
            for kill in range(1, 2 * kills + 1):
                goal = number * kill // (2 * kills + 1)
                wait_for(lambda goal=goal: mailbox.begun >= goal, f"{goal} letters; {site.logs}")
                victim = site.worker if kill % 2 else site.broker
                victim.kill()
                victim.start()
            over = Delivery.objects.exclude(state=Delivery.State.SENT)
            wait_for(
                lambda: Delivery.objects.count() == 2 * number and not over.exists(),
                f"the last letters; {site.logs}",
            )
            seconds = time.perf_counter() - start
    arrived = Counter(str(message["Message-ID"]) for message in mailbox.messages)
    reached = {str(message["To"]) for message in mailbox.messages}
    on_site = Delivery.objects.inbox().values_list("recipient", flat=True)
    return {
        "deliveries": number,
        "kills": kills,
        "broker_kills": kills,
        "sent": sum(arrived.values()),
        "lost": number - len(reached),
        "doubled": sum(arrived.values()) - len(arrived),
        "on_site": len(on_site),
        "on_site_lost": number - len(set(on_site)),
        "on_site_doubled": len(on_site) - len(set(on_site)),
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
