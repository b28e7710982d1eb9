"""Zhambyl's open consultation: a text in two versions, comments and answers, forty voters."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from accounts.multilingual import LANGUAGES
from config.demo.discovery.consultation_comments import OWN, WORDS, Word
from config.demo.discovery.consultation_texts import (
    ADDED,
    CAN_CHANGE,
    CHANGED,
    PASSAGES,
    PROPOSED,
    STATEMENTS,
    SUMMARY,
    TITLE,
    Three,
)
from edp.models import Consultation, DiscoveryProcess, Passage, Workshop
from edp.services import consultation as services
from edp.services.workshops.planning import (
    announce_workshop,
    begin_workshop,
    end_workshop,
    plan_workshop,
    publish_report,
)
from participation.models import Comment, Delivery, Event, FanOut, Role, Territory
from participation.services import Wording
from participation.services.answers import Words, current_calendar, publish_answer
from participation.workdays import Calendar

# Working days: how long it has been open, how long it is open in all, from when on the second
# version is talked about, and how many each answer took (their median is six).
OPEN_FOR, LENGTH, SECOND_FROM = 16, 22, 9
TAKEN = (4, 6, 7, 5, 6, 8)
HELICES = (
    (Helix.GOVERNMENT, 8, "Жамбыл облысының әкімдігі", "Акимат Жамбылской области"),
    (Helix.BUSINESS, 16, "Жамбыл кәсіпкерлер палатасы", "Палата предпринимателей Жамбыла"),
    (Helix.ACADEMIA, 8, "Дулати университеті", "Университет Дулати"),
    (Helix.CIVIL_SOCIETY, 8, "", ""),
)
SIGNED = "Қ. Төлеубаев"
POST = "Басқарма басшысы · руководитель управления"
HEARINGS: list[tuple[str, int, Three, Three]] = [
    ("taraz", 6, ("Тараздағы қоғамдық тыңдау", "Общественные слушания в Таразе",
                  "Public hearing in Taraz"),
     ("86 адам келді, 14 сұрақ қойылды; айтылғандар пікір ретінде енгізілді.",
      "Пришли 86 человек, задано 14 вопросов; сказанное внесено как замечания.",
      "86 people came and asked 14 questions; what was said is entered as comments.")),
    ("shu", 8, ("Шудағы қоғамдық тыңдау", "Общественные слушания в Шу",
                "Public hearing in Shu"),
     ("41 адам келді; қойма мен су туралы айтты.",
      "Пришёл 41 человек; говорили о складах и воде.",
      "41 people came and spoke of the cold stores and of water.")),
]  # fmt: skip


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """Open for sixteen working days: most comments are answered, the rest wait in time."""
    calendar, today = current_calendar(), timezone.localdate()
    opens_on = calendar.shifted(today, -OPEN_FOR)
    consultation = _prepare(people["organiser"], process, opens_on, calendar)
    _hold_hearings(process, opens_on, calendar)
    comments = _hear(consultation, WORDS[:-3], opens_on, calendar)
    _publish_second(people["organiser"], consultation, comments, opens_on, calendar)
    _hear(consultation, WORDS[-3:], calendar.shifted(today, -5), calendar)
    for login, (number, text) in OWN.items():
        services.comment_on_passage(
            by=people[login],
            consultation=consultation,
            passage=_passage(consultation, number),
            text=text,
            page_language="kk",
        )
    _vote(people, consultation)
    _let_officer_answer(people["officer"], consultation)
    _forget_messages(consultation)


def _wordings(title: Three, summary: Three) -> list[Wording]:
    return [
        Wording(code, title[i], summary[i], origin="official") for i, code in enumerate(LANGUAGES)
    ]


def _by_language(words: Three) -> dict[str, str]:
    return dict(zip(LANGUAGES, words, strict=True))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _prepare(
    organiser: User, process: DiscoveryProcess, opens_on: date, calendar: Calendar
) -> Consultation:
    consultation = services.create_consultation(
        by=organiser,
        process=process,
        wordings=_wordings(TITLE, SUMMARY),
        terms=services.Terms(
            opens_on=opens_on,
            closes_on=calendar.shifted(opens_on, LENGTH - 1),
            decider=process.lead_body,
            what_can_change=_by_language(CAN_CHANGE),
        ),
    )
    priorities = {row.number: row for row in process.priorities.all()}
    version = consultation.versions.get()
    for heading, text, number in PASSAGES:
        words = services.PassageWords(
            _by_language(heading), _by_language(text), priorities.get(number or 0)
        )
        services.add_passage(version=version, words=words)
    for texts, _votes in STATEMENTS:
        services.add_statement(by=organiser, consultation=consultation, texts=_by_language(texts))
    services.open_consultation(by=None, consultation=consultation, at=_noon(opens_on))
    consultation.refresh_from_db()
    return consultation


def _hold_hearings(process: DiscoveryProcess, opens_on: date, calendar: Calendar) -> None:
    for slug, days, title, report in HEARINGS:
        start = _noon(calendar.shifted(opens_on, days)) + timedelta(hours=3)
        hearing = plan_workshop(
            by=None,
            process=process,
            territory=Territory.objects.get(slug=slug),
            wordings=_wordings(title, SUMMARY),
            kind=Workshop.Kind.HEARING,
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            capacity=120,
        )
        announce_workshop(by=None, workshop=hearing)
        begin_workshop(by=None, workshop=hearing, takes_phones=False)
        end_workshop(by=None, workshop=hearing)
        publish_report(by=None, workshop=hearing, report=_by_language(report))


def _passage(consultation: Consultation, number: int) -> Passage:
    rows = Passage.objects.filter(version__consultation=consultation, key=number)
    published = rows.filter(version__published_at__isnull=False)
    return published.order_by("version__number")[0]


def _hear(
    consultation: Consultation, words: list[Word], since: date, calendar: Calendar
) -> dict[int, list[int]]:
    """Enter and answer them; the numbers of comments by the passage that they changed."""
    changed: dict[int, list[int]] = {}
    for place, word in enumerate(words):
        received_on = calendar.shifted(since, place % 8) if place % 8 else since
        comment = services.enter_heard(
            by=None,
            consultation=consultation,
            heard=services.Heard(
                speaker=word.speaker,
                helix=word.helix,
                text=word.text,
                received_on=received_on,
                channel=word.channel,
                passage=_passage(consultation, word.passage),
                language="kk",
            ),
        )
        if word.reply is not None:
            _answer(comment, word, TAKEN[place % len(TAKEN)], calendar)
            if word.reply.changed:
                changed.setdefault(word.reply.changed, []).append(comment.pk)
    return changed


def _answer(comment: Comment, word: Word, days: int, calendar: Calendar) -> None:
    reply, due = word.reply, comment.answers_due.get()
    assert reply is not None  # noqa: S101 - for the type checker
    publish_answer(
        by=None,
        answer_due=due,
        words=Words(
            disposition=reply.disposition,
            reasoning_kk=reply.kk,
            reasoning_ru=reply.ru,
            change_reference=reply.change,
            signed_name=SIGNED,
            signed_post=POST,
        ),
        on=calendar.shifted(due.received_on, days),
    )


def _publish_second(
    organiser: User,
    consultation: Consultation,
    because_of: dict[int, list[int]],
    opens_on: date,
    calendar: Calendar,
) -> None:
    version = services.start_version(by=organiser, consultation=consultation)
    for passage in version.passages.all():
        if passage.key in CHANGED:
            words = services.PassageWords(
                headings={code: getattr(passage, f"heading_{code}") for code in LANGUAGES},
                texts=_by_language(CHANGED[passage.key]),
                priority=passage.priority,
                because_of=because_of.get(passage.key, []),
            )
            services.change_passage(passage=passage, words=words)
    heading, text = ADDED
    words = services.PassageWords(
        _by_language(heading), _by_language(text), because_of=because_of.get(10, [])
    )
    services.add_passage(version=version, words=words)
    moment = _noon(calendar.shifted(opens_on, SECOND_FROM))
    services.publish_version(by=organiser, version=version, at=moment)


def _vote(people: dict[str, User], consultation: Consultation) -> None:
    """The table of the example: consensus on the first, the fourth withheld."""
    statements = list(consultation.statements.order_by("number"))
    for column, (helix, size, kk, ru) in enumerate(HELICES):
        voters = _voters(helix, size, kk, ru)
        for statement, (_texts, votes) in zip(statements, STATEMENTS, strict=True):
            agree, disagree, passed = votes[column]
            values = [1] * agree + [-1] * disagree + [0] * passed
            for person, value in zip(voters, values, strict=False):
                services.vote_on_statement(by=person, statement=statement, value=value)
    services.propose_statement(
        by=people["business"], consultation=consultation, text=PROPOSED, language="kk"
    )


def _voters(helix: str, size: int, kk: str, ru: str) -> list[User]:
    unusable = make_password(None)
    voters = User.objects.bulk_create(
        User(email=f"voter-{helix}-{number}@demo.example", password=unusable)
        for number in range(size)
    )
    if helix != Helix.CIVIL_SOCIETY:
        body, _ = Organisation.objects.get_or_create(
            name_ru=ru, helix=helix, defaults={"name_kk": kk}
        )
        since = timezone.localdate() - timedelta(days=400)
        Affiliation.objects.bulk_create(
            Affiliation(person=voter, organisation=body, valid_from=since) for voter in voters
        )
    return voters


def _let_officer_answer(officer: User, consultation: Consultation) -> None:
    Role.objects.create(
        person=officer,
        kind=Role.Kind.STATE_OFFICER,
        territory=consultation.dossier.territory,
        organisation=consultation.decider,
        valid_from=timezone.now(),
    )


def _forget_messages(consultation: Consultation) -> None:
    """Nobody is written to today of what happened in the weeks before."""
    told = Event.objects.filter(dossier=consultation.dossier)
    Delivery.objects.filter(event__in=told).delete()
    FanOut.objects.filter(event__in=told).delete()
    told.delete()
