"""500 watchers of one hearing: how many of their requests are served before the next would be due.

  python -m benchmarks.hearing [--watchers 500] [--seconds 30] [--json]

gunicorn runs as in the demo (2 workers, 4 threads each), with a scratch database on the configured
server. Every watcher opens the page of the hearing and asks for its fragment every 3 s as
static/js/hall.js does, with the ETag it knows, while at the desk a speaker is called, begins and
ends every few seconds. In time is an answer within 3 s. The watchers share the machine with the
server.
"""

import argparse
import json
import random
import statistics
import sys
import threading
import time

from benchmarks.hall import EVERY, GOAL, Log, Phone, site  # sets Django up  # isort: skip

from django.test.utils import setup_databases, teardown_databases

from councils.models import Meeting
from councils.services.hearings import floor
from participation.services.territories import load_territories
from tests.councils.hearings import come, make_hearing, make_question
from tests.councils.making import make_council

SPEECH = 4.0  # seconds


class Watcher(Phone):
    """Somebody at home: the page once, then its fragment."""

    def __init__(self, port: int, page: str) -> None:
        super().__init__(port, "", f"{page}live/page/")
        self.page = page

    def live_for(self, seconds: float, log: Log) -> None:
        end = time.monotonic() + seconds
        time.sleep(random.uniform(0, EVERY))
        status, content, took = self.ask("GET", self.page)
        log.pages.append(took)
        log.page_bytes.append(len(content))
        log.failures += status != 200
        self.etag = ""
        while time.monotonic() < end:
            self.poll(log)
            time.sleep(EVERY * random.uniform(0.8, 1.2))


def hold(meeting: Meeting, seconds: float) -> None:
    """What the secretary does meanwhile: one speaker after the other."""
    end = time.monotonic() + seconds
    for slot in list(meeting.speakers.all()):
        if time.monotonic() > end:
            break
        floor.call_speaker(by=None, slot=slot)
        floor.begin_speech(by=None, slot=slot)
        time.sleep(SPEECH)
        floor.end_speech(by=None, slot=slot)


def measure(meeting: Meeting, watchers: int, seconds: float) -> Log:
    log = Log()
    page = f"/kk/{meeting.dossier.path}"
    with site() as port:
        crowd = [Watcher(port, page) for _ in range(watchers)]

        def run(watcher: Watcher) -> None:
            try:
                watcher.live_for(seconds, log)
            except OSError:
                log.failures += 1

        threads = [threading.Thread(target=run, args=[watcher]) for watcher in crowd]
        for thread in threads:
            thread.start()
        hold(meeting, seconds)
        for thread in threads:
            thread.join()
    return log


def report(log: Log, watchers: int, seconds: float) -> dict[str, object]:
    taken = [*log.polls, *log.pages]
    in_time = sum(each <= EVERY for each in taken)
    return {
        "watchers": watchers,
        "seconds": seconds,
        "requests": len(taken),
        "failures": log.failures,
        "in_time": in_time / (len(taken) + log.failures),
        "poll_median_ms": round(1000 * statistics.median(log.polls)),
        "poll_slowest_ms": round(1000 * max(log.polls)),
        "not_modified": log.not_modified / len(log.polls),
        "page_bytes": max(log.page_bytes),
        "poll_bytes_mean": round(statistics.mean(log.poll_bytes)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--watchers", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        council = make_council(load_territories()["astana"])
        meeting = make_hearing(council, state="open")
        for number in range(20):
            come(meeting, f"Сөйлеуші {number}", wants_to_speak=True)
            make_question(meeting, f"Сұрақ {number}?")
        log = measure(meeting, arguments.watchers, arguments.seconds)
        found = report(log, arguments.watchers, arguments.seconds)
    finally:
        teardown_databases(databases, verbosity=0)
    if arguments.json:
        json.dump(found, sys.stdout)
    else:
        for name, value in found.items():
            print(f"{name:>16}  {value}")
        print(f"goal: in_time >= {GOAL}, {'met' if found['in_time'] >= GOAL else 'missed'}")  # type: ignore[operator]


if __name__ == "__main__":
    main()
