"""Astana's transport case: the meeting that calls three hearings, the one that votes on six
recommendations, a meeting next week, one cancelled; sessions of the akimat and the maslikhat.

The numbers of the votes are those of the worked example (domain of councils, 5.6).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Helix, User
from config.demo.councils.astana import AKIMAT
from config.demo.people import Three, organisation_named
from councils.models import AgendaItem, Council, Docket, Mandate, Meeting, Motion
from councils.services.dockets import open_docket
from councils.services.meetings import planning
from councils.services.meetings.agenda import add_item, enter_decision
from councils.services.meetings.attendance import declare_recusal, mark_present, say_coming
from councils.services.meetings.minutes import draft_minutes, publish_minutes, sign_minutes
from councils.services.meetings.sessions import enter_session
from councils.services.meetings.votes import close_vote, enter_hands, open_vote, table_motion
from participation.models import Delivery, FanOut, Territory
from participation.services import Wording

LANGUAGES = ("kk", "ru", "en")
MASLIKHAT = ("Астана қаласының мәслихаты", "Маслихат города Астаны", "Maslikhat of Astana")
HALL = "Бейбітшілік көшесі, 11, 3-зал"
CALLED_ON, VOTED_ON = date(2026, 2, 17), date(2026, 5, 14)

APPEALS = (
    "Қоғамдық көлік: 312 өтініш",
    "Общественный транспорт: 312 обращений",
    "Public transport: 312 appeals",
)
APPEALS_TOLD = (
    "Бір жылда тұрғындардан көлік туралы 312 өтініш келді: маршрут, аялдама, жол ақысы.",
    "За год от жителей пришло 312 обращений о транспорте: маршруты, остановки, плата за проезд.",
    "In a year residents sent 312 appeals about transport: routes, stops, fares.",
)
CALLING = (
    "Көлік туралы отырыс: үш тыңдау",
    "Заседание о транспорте: три слушания",
    "A meeting on transport: three hearings",
)
THREE_HEARINGS = (
    "Маршруттар, жолдар мен мектептер, қолжетімділік пен жол ақысы туралы үш ашық тыңдау өткізу.",
    "Провести три открытых слушания: о маршрутах, о дорогах и школах, о доступности и плате.",
    "Hold three open hearings: on routes, on roads and schools, on access and fares.",
)
VOTING = (
    "Тыңдаулар қорытындысы: алты ұсыным",
    "Итоги слушаний: шесть рекомендаций",
    "What came of the hearings: six recommendations",
)
# R1 … R6: the item of the agenda, and the motion.
RECOMMENDATIONS: list[tuple[Three, Three]] = [
    (
        ("Маршрут желісі", "Маршрутная сеть", "The network of routes"),
        ("Маршруттар желісін тыңдау деректері бойынша қайта қарап, жолаушылар тасымалы туралы "
         "ереже қабылдау.",
         "Пересмотреть маршрутную сеть по данным слушаний и принять положение о перевозке "
         "пассажиров.",
         "Redraw the network of routes by what the hearings showed and adopt a regulation on "
         "passenger transport."),
    ),
    (
        ("Тасымалдаушылар конкурсы", "Конкурс перевозчиков", "The tender of bus operators"),
        ("Тасымалдаушылар конкурсының шарттары мен бағаларын жариялау.",
         "Публиковать условия и оценки конкурса автобусных перевозчиков.",
         "Publish the terms and the marks of the tender of bus operators."),
    ),
    (
        ("Таңғы жеңілдік", "Утренняя скидка", "A morning discount"),
        ("Таңғы жетіге дейін жол ақысын екі есе азайту.",
         "Снизить плату вдвое до семи часов утра.",
         "Halve the fare before seven in the morning."),
    ),
    (
        ("Мектеп жанындағы өткелдер", "Переходы у школ", "Crossings near schools"),
        ("Жиырма мектептің жанындағы өткелдерді көтеріп, жарықтандыру.",
         "Поднять и осветить переходы у двадцати школ.",
         "Raise and light the crossings near twenty schools."),
    ),
    (
        ("Төмен еденді автобустар", "Низкопольные автобусы", "Low-floor buses"),
        ("Әр маршрутта төмен еденді автобустың кестесін аялдамаларда көрсету.",
         "На каждой остановке показывать расписание низкопольных автобусов.",
         "Show the timetable of low-floor buses at every stop."),
    ),
    (
        ("Жол жұмыстары", "Дорожные работы", "Road works"),
        ("Жол жұмыстары туралы он күн бұрын хабарлап, айналма жолды белгілеу ережесін бекіту.",
         "Утвердить правила: о дорожных работах сообщать за десять дней и обозначать объезд.",
         "Adopt rules: road works are announced ten days ahead and the detour is marked."),
    ),
]  # fmt: skip
# For, against, abstained; R2 has one member fewer, who owns a share in an operator.
COUNTS = [(16, 0, 1), (13, 2, 1), (11, 4, 2), (17, 0, 0), (15, 1, 1), (14, 2, 1)]
RECUSED_SEAT = 6
SHARE_IN_A_CARRIER = "Тасымалдаушыда үлесі бар"
MINUTES_OF_FEBRUARY = (
    "Кеңес 312 өтінішті қарады. Көбі үш мәселе туралы: маршрут, мектеп жанындағы жол, "
    "қолжетімділік. Үш ашық тыңдау өткізу шешілді.",
    "Совет рассмотрел 312 обращений. Большинство – о трёх вопросах: маршруты, дороги у школ, "
    "доступность. Решено провести три открытых слушания.",
    "The council went through 312 appeals. Most are about three things: routes, roads near "
    "schools, access. It decided to hold three open hearings.",
)
MINUTES_OF_MAY = (
    "Кеңес үш тыңдаудың хаттамаларын қарап, алты ұсынымды бір-бірден дауысқа салды. Алтауы да "
    "қабылданды.",
    "Совет рассмотрел протоколы трёх слушаний и поставил на голосование шесть рекомендаций, "
    "каждую отдельно. Приняты все шесть.",
    "The council went through the protocols of three hearings and voted on six recommendations "
    "one by one. All six are adopted.",
)
NEXT_WEEK = (
    "Қысқы жол: қар тазалау және аялдамалар",
    "Зимние дороги: уборка снега и остановки",
    "Winter roads: clearing snow and stops",
)
NEXT_AGENDA: list[Three] = [
    ("Әкімдік есебі: қар тазалау", "Отчёт акимата: уборка снега", "The akimat reports: snow"),
    ("Жылы аялдамалар", "Тёплые остановки", "Heated stops"),
    ("2027 жылғы жұмыс жоспары", "План работы на 2027 год", "Plan of work for 2027"),
]
CALLED_OFF = (
    "Бюджет туралы көшпелі отырыс",
    "Выездное заседание о бюджете",
    "A meeting away from the hall, on the budget",
)
# Body, days from today, titles; items with decisions, empty while there is none.
SESSIONS: list[tuple[Three, int, Three, list[tuple[Three, Three | None]]]] = [
    (
        MASLIKHAT, -20,
        ("Мәслихаттың кезекті сессиясы", "Очередная сессия маслихата",
         "An ordinary session of the maslikhat"),
        [
            (("Қала бюджетін нақтылау", "Уточнение бюджета города", "The city's budget, amended"),
             ("Қабылданды: көлікке 1,2 млрд ₸ қосылды.",
              "Принято: на транспорт добавлено 1,2 млрд ₸.",
              "Adopted: 1.2 billion ₸ more for transport.")),
            (("Жасыл желек ережесі", "Правила озеленения", "Rules on greenery"),
             ("Комиссияға қайтарылды.", "Возвращено в комиссию.", "Sent back to the commission.")),
        ],
    ),
    (
        AKIMAT, -12,
        ("Әкімдік отырысы", "Заседание акимата", "A session of the akimat"),
        [
            (("Аялдамаларды жөндеу", "Ремонт остановок", "Repair of stops"),
             ("40 аялдама желтоқсанға дейін жөнделеді.", "До декабря отремонтируют 40 остановок.",
              "40 stops are repaired by December.")),
        ],
    ),
    (
        AKIMAT, 9,
        ("Әкімдік отырысы: қысқа дайындық", "Заседание акимата: подготовка к зиме",
         "A session of the akimat: ready for winter"),
        [(("Қар шығару орындары", "Места вывоза снега", "Where the snow is taken"), None)],
    ),
    (
        MASLIKHAT, 16,
        ("Мәслихат сессиясы: 2027 жылғы бюджет", "Сессия маслихата: бюджет на 2027 год",
         "A session of the maslikhat: the budget of 2027"),
        [(("2027–2029 жылдардың бюджеті", "Бюджет на 2027–2029 годы", "The budget of 2027–2029"),
          None)],
    ),
]  # fmt: skip


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    matter = _matter(council, people["secretary"])
    _call_hearings(council, people, matter)
    _vote_on_recommendations(council, people, matter)
    # What was announced months ago is no news of today.
    told = ("meeting_announced", "vote_opened", "minutes_published")
    FanOut.objects.filter(event__kind__in=told).delete()
    Delivery.objects.filter(event__kind__in=told).delete()
    _ahead(council, people, matter)
    for body, days, titles, items in SESSIONS:
        _session(places["astana"], body, days, titles, items)
    moved_off = enter_session(
        by=people["officer"],
        body=organisation_named(AKIMAT, Helix.GOVERNMENT),
        territory=places["astana"],
        wordings=words(("Әкімдік отырысы: жылу", "Заседание акимата: тепло", "A session: heating")),
        starts_at=_days(3, 15),
        ends_at=_days(3, 17),
        place=HALL,
    )
    planning.cancel_meeting(
        by=people["officer"],
        meeting=moved_off,
        reason="Мәселе келесі отырысқа ауысты. Вопрос перенесён на следующее заседание.",
    )


def words(titles: Three, told: Three = ("", "", "")) -> list[Wording]:
    return [
        Wording(code, titles[place], told[place], origin="official")
        for place, code in enumerate(LANGUAGES)
    ]


def texts_of(texts: Three) -> dict[str, str]:
    return dict(zip(LANGUAGES, texts, strict=True))


def at_time(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _days(days: int, hour: int) -> datetime:
    return at_time(timezone.localdate() + timedelta(days=days), hour)


def _matter(council: Council, secretary: User) -> Docket:
    """D-1, which others may have opened before."""
    found = council.dockets.order_by("number").first()
    return found or open_docket(
        by=secretary,
        council=council,
        kind=Docket.Kind.COMPLAINTS,
        wordings=words(APPEALS, APPEALS_TOLD),
    )


def open_meeting(
    council: Council, secretary: User, titles: Three, day: date, present: int
) -> Meeting:
    """Under way, with the members of the first so many seats in the room."""
    meeting = planning.plan_meeting(
        by=secretary,
        council=council,
        kind=Meeting.Kind.MEETING,
        wordings=words(titles),
        starts_at=at_time(day, 15),
        ends_at=at_time(day, 17),
        place=HALL,
    )
    announced = at_time(day - timedelta(days=10), 10)
    meeting = planning.announce_meeting(by=secretary, meeting=meeting, at=announced)
    for mandate in _members(council, day)[:present]:
        mark_present(by=secretary, meeting=meeting, mandate=mandate, at=at_time(day, 14, 50))
    return planning.begin_meeting(by=secretary, meeting=meeting, at=at_time(day, 15))


def _members(council: Council, day: date) -> list[Mandate]:
    return list(council.mandates.on(day).order_by("post__number"))


def hold_vote(secretary: User, motion: Motion, counts: Sequence[int], at: datetime) -> None:
    """So many for, against and abstaining, by a show of hands in the order of seats."""
    vote = open_vote(by=secretary, motion=motion, at=at)
    here = motion.item.meeting.participations.filter(presences__isnull=False)
    aside = motion.item.recusals.values("mandate")
    voters = here.exclude(mandate__in=aside).order_by("mandate__post__number")
    said = [
        choice
        for choice, count in zip(("yes", "no", "abstain"), counts, strict=True)
        for _ in range(count)
    ]
    keys = [key for key in voters.values_list("mandate", flat=True) if key is not None]
    enter_hands(by=secretary, vote=vote, choices=dict(zip(keys, said, strict=True)))
    close_vote(by=secretary, vote=vote, at=at + timedelta(minutes=4))


def _write_down(people: dict[str, User], meeting: Meeting, texts: Three, day: date) -> None:
    """Signed and published within the days of the rules."""
    secretary = people["secretary"]
    minutes = draft_minutes(by=secretary, meeting=meeting, texts=texts_of(texts))
    sign_minutes(by=secretary, minutes=minutes, signer="secretary", at=at_time(day, 10))
    sign_minutes(by=people["chair"], minutes=minutes, signer="chair", at=at_time(day, 11))
    publish_minutes(by=secretary, minutes=minutes, at=at_time(day, 12))


def _call_hearings(council: Council, people: dict[str, User], matter: Docket) -> None:
    """15 of 21 present, quorum 11; 12 for, 2 against, 1 abstaining."""
    secretary = people["secretary"]
    meeting = open_meeting(council, secretary, CALLING, CALLED_ON, present=15)
    item = add_item(by=secretary, meeting=meeting, names=texts_of(APPEALS), dockets=[matter])
    motion = table_motion(by=secretary, item=item, texts=texts_of(THREE_HEARINGS))
    hold_vote(secretary, motion, (12, 2, 1), at_time(CALLED_ON, 15, 40))
    enter_decision(by=secretary, item=item, texts=texts_of(THREE_HEARINGS))
    meeting = planning.end_meeting(by=secretary, meeting=meeting, at=at_time(CALLED_ON, 16, 20))
    _write_down(people, meeting, MINUTES_OF_FEBRUARY, date(2026, 2, 23))


def _vote_on_recommendations(council: Council, people: dict[str, User], matter: Docket) -> None:
    """17 of 20 present; on R2 one stands aside: base 16, 13 for, 2 against, 1 abstaining."""
    secretary = people["secretary"]
    meeting = open_meeting(council, secretary, VOTING, VOTED_ON, present=17)
    for place, (name, text) in enumerate(RECOMMENDATIONS):
        item = add_item(by=secretary, meeting=meeting, names=texts_of(name), dockets=[matter])
        motion = table_motion(by=secretary, item=item, texts=texts_of(text))
        if place == 1:
            _stand_aside(secretary, item, council)
        hold_vote(secretary, motion, COUNTS[place], at_time(VOTED_ON, 15, 15 + 7 * place))
    meeting = planning.end_meeting(by=secretary, meeting=meeting, at=at_time(VOTED_ON, 16, 30))
    _write_down(people, meeting, MINUTES_OF_MAY, date(2026, 5, 20))


def _stand_aside(secretary: User, item: AgendaItem, council: Council) -> None:
    owner = council.mandates.on(VOTED_ON).get(post__number=RECUSED_SEAT)
    at = at_time(VOTED_ON, 15, 5)
    declare_recusal(by=secretary, item=item, mandate=owner, reason=SHARE_IN_A_CARRIER, at=at)


def _ahead(council: Council, people: dict[str, User], matter: Docket) -> None:
    """One next week with its agenda, one cancelled."""
    secretary = people["secretary"]
    meeting = _plan(council, secretary, NEXT_WEEK, 7)
    for place, names in enumerate(NEXT_AGENDA):
        item = add_item(
            by=secretary,
            meeting=meeting,
            names=texts_of(names),
            dockets=[matter] if place == 1 else [],
        )
    table_motion(by=secretary, item=item, texts=texts_of(NEXT_AGENDA[2]))
    meeting = planning.announce_meeting(by=secretary, meeting=meeting)
    say_coming(by=people["member"], meeting=meeting)
    off = planning.announce_meeting(by=secretary, meeting=_plan(council, secretary, CALLED_OFF, 4))
    planning.cancel_meeting(by=secretary, meeting=off, reason="Боран болжанған. Ожидается буран.")


def _plan(council: Council, secretary: User, titles: Three, days: int) -> Meeting:
    return planning.plan_meeting(
        by=secretary,
        council=council,
        kind=Meeting.Kind.MEETING,
        wordings=words(titles),
        starts_at=_days(days, 15),
        ends_at=_days(days, 17),
        mode=Meeting.Mode.HYBRID,
        place=HALL,
    )


def _session(
    territory: Territory,
    names: Three,
    days: int,
    titles: Three,
    items: list[tuple[Three, Three | None]],
) -> None:
    session = enter_session(
        by=None,
        body=organisation_named(names, Helix.GOVERNMENT),
        territory=territory,
        wordings=words(titles),
        starts_at=_days(days, 10),
        ends_at=_days(days, 12),
        place=HALL,
    )
    for name, decision in items:
        item = add_item(by=None, meeting=session, names=texts_of(name))
        if decision is not None:
            enter_decision(by=None, item=item, texts=texts_of(decision))
