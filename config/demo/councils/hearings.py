"""Hearings of Astana's public council: three of spring 2026 to the day, one ahead, one under way.

People, questions and answers are invented; days of notices and minutes follow the calendar.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from config.demo.councils.hearing_words import (
    AHEAD,
    ANSWERED,
    IN_WRITING,
    LIVE,
    LIVE_QUESTIONS,
    MINUTES,
    NAMES,
    SHORT,
    SPRING,
    SURNAMES,
    Hearing,
)
from councils.models import Council, HearingRegistration, Meeting, QuestionVote
from councils.services.hearings import floor
from councils.services.hearings.course import begin_hearing, end_hearing
from councils.services.hearings.doors import check_in, check_in_guest
from councils.services.hearings.minutes import write_minutes
from councils.services.hearings.places import Guest, register
from councils.services.hearings.planning import (
    HearingPlan,
    NoticeText,
    announce_hearing,
    plan_hearing,
    term_for,
)
from councils.services.hearings.questions import answer, answer_in_writing, ask, show
from councils.services.hearings.submissions import Written, submit, withdraw
from councils.services.meetings.minutes import publish_minutes, sign_minutes
from participation.models import AnswerDue, Delivery, Event, FanOut, Territory
from participation.services import Wording
from participation.services.answers import Words, publish_answer

REGISTERED, PRESENT, SPEAKERS = 64, 51, 18
WRITTEN_ON = date(2026, 3, 31)
POSITIONS = ("for", "against", "neutral", "question")
SPEAKER = "Қалалық көлік басқармасы · управление транспорта"


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    docket = council.dockets.order_by("number").first()
    first, second, third = (
        _announced(council, people["secretary"], hearing, docket=docket, capacity=80)
        for hearing in SPRING
    )
    _hold_in_full(first, people)
    for meeting in (second, third):
        _hold_in_short(meeting, people)
    _forget_messages()
    _ahead(council, people)
    _under_way(council, people)


def _announced(
    council: Council, by: User, hearing: Hearing, *, hour: int = 15, **plan: object
) -> Meeting:
    starts_at = _moment(hearing.day, hour)
    codes = ("kk", "ru", "en")
    meeting = plan_hearing(
        by=by,
        council=council,
        wordings=[
            Wording(code, hearing.title[n], hearing.about[n], origin="official")
            for n, code in enumerate(codes)
        ],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place=hearing.place,
        mode=Meeting.Mode.HYBRID,
        stream_url="https://stream.example/astana",
        plan=HearingPlan(
            ground=dict(zip(codes, hearing.ground, strict=True)),
            languages=("kk", "ru", "interpreted"),
            access=("step_free", "sign_language"),
            **plan,  # type: ignore[arg-type]
        ),
    )
    words = {
        code: f"{hearing.about[n]}\n\n{hearing.place}, {starts_at:%d.%m.%Y %H:%M}."
        for n, code in enumerate(codes)
    }
    notice = NoticeText(words, ("site", "newspaper", "body_site"), hearing.papers)
    announce_hearing(by=by, meeting=meeting, notice=notice, on=hearing.notice_on)
    return meeting


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


# --- Spring 2026 --------------------------------------------------------------------------------


def _guests(number: int) -> list[Guest]:
    return [
        Guest(
            name=f"{NAMES[n % len(NAMES)]} {SURNAMES[n % len(SURNAMES)]}",
            contact=f"+7701555{n:04}",
            attends="online" if n % 6 == 5 else "hall",
            position=POSITIONS[n * 7 % 4],
            wants_to_speak=n < SPEAKERS,
        )
        for n in range(number)
    ]


def _hold_in_full(meeting: Meeting, people: dict[str, User]) -> None:
    """64 registered, 51 came, 18 spoke for three minutes each, 23 questions."""
    starts = meeting.starts_at
    week_before = starts - timedelta(days=7)
    rows = [
        register(meeting=meeting, guest=guest, at=week_before + timedelta(minutes=n))
        for n, guest in enumerate(_guests(REGISTERED))
    ]
    begin_hearing(by=people["secretary"], meeting=meeting, takes_phones=False, at=starts)
    for n, row in enumerate(rows[:PRESENT]):
        check_in(by=None, registration=row, at=starts - timedelta(minutes=30) + timedelta(0, n))
    now = starts + timedelta(minutes=20)
    for row in rows[:SPEAKERS]:
        slot = row.speeches.get()
        floor.call_speaker(by=None, slot=slot, at=now)
        floor.begin_speech(by=None, slot=slot, at=now)
        floor.end_speech(by=None, slot=slot, at=now + timedelta(seconds=180))
        now += timedelta(minutes=4)
    _ask_and_answer(meeting, people, starts + timedelta(minutes=95))
    _letters(meeting, people)
    end_hearing(by=people["secretary"], meeting=meeting, at=starts + timedelta(minutes=175))
    for due in AnswerDue.objects.filter(dossier=meeting.dossier).order_by("pk"):
        kk, ru = IN_WRITING[due.hearing_question.number - len(ANSWERED) - 1][2:]
        publish_answer(
            by=None,
            answer_due=due,
            words=Words(
                disposition="done",
                reasoning_kk=kk,
                reasoning_ru=ru,
                signed_name="Қ. Жүнісов",
                signed_post=SPEAKER,
            ),
            on=WRITTEN_ON,
        )
    _minutes(meeting, people, MINUTES, date(2026, 3, 27), date(2026, 4, 3))


def _ask_and_answer(meeting: Meeting, people: dict[str, User], begins: datetime) -> None:
    secretary = people["secretary"]
    asked = [(language, text) for language, text, *_rest in (*ANSWERED, *IN_WRITING)]
    questions = [
        ask(meeting=meeting, text=text, language=language, at=begins - timedelta(minutes=60 - n))
        for n, (language, text) in enumerate(asked)
    ]
    for question in questions:
        show(by=secretary, question=question)
        _support(question.pk, 3 + question.number * 7 % 20)
    for n, (question, (language, _text, said)) in enumerate(
        zip(questions[: len(ANSWERED)], ANSWERED, strict=True)
    ):
        answer(
            by=secretary,
            question=question,
            text=said,
            language=language,
            answered_by=SPEAKER,
            at=begins + timedelta(minutes=5 * n, seconds=20),
        )
    for question in questions[len(ANSWERED) :]:
        answer_in_writing(by=secretary, question=question)


def _support(question: int, number: int) -> None:
    QuestionVote.objects.bulk_create(
        QuestionVote(question_id=question, voter=f"demo-{n}") for n in range(number)
    )


def _letters(meeting: Meeting, people: dict[str, User]) -> None:
    day = meeting.starts_at - timedelta(days=3)
    submit(
        meeting=meeting,
        person=people["citizen"],
        written=Written(
            text="Балаларымыз мектепке екі рет ауысып барады. 10-шы мен 35-ші бағытты қосыңыздар.",
            language="kk",
            name="Айгүл Серікқызы",
            may_publish=True,
        ),
        at=day,
    )
    submit(
        meeting=meeting,
        written=Written(
            text="Слабовидящим не слышно объявлений остановок. Просим проверять звук на выпуске.",
            language="ru",
            name="Марина Ли",
            organisation="«Жарық» қоғамдық бірлестігі",
            may_publish=True,
        ),
        at=day,
    )
    taken_back = submit(
        meeting=meeting,
        written=Written(text="Дубль.", language="ru", name="Марина Ли", may_publish=True),
        at=day,
    )
    withdraw(by=None, submission=taken_back, reason="Екі рет жіберілді · отправлено дважды", at=day)


def _minutes(
    meeting: Meeting,
    people: dict[str, User],
    words: tuple[str, str, str],
    drafted_on: date,
    published_on: date,
) -> None:
    secretary, chair = people["secretary"], people["chair"]
    texts = dict(zip(("kk", "ru", "en"), words, strict=True))
    minutes = write_minutes(by=secretary, meeting=meeting, texts=texts)
    signed_at = _moment(drafted_on, 17)
    sign_minutes(by=secretary, minutes=minutes, signer="secretary", at=signed_at)
    sign_minutes(by=chair, minutes=minutes, signer="chair", at=signed_at + timedelta(hours=1))
    publish_minutes(by=secretary, minutes=minutes, at=_moment(published_on, 10))


def _hold_in_short(meeting: Meeting, people: dict[str, User]) -> None:
    """The second and the third: a smaller hall, two questions, both answered."""
    starts, secretary = meeting.starts_at, people["secretary"]
    language, questions, words, days = SHORT[timezone.localdate(starts)]
    begin_hearing(by=secretary, meeting=meeting, takes_phones=False, at=starts)
    for guest in _guests(14):
        check_in_guest(by=None, meeting=meeting, guest=_silent(guest), at=starts)
    for n, (text, said) in enumerate(questions):
        question = ask(meeting=meeting, text=text, language=language, at=starts)
        show(by=secretary, question=question)
        answer(
            by=secretary,
            question=question,
            text=said,
            language=language,
            answered_by=SPEAKER,
            at=starts + timedelta(minutes=40 + 9 * n),
        )
    end_hearing(by=secretary, meeting=meeting, at=starts + timedelta(minutes=140))
    _minutes(meeting, people, words, *days)


def _silent(guest: Guest) -> Guest:
    return Guest(name=guest.name, position=guest.position, attends=guest.attends)


def _forget_messages() -> None:
    """Nobody is written to today of what happened in spring."""
    told = Event.objects.filter(
        kind__in=["meeting_announced", "minutes_published", "answer_due", "answer_published"],
        dossier__path__startswith="councils/",
    )
    Delivery.objects.filter(event__in=told).delete()
    FanOut.objects.filter(event__in=told).delete()
    told.delete()


# --- Today --------------------------------------------------------------------------------------


def _ahead(council: Council, people: dict[str, User]) -> None:
    """Announced today, as early as the rules allow; the hall is small and fills."""
    today = timezone.localdate()
    term = term_for(council, today, today + timedelta(days=1))
    hearing = AHEAD.on(term.first_hearing_on, today)
    meeting = _announced(council, people["secretary"], hearing, capacity=12)
    for guest in _guests(11):
        if guest.attends == "hall":
            register(meeting=meeting, guest=guest)
    register(
        meeting=meeting,
        person=people["citizen"],
        guest=Guest(position="question", wants_to_speak=True),
    )
    for language, text in LIVE_QUESTIONS[:2]:
        show(by=None, question=ask(meeting=meeting, text=text, language=language))


def _under_way(council: Council, people: dict[str, User]) -> None:
    """Begun half an hour ago: one speaks, some wait, questions come from phones."""
    today, now = timezone.localdate(), timezone.now()
    hearing = LIVE.on(today, today - timedelta(days=40))
    hour = min(timezone.localtime(now).hour, 20)
    meeting = _announced(council, people["secretary"], hearing, hour=hour, capacity=60)
    begins = now - timedelta(minutes=30)
    begin_hearing(by=people["secretary"], meeting=meeting, at=begins)
    rows = [
        check_in_guest(by=None, meeting=meeting, guest=guest, at=begins)
        for guest in _guests(24)
        if guest.attends == "hall"
    ]
    _speak(rows, begins)
    for n, (language, text) in enumerate(LIVE_QUESTIONS):
        question = ask(meeting=meeting, text=text, language=language, at=begins)
        if n < len(LIVE_QUESTIONS) - 2:  # two wait for the secretary
            show(by=None, question=question)
            _support(question.pk, 5 + n * 3)


def _speak(rows: list[HearingRegistration], begins: datetime) -> None:
    for n, row in enumerate(rows[:3]):
        slot, moment = row.speeches.get(), begins + timedelta(minutes=9 + 6 * n)
        floor.call_speaker(by=None, slot=slot, at=moment)
        floor.begin_speech(by=None, slot=slot, at=moment)
        if n < 2:
            floor.end_speech(by=None, slot=slot, at=moment + timedelta(seconds=150 + 20 * n))
        else:
            floor.pause_speech(by=None, slot=slot, at=moment + timedelta(seconds=45))
