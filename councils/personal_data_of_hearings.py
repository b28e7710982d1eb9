"""What a person did at hearings: exported, and erased so that counts and the record hold.

Questions and speeches stay, without a name: the minutes hold them by number, not by person.
"""

from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from accounts import personal_data
from accounts.models import User
from councils.models import (
    HearingRegistration,
    Meeting,
    Notice,
    Question,
    QuestionVote,
    Submission,
    SubmissionFile,
)
from councils.services.hearings.places import give_place_back
from councils.services.hearings.questions import voter_of
from councils.services.hearings.submissions import withdraw


def export(person: User) -> dict[str, Any]:
    places = HearingRegistration.objects.filter(person=person)
    asked = Question.objects.filter(asked_by=person)
    written = Submission.objects.filter(person=person)
    return {
        "places": [
            {
                "hearing": row.meeting.dossier.reference,
                "state": row.state,
                "name": row.name,
                "contact": row.contact,
                "position": row.position,
                "organisation": row.organisation,
                "since": row.since.isoformat(),
                "speeches": [
                    {"seconds": slot.spoken, "state": slot.state} for slot in row.speeches.all()
                ],
            }
            for row in places.select_related("meeting__dossier").prefetch_related("speeches")
        ],
        "questions": [
            {"hearing": row.meeting.dossier.reference, "number": row.number, "text": row.text}
            for row in asked.select_related("meeting__dossier")
        ],
        "submissions": [
            {
                "number": row.tracking_number,
                "name": row.name,
                "contact": row.contact,
                "organisation": row.organisation,
                "text": row.text,
                "files": [file.name for file in row.files.all()],
            }
            for row in written.select_related("meeting__dossier").prefetch_related("files")
        ],
        "notices": Notice.objects.filter(published_by=person).count(),
    }


def erase(person: User) -> None:
    """Places ahead go to those who wait; submissions are withdrawn and emptied."""
    ahead = (Meeting.State.ANNOUNCED, Meeting.State.OPEN)
    places = HearingRegistration.objects.filter(person=person)
    for row in places.filter(meeting__state__in=ahead).select_related("meeting"):
        give_place_back(registration=row)
    for letter in Submission.objects.filter(person=person, withdrawn_at=None):
        withdraw(by=None, submission=letter, reason="–")
    for file in SubmissionFile.objects.filter(submission__person=person):
        file.file.delete(save=False)
        file.delete()
    nobody = {"person": None, "name": "", "contact": "", "organisation": ""}
    places.update(**nobody)
    Submission.objects.filter(person=person).update(text="", **nobody)
    Question.objects.filter(asked_by=person).update(asked_by=None)
    given = QuestionVote.objects.filter(voter=voter_of(person=person))
    given.update(voter=Concat(Value("erased-"), Cast("pk", CharField())))


def connect() -> None:
    personal_data.register("councils_hearings", export=export, erase=erase)
