"""200 phones in one hall: how many of their requests are served before the next would be due.

  python -m benchmarks.hall [--phones 200] [--seconds 30] [--json]

Every phone opens its page, asks for the fragment every 3 s as static/js/hall.js does, and sends one
statement at some moment. How it is measured: crowd.py.
"""

import gzip
import random
import re
import time
from urllib.parse import urlencode

from benchmarks.crowd import Browser, Figures, Log, gather, run_benchmark  # sets Django up  # isort: skip

from edp.models import Statement
from participation.services.territories import load_territories
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop


class Phone(Browser):
    speaks_at = 0.0

    def begin(self, seconds: float) -> None:
        self.speaks_at = time.monotonic() + random.uniform(0, seconds / 2)

    def act(self, log: Log) -> None:
        if self.speaks_at and time.monotonic() > self.speaks_at:
            self.speak(log)
            self.speaks_at = 0.0

    def speak(self, log: Log) -> None:
        _status, content, took = self.ask("GET", self.page)
        log.pages.append(took)
        html = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        key = re.search(r'name="form_key" value="([^"]+)"', html)
        if token is None or key is None:
            log.failures += 1
            return
        words = {
            "csrfmiddlewaretoken": token[1],
            "form_key": key[1],
            "text": "Су керек",
            "kind": "need",
            "helix": "business",
            "has_consent": "on",
        }
        form = "application/x-www-form-urlencoded"
        status, _content, took = self.ask(
            "POST", self.page, urlencode(words), **{"Content-Type": form}
        )
        log.posts.append(took)
        log.failures += status != 302


def measure(phones: int, seconds: float) -> Figures:
    process = make_process(load_territories()["taraz"], stage="discovery")
    workshop = make_workshop(process, state="running")
    page = f"/kk/edp/join/{workshop.join_code}/"
    live = f"/kk/edp/{process.slug}/workshops/{workshop.number}/live/phone/"
    log = gather(lambda port: [Phone(port, page, live) for _ in range(phones)], seconds)
    return log.figures() | {"statements": Statement.objects.count()}


if __name__ == "__main__":
    run_benchmark(__doc__, "phones", 200, measure)
