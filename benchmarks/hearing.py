"""500 watchers of one hearing: how many of their requests are served before the next would be due.

  python -m benchmarks.hearing [--watchers 500] [--seconds 30] [--json]

All watchers open the page of the hearing within 3 s, and ask for its fragment as often as it says
(static/js/hall.js does the same), while at the desk a speaker is called, begins and ends every few
seconds. How it is measured: crowd.py.
"""

import time

from benchmarks.crowd import Browser, Figures, gather, run_benchmark  # sets Django up  # isort: skip

from councils.models import Meeting
from councils.services.hearings import floor
from participation.services.territories import load_territories
from tests.councils.hearings import come, make_hearing, make_question
from tests.councils.making import make_council

SPEECH = 4.0  # seconds


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


def measure(watchers: int, seconds: float) -> Figures:
    meeting = make_hearing(make_council(load_territories()["astana"]), state="open")
    for number in range(20):
        come(meeting, f"Сөйлеуші {number}", wants_to_speak=True)
        make_question(meeting, f"Сұрақ {number}?")
    page = f"/kk/{meeting.dossier.path}"
    live = f"{page}live/page/"
    return gather(
        lambda port: [Browser(port, page, live) for _ in range(watchers)],
        seconds,
        meanwhile=lambda: hold(meeting, seconds),
    ).figures()


if __name__ == "__main__":
    run_benchmark(__doc__, "watchers", 500, measure)
