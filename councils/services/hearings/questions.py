"""Questions: asked from phones, read by the secretary, answered aloud or in writing, or not put.

None is ever lost: the minutes hold each with its fate, and what is to be answered in writing is
owed by the supervised body from the day of the hearing.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from councils.council_rules import CouncilRules
from councils.models import Council, Meeting, Question, QuestionVote
from councils.services.hearings import errors
from councils.services.hearings.planning import locked
from participation.models import Ruleset
from participation.services import follow, record
from participation.services.answers import register_answer_due

State = Question.State
DECIDED_IN = (Meeting.State.OPEN, Meeting.State.HELD)
ANSWER_RULES_KEY = "hearing_question"


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    text: str,
    language: str,
    asked_by: User | None = None,
    at: datetime | None = None,
) -> Question:
    """A question that nobody sees before the secretary has read it. Raises WrongTime."""
    meeting = locked(meeting)
    if meeting.state not in (Meeting.State.ANNOUNCED, Meeting.State.OPEN):
        raise errors.WrongTime
    if asked_by is not None:
        follow(person=asked_by, dossier=meeting.dossier)
    return Question.objects.create(
        meeting=meeting,
        number=meeting.questions.count() + 1,
        text=text,
        language=language,
        asked_by=asked_by,
        asked_at=at or timezone.now(),
    )


@transaction.atomic
def show(*, by: User | None, question: Question) -> Question:
    """On the wall and on the page. Raises WrongTime, QuestionSettled."""
    question = _unsettled(question, (Meeting.State.ANNOUNCED, *DECIDED_IN))
    return _save(question, state=State.SHOWN)


@transaction.atomic
def support(*, question: Question, voter: str) -> None:
    """One more who wants to hear the answer; twice is once. Raises QuestionSettled."""
    if not Question.objects.filter(pk=question.pk, state=State.SHOWN).exists():
        raise errors.QuestionSettled
    QuestionVote.objects.bulk_create(
        [QuestionVote(question=question, voter=voter)], ignore_conflicts=True
    )


def voter_of(*, person: User | None = None, phone: str = "") -> str:
    """Who supports, as a keyed hash: neither person nor phone can be read from the table.

    Empty for a phone that keeps no cookie.
    """
    who = f"person-{person.pk}" if person else f"phone-{phone}" if phone else ""
    return salted_hmac("hearing-voter", who).hexdigest() if who else ""


@transaction.atomic
def answer(
    *,
    by: User | None,
    question: Question,
    text: str,
    language: str,
    answered_by: str,
    at: datetime | None = None,
) -> Question:
    """What was said aloud, and when: the recording has it there.

    Raises WrongTime before the hearing has begun, QuestionSettled.
    """
    question = _unsettled(question, DECIDED_IN)
    began_at = question.meeting.began_at
    if began_at is None:
        raise errors.WrongTime
    passed = int(((at or timezone.now()) - began_at).total_seconds())
    return _save(
        question,
        state=State.ANSWERED,
        answer=text,
        answer_language=language,
        answered_by=answered_by,
        second=max(0, passed),
    )


@transaction.atomic
def decline(*, by: User | None, question: Question, because: str) -> Question:
    """It is not put, and everybody sees why. Raises WrongTime, QuestionSettled."""
    question = _unsettled(question, (Meeting.State.ANNOUNCED, *DECIDED_IN))
    _save(question, state=State.DECLINED, declined_because=because)
    record(
        kind="councils.question_declined",
        dossier=question.meeting.dossier,
        actor=by,
        question=question.number,
        because=because,
    )
    return question


@transaction.atomic
def answer_in_writing(*, by: User | None, question: Question, on: date | None = None) -> Question:
    """The supervised body owes the answer, by a date that the law gives.

    Raises WrongTime, QuestionSettled.
    """
    return owe(by, _unsettled(question, DECIDED_IN), on)


def owe(by: User | None, question: Question, on: date | None = None) -> Question:
    """Under the lock of the hearing. The clock starts on the day of the hearing."""
    meeting = question.meeting
    council = meeting.council
    assert council is not None  # noqa: S101 - a constraint of the table
    hearing_on = timezone.localdate(meeting.began_at or meeting.starts_at)
    due = register_answer_due(
        by=by,
        dossier=meeting.dossier,
        addressee=council.supervised_body,
        ruleset=answer_rules(council),
        subjects={question.language: f"№ {question.number}. {question.text}"[:300]},
        received_on=on or min(hearing_on, timezone.localdate()),
    )
    return _save(question, state=State.IN_WRITING, answer_due=due)


def answer_rules(council: Council) -> Ruleset:
    """The newest rules for such answers; without any, the number of days of the council's own."""
    rules = Ruleset.objects.filter(kind="answers")
    found = rules.filter(key=ANSWER_RULES_KEY).order_by("-version").first()
    if found is not None:
        return found
    own = CouncilRules.from_data(council.ruleset.data)
    return rules.get_or_create(
        key=f"council-{own.answer_days}",
        version=1,
        defaults={
            "kind": "answers",
            "name": council.ruleset.name,
            "data": {"working_days": own.answer_days, "reminders": [-3, 5, 10, 20]},
            "legal_basis": council.ruleset.legal_basis,
        },
    )[0]


def _unsettled(question: Question, states: tuple[str, ...]) -> Question:
    meeting = locked(question.meeting)
    if meeting.state not in states:
        raise errors.WrongTime
    question = Question.objects.get(pk=question.pk)
    question.meeting = meeting
    if question.state not in (State.WAITING, State.SHOWN):
        raise errors.QuestionSettled
    return question


def _save(question: Question, **changes: object) -> Question:
    for name, value in changes.items():
        setattr(question, name, value)
    question.save(update_fields=list(changes))
    return question
