"""A real worker, a real broker, real mail: what a bell starts, and what a kill leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import structlog
from django.conf import settings as project
from django.db import connection, transaction
from django.utils import timezone

from budgeting.allocation import count, parse_pabulib
from budgeting.models import BallotFile, Election, Epoch, OpenedBallot
from budgeting.services.counting import official_rule
from budgeting.tasks import advance_elections
from participation.models import Delivery, JournalEntry
from participation.services import first_broken_entry, notify
from participation.tasks import deliver_due
from tests.budgeting.ballot_box import cast_all, fetch_all, make_voters
from tests.conftest import make_person, pass_deadline
from tests.participation.mailbox import Mailbox, running_mailbox

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120.0


def wait_for(condition: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


class Worker:
    """One worker with a queue of its own, on the database of the tests."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.log, self.environment = log, environment
        self.queue = f"test-{uuid.uuid4().hex}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1"]
        command += ["-Q", self.queue, "--without-gossip", "--without-mingle"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "-n", f"{uuid.uuid4().hex}@test"],
                cwd=project.BASE_DIR,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ring(self, task: Any) -> None:
        task.apply_async(queue=self.queue)

    def kill(self) -> None:
        """The worker and its child at once, as when a machine dies."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None

    @property
    def lines(self) -> list[str]:
        return self.log.read_text("utf-8", "replace").splitlines()


def url_of_the_test_database() -> str:
    parts = urlsplit(project.DATABASE_URL)
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def worker(mailbox, settings, tmp_path) -> Iterator[Worker]:
    environment = {
        "KENES_MODE": "test",
        "DATABASE_URL": url_of_the_test_database(),
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "BALLOT_KEY_DIR": str(settings.BALLOT_KEY_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    worker = Worker(tmp_path / "worker.log", environment)
    worker.start()
    yield worker
    worker.kill()


def _notices(cycle, number: int) -> list[str]:
    people = [make_person(f"told{n}@example.org", "T") for n in range(number)]
    for person in people:
        notify(kind="ballot_cast", recipients=[person], dossier=cycle.dossier)
    return sorted(person.email for person in people)


def test_a_bell_sends_what_is_due_and_carries_the_id_of_the_request(cycle, worker, mailbox) -> None:
    addresses = _notices(cycle, 2)
    mailbox.answers[addresses[1]] = "550 no such person"
    request_id = uuid.uuid4().hex
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        worker.ring(deliver_due)
    over = [Delivery.State.SENT, Delivery.State.DEAD]
    wait_for(lambda: Delivery.objects.filter(state__in=over).count() == 2, "two messages")
    assert mailbox.addresses == addresses[:1]
    wait_for(lambda: any("succeeded" in line for line in worker.lines), "the end of the task")
    ours = [line for line in worker.lines if request_id in line]
    assert any("delivery_failed" in line for line in ours), worker.lines
    assert any("succeeded" in line for line in ours), worker.lines

    worker.ring(deliver_due)
    wait_for(lambda: len([x for x in worker.lines if "succeeded" in x]) == 2, "a second task")
    later = worker.lines[worker.lines.index(ours[-1]) + 1 :]
    assert not any(request_id in line for line in later)


def test_a_worker_killed_while_it_sends_loses_nothing_and_repeats_one_message_at_most(
    cycle, worker, mailbox
) -> None:
    addresses = _notices(cycle, 6)
    mailbox.delay = 0.5
    worker.ring(deliver_due)
    wait_for(lambda: mailbox.begun >= 3, f"see {worker.log}")
    worker.kill()
    mailbox.delay = 0.0
    left = Delivery.objects.exclude(state=Delivery.State.SENT)
    assert left.exists()
    assert set(left.values_list("state", flat=True)) == {Delivery.State.SENDING}
    left.update(next_attempt_at=timezone.now())  # the lease runs out
    worker.start()
    worker.ring(deliver_due)
    wait_for(lambda: not left.exists(), f"see {worker.log}")
    arrived = [message["Message-ID"] for message in mailbox.messages]
    assert sorted(set(mailbox.addresses)) == addresses
    assert len(set(arrived)) == 6
    assert len(arrived) - 6 <= 1


def _assert_counted_once(election: Election, told: dict[int, str]) -> None:
    election.refresh_from_db()
    assert election.state == Election.State.COUNTED
    opened = OpenedBallot.objects.values_list("leaf__commitment", flat=True)
    assert sorted(opened) == sorted(told.values())
    assert list(Epoch.objects.values_list("number", "size")) == [(0, len(told))]
    (file,) = BallotFile.objects.all()
    assert file.number_of_ballots == len(told)
    tally = election.tallies.get(is_official=True)
    again = count(parse_pabulib(file.text, name=file.name), official_rule(election)).to_dict()
    plain = json.loads(json.dumps(again))
    assert {name: tally.result[name] for name in plain} == plain
    for kind in ("voting_closed", "epoch_sealed", "counted"):
        assert JournalEntry.objects.filter(kind=f"budgeting.{kind}").count() == 1, kind
    assert first_broken_entry() is None


def _is_counted(election: Election) -> bool:
    return Election.objects.filter(pk=election.pk, state=Election.State.COUNTED).exists()


def _somebody_waits_for(table: str) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
    return fetch_all(waiting, table) != [(0,)]


@pytest.mark.parametrize("table", ["budgeting_leaf", "budgeting_award"])
def test_a_worker_killed_while_it_counts_leaves_the_result_that_it_would_have_had(
    election, worker, table
) -> None:
    """Somebody holds a table, so that the worker is at that very step when it is killed."""
    told = cast_all(election, make_voters(election, 25))
    pass_deadline(election)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        worker.ring(advance_elections)
        wait_for(lambda: _somebody_waits_for(table), f"see {worker.log}")
        worker.kill()
    assert not _is_counted(election)
    worker.start()
    worker.ring(advance_elections)
    wait_for(lambda: _is_counted(election), f"see {worker.log}")
    _assert_counted_once(election, told)
    said = "\n".join(worker.lines)
    assert "election_stuck" not in said
    assert not any(commitment in said for commitment in told.values())
