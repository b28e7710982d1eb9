"""What the pages of a hearing show: who has the floor, whose turn is next, what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from councils.models import HearingRegistration, Meeting, Question, SpeakerSlot
from councils.models.hearing_floor import QuestionQuerySet
from councils.speaking import Waiting, turns

WIDEST = 270


@dataclass(frozen=True)
class Floor:
    """`now` has the floor or is called to it; `queue` is in the order of the rules."""

    now: SpeakerSlot | None
    queue: list[SpeakerSlot]
    done: list[SpeakerSlot]

    @property
    def until(self) -> datetime | None:
        """When the time of the speaker is over; None while it does not run."""
        if self.now is None or self.now.running_since is None:
            return None
        return self.now.running_since + timedelta(seconds=self.now.seconds - self.now.spoken)


def floor_of(meeting: Meeting) -> Floor:
    """Two queries."""
    slots = list(meeting.speakers.select_related("registration__person"))
    queued = [slot for slot in slots if slot.state == SpeakerSlot.State.QUEUED]
    by_key = {slot.pk: slot for slot in slots}
    order = turns(_waiting(queued, slots, _heard_before(meeting, queued)))
    on_the_floor = [slot for slot in slots if slot.state in SpeakerSlot.ON_THE_FLOOR]
    return Floor(
        now=on_the_floor[0] if on_the_floor else None,
        queue=[by_key[one.key] for one in order],
        done=[slot for slot in slots if slot.state == SpeakerSlot.State.DONE],
    )


def _waiting(
    queued: Iterable[SpeakerSlot], slots: list[SpeakerSlot], heard_before: set[int]
) -> Iterable[Waiting]:
    spoken: dict[int, int] = {}
    for slot in slots:
        if slot.registration_id and slot.began_at is not None:
            spoken[slot.registration_id] = spoken.get(slot.registration_id, 0) + slot.spoken
    for slot in queued:
        came = slot.registration
        key = slot.registration_id or 0
        has_spoken = key in spoken or bool(came and came.person_id in heard_before)
        yield Waiting(slot.pk, has_spoken, spoken.get(key, 0), slot.queued_at)


def _heard_before(meeting: Meeting, queued: list[SpeakerSlot]) -> set[int]:
    """Who of these spoke at earlier hearings of the council; known of people with an account."""
    people = [slot.registration.person_id for slot in queued if slot.registration]
    earlier = SpeakerSlot.objects.filter(
        meeting__council=meeting.council_id,
        state=SpeakerSlot.State.DONE,
        registration__person__in=[person for person in people if person],
    ).exclude(meeting=meeting)
    return {key for key in earlier.values_list("registration__person", flat=True) if key}


def questions_of(meeting: Meeting) -> QuestionQuerySet:
    """Those that anybody may see, with how many want the answer; most wanted first while open."""
    rows = meeting.questions.public().with_support().select_related("answer_due")
    if meeting.state in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        return rows.order_by(F("wanted").desc(), "number")
    return rows.order_by("number")


def tally(questions: Iterable[Question]) -> dict[str, int]:
    """How many have met which fate."""
    found = dict.fromkeys(Question.State.values, 0)
    for question in questions:
        found[question.state] += 1
    return found


def position_bars(counts: dict[str, int]) -> dict[str, Any]:
    """Bars of who came with which position."""
    most = max(counts.values(), default=0) or 1
    rows = [
        {
            "label": label,
            "number": counts.get(code, 0),
            "y": 32 * place,
            "width": WIDEST * counts.get(code, 0) // most,
        }
        for place, (code, label) in enumerate(HearingRegistration.Position.choices)
    ]
    return {"rows": rows, "height": 32 * len(rows), "total": sum(counts.values())}
