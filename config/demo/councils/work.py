"""Astana's members at work: office hours, money of 2026, the report of that year.

The report of 2025 is missing, as the page says. What lies ahead counts from today.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from councils.models import BudgetLine, Council, Docket, ExpenseClaim, Mandate, OfficeHours
from councils.services.annual_reports import publish_report, write_report
from councils.services.money import (
    approve_claim,
    pay_claim,
    plan_line,
    refuse_claim,
    submit_claim,
)
from councils.services.office_hours import (
    book_talk,
    open_docket_from,
    open_office_hours,
    write_note,
)
from participation.models import Territory
from participation.services import Wording

YEAR = 2026
LINES = (
    ("Тыңдау өткізілетін залдар", "Залы для слушаний", "Halls for hearings", 1_800_000),
    ("Жол жүру", "Поездки", "Travel", 240_000),
    ("Ілеспе аударма", "Синхронный перевод", "Interpretation", 900_000),
    ("Баспа материалдары", "Печатные материалы", "Printed papers", 120_000),
)
# Line, what for, day, tenge; the last of all is over its line by 11 200.
SPENT = (
    (1, "Зал аренда: маршруттар бойынша тыңдау", date(2026, 3, 17), 420_000),
    (1, "Зал аренда: жолдар мен мектептер", date(2026, 4, 8), 420_000),
    (1, "Зал аренда: қолжетімділік пен жолақы", date(2026, 4, 29), 380_000),
    (2, "№ 12 автобус желісін тексеру, такси", date(2026, 3, 20), 18_500),
    (3, "Тыңдаудағы ілеспе аударма", date(2026, 4, 8), 150_000),
    (4, "Плакаттар мен хабарландырулар", date(2026, 2, 27), 131_200),
)
WAITING = (2, "Мектеп алдындағы өткелді қарау, такси", date(2026, 10, 14), 9_800)
REFUSED = (2, "Мерекелік кеш", date(2026, 6, 12), 64_000)
RAISED = (
    "Сарыарқадағы № 105 мектептің алдында жаяу жүргіншілер өткелі жоқ, балалар алты жолақты "
    "көшені аралап өтеді."
)
FOLLOWS = "Әкімдікке жазамын және мәселені көлік комиссиясының күн тәртібіне енгіземін."
MATTER = (
    Wording("kk", "Мектептер алдындағы өткелдер", "Қай мектептің алдында өткел жоқ, қашан болады."),
    Wording("ru", "Переходы у школ", "У каких школ нет перехода и когда он появится."),
    Wording("en", "Crossings at schools", "Which schools have no crossing, and when they will."),
)  # fmt: skip
TEXTS = {
    "kk": "Биыл кеңес қала тұрғындарының 312 өтінішінен бастап көлік мәселесін қарады: үш тыңдау "
    "өткізіп, алты ұсыным берді. Екеуі құқықтық актіге айналды. Бір жауап 23 жұмыс күніне "
    "кешікті.\n\nЕкі мүше кеткенде азаматтық қоғамның үлесі екі рет заңнан төмен түсті. Келесі "
    "жылы орынбасарларды алдын ала таңдаймыз.",
    "ru": "В этом году совет начал с 312 обращений жителей о транспорте: провёл три слушания и "
    "дал шесть рекомендаций. Две стали правовыми актами. Один ответ опоздал на 23 рабочих "
    "дня.\n\nКогда ушли два члена совета, доля гражданского общества дважды была ниже закона. "
    "В следующем году будем выбирать замену заранее.",
    "en": "This year the council began with 312 appeals about transport: it held three hearings "
    "and made six recommendations. Two became legal acts. One answer was 23 working days late.\n\n"
    "When two members left, civil society twice had less than its share. Next year we shall choose "
    "replacements ahead of time.",
}


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    chair = council.mandates.sitting().get(person=people["chair"])
    member = council.mandates.sitting().get(person=people["member"])
    _past_talk(council, member, people)
    _coming_talks(council, member, people)
    _money(council, chair, member, people)
    report = write_report(by=people["chair"], council=council, year=YEAR, texts=TEXTS)
    publish_report(by=people["chair"], report=report, at=_moment(date(YEAR, 11, 20), 15))


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _hours(
    council: Council, member: Mandate, people: dict[str, User], first: date, weeks: int
) -> OfficeHours:
    return open_office_hours(
        by=people["member"],
        council=council,
        member=member,
        territory=council.dossier.territory,
        place="Мәңгілік Ел даңғылы, 8, 114-бөлме (пандус бар)",
        weekday=first.weekday() if weeks else None,
        first_on=first,
        last_on=first + timedelta(weeks=weeks),
        begins=time(17),
        ends=time(19),
        slot_minutes=20,
    )


def _past_talk(council: Council, member: Mandate, people: dict[str, User]) -> None:
    """A talk of February that became a matter of the council."""
    day = date(YEAR, 2, 11)
    slot = _hours(council, member, people, day, 0).slots.all()[0]
    booking = book_talk(
        person=people["citizen"],
        slot=slot,
        topic="Мектеп алдындағы өткел",
        at=_moment(day - timedelta(days=4), 10),
    )
    note = write_note(
        by=people["member"],
        booking=booking,
        raised=RAISED,
        follows=FOLLOWS,
        language="kk",
        has_consent=True,
        at=_moment(day, 20),
    )
    open_docket_from(
        by=people["member"], note=note, kind=Docket.Kind.OWN_INITIATIVE, wordings=MATTER
    )


def _coming_talks(council: Council, member: Mandate, people: dict[str, User]) -> None:
    first = timezone.localdate() + timedelta(days=3)
    slots = list(_hours(council, member, people, first, 5).slots.all())
    book_talk(person=people["business"], slot=slots[0], topic="Жүк көлігіне арналған тұрақ")
    book_talk(
        person=None,
        slot=slots[2],
        name="Галина Сергеевна",
        contact="+7 701 000 00 00",
        topic="Почему автобус № 12 не ходит после девяти вечера",
    )


def _money(council: Council, chair: Mandate, member: Mandate, people: dict[str, User]) -> None:
    lines: dict[int, BudgetLine] = {}
    for number, (kk, ru, en, planned) in enumerate(LINES, start=1):
        lines[number] = plan_line(
            by=people["secretary"],
            council=council,
            year=YEAR,
            number=number,
            names={"kk": kk, "ru": ru, "en": en},
            planned=planned,
        )

    def claim(spent: tuple[int, str, date, int], *, of: Mandate) -> ExpenseClaim:
        number, purpose, day, amount = spent
        return submit_claim(
            by=of.person, member=of, line=lines[number], purpose=purpose, spent_on=day,
            amount=amount, at=_moment(day + timedelta(days=1), 11),
        )  # fmt: skip

    for count, spent in enumerate(SPENT):
        # What the chair spent the secretary decides, and the other way round.
        of, decides = (member, "chair") if count % 2 else (chair, "secretary")
        decided_on = spent[2] + timedelta(days=5)
        approved = approve_claim(
            by=people[decides], claim=claim(spent, of=of), at=_moment(decided_on, 12)
        )
        pay_claim(by=people["secretary"], claim=approved, on=decided_on + timedelta(days=7))
    refuse_claim(
        by=people["chair"], claim=claim(REFUSED, of=member), reasons="Кеңес жұмысына қатысы жоқ.",
        at=_moment(REFUSED[2] + timedelta(days=5), 12),
    )  # fmt: skip
    claim(WAITING, of=member)
