"""What the minutes of a hearing hold, frozen: every question and its fate, speakers, submissions.

Names of residents are not in it: they stand in rows that can be erased, under the same numbers.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from councils.models import HearingRegistration, Meeting, Question, SpeakerSlot


def record_of_hearing(meeting: Meeting) -> dict[str, Any]:
    """All of it in one place, by number."""
    return {
        "notices": [
            {
                "number": notice.number,
                "published_on": notice.published_on.isoformat(),
                "hearing_on": notice.hearing_on.isoformat(),
                "between": notice.between,
                "needed": notice.needed,
                "sha256": notice.sha256,
            }
            for notice in meeting.notices.all()
        ],
        "registrations": registrations_of(meeting),
        "speakers": [
            _speaker(slot)
            for slot in meeting.speakers.select_related("registration").order_by("number")
            if slot.state == SpeakerSlot.State.DONE
        ],
        "questions": [
            _question(question) for question in meeting.questions.select_related("answer_due")
        ],
        "submissions": [
            {
                "number": row.number,
                "received_on": row.received_at.date().isoformat(),
                "is_public": row.may_publish and row.withdrawn_at is None,
                "withdrawn_because": row.withdrawn_because,
            }
            for row in meeting.submissions.all()
        ],
    }


def registrations_of(meeting: Meeting) -> dict[str, Any]:
    """How many registered, came, took part online, by position and by what they came as."""
    rows = meeting.hearing_registrations.exclude(state=HearingRegistration.State.CANCELLED)
    found = list(rows.values_list("state", "attends", "position", "capacity"))
    came = [row for row in found if row[0] == HearingRegistration.State.PRESENT]
    return {
        "registered": len(found),
        "present": len(came),
        "online": sum(row[1] == HearingRegistration.Attends.ONLINE for row in came),
        "positions": dict(sorted(Counter(row[2] for row in came).items())),
        "capacities": dict(sorted(Counter(row[3] for row in came).items())),
    }


def _speaker(slot: SpeakerSlot) -> dict[str, Any]:
    came = slot.registration
    return {
        "number": slot.number,
        "kind": slot.kind,
        "capacity": came.capacity if came else "",
        "seconds": slot.spoken,
        "allowed": slot.seconds,
        "began_at": slot.began_at.isoformat() if slot.began_at else None,
    }


def _question(question: Question) -> dict[str, Any]:
    due = question.answer_due
    return {
        "number": question.number,
        "language": question.language,
        "text": "" if question.is_hidden else question.text,
        "state": question.state,
        "answer": question.answer,
        "answered_by": question.answered_by,
        "second": question.second,
        "declined_because": question.declined_because,
        "due_on": due.due_on.isoformat() if due else None,
        "answer_due": due.pk if due else None,
    }
