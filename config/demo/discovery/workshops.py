"""Zhambyl's meetings: twelve held, four of them outside Taraz, one under way, one ahead.

240 people in all, as head counts and a few who have accounts. People and words are invented.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Helix, User
from config.demo.discovery.said import HALL, PHONES, STATEMENTS, THEMES
from config.demo.people import FIRM, organisation_named
from edp.models import DiscoveryProcess, Statement, Theme, Workshop
from edp.services.workshops import board, doors, places, planning, statements
from participation.models import Delivery, FanOut, Territory
from participation.services import Wording

Kind = Workshop.Kind
CHAMBER = (
    "Жамбыл облысының кәсіпкерлер палатасы",
    "Палата предпринимателей Жамбылской области",
    "Chamber of Entrepreneurs of Zhambyl Region",
)
# kind, place, where, days ago, titles; newcomers of business, government, academia, civil society,
# without the three who have accounts and are counted by name.
MEETINGS: list[tuple[str, str, str, int, tuple[str, str, str], tuple[int, int, int, int]]] = [
    (Kind.FORESIGHT, "taraz", "Дулати университеті, 1-корпус", 225,
     ("2030 жылғы облыс: болжам", "Область в 2030 году: форсайт", "The region in 2030: foresight"),
     (14, 8, 5, 3)),
    (Kind.FOCUS_GROUP, "taraz", "Кәсіпкерлер палатасы", 214,
     ("Химия айналасындағы шағын бизнес", "Малый бизнес вокруг химии",
      "Small firms around chemistry"), (12, 6, 4, 3)),
    (Kind.ROUNDTABLE, "karatau", "Қаратау мәдениет үйі", 203,
     ("Қаратау: үйінді ме, шикізат па", "Каратау: отвал или сырьё",
      "Karatau: a dump or a raw material"), (10, 5, 3, 3)),
    (Kind.PUBLIC_MEETING, "merke", "Меркі, №2 мектеп", 192,
     ("Меркі: ауылдан сатып алу", "Мерке: что купить у села", "Merke: buying from villages"),
     (9, 5, 3, 3)),
    (Kind.PROJECT_LAB, "taraz", "Технопарк", 181,
     ("Суық тізбек және жел", "Холодовая цепь и ветер", "The cold chain and the wind"),
     (9, 5, 3, 3)),
    (Kind.ROUNDTABLE, "korday", "Қордай ауданының әкімдігі", 170,
     ("Қордай: жел мен жол", "Кордай: ветер и дорога", "Korday: wind and road"), (8, 5, 3, 3)),
    (Kind.FOCUS_GROUP, "taraz", "Биоқауіпсіздік институты", 160,
     ("Ветеринария және биоқауіпсіздік", "Ветеринария и биобезопасность",
      "Veterinary products and biosafety"), (9, 5, 3, 3)),
    (Kind.PUBLIC_MEETING, "shu", "Шу, теміржолшылар сарайы", 149,
     ("Шу: біз не істей аламыз", "Шу: что мы умеем", "Shu: what we can do"), (8, 5, 3, 3)),
    (Kind.PROJECT_LAB, "taraz", "Дулати университеті, зертхана", 138,
     ("Гипстен құрылыс материалы", "Стройматериалы из гипса", "Building materials from gypsum"),
     (8, 5, 2, 3)),
    (Kind.SURVEY, "taraz", "Жастар орталығы", 127,
     ("Жастар неге кетеді", "Почему уезжают молодые", "Why the young leave"), (7, 4, 2, 3)),
    (Kind.OFFICE_HOURS, "taraz", "Кәсіпкерлер палатасы", 116,
     ("Кәсіпкерге ашық есік", "День открытых дверей для бизнеса", "Open door for business"),
     (7, 4, 2, 3)),
    (Kind.FORESIGHT, "taraz", "Технопарк", 105,
     ("Не таңдаймыз: қорытынды кездесу", "Что выбираем: итоговая встреча",
      "What we choose: the last meeting"), (6, 3, 2, 2)),
]  # fmt: skip
# Who came before comes again: so many more than the newcomers.
REGULARS = (3, 2, 1, 1)
HELICES = (Helix.BUSINESS, Helix.GOVERNMENT, Helix.ACADEMIA, Helix.CIVIL_SOCIETY)
SUMMARY = (
    "Келіңіз: айтқаныңыз сөзбе-сөз жазылып, жарияланады.",
    "Приходите: сказанное запишут дословно и опубликуют.",
    "Do come: what you say is written down word for word and published.",
)
AGENDA = (
    "1. Сандар не дейді\n2. Не жетіспейді, не кедергі\n3. Ең маңыздысын таңдау",
    "1. Что говорят цифры\n2. Чего не хватает и что мешает\n3. Выбор главного",
    "1. What the figures say\n2. What is lacking and in the way\n3. What matters most",
)
REPORT = {
    "kk": "Кездесуде айтылғанның бәрі төменде сөзбе-сөз тұр. Ұқсас ойлар тақырыптарға "
    "біріктірілді; олардан туған идеялар әр сөздің бетінде көрсетіледі.",
    "ru": "Всё сказанное на встрече стоит ниже дословно. Близкие мысли собраны в темы; идеи, "
    "которые из них выросли, показаны на странице каждого высказывания.",
    "en": "All that was said stands below, word for word. What is close to each other is grouped "
    "under themes; ideas that grew from it are shown on the page of each statement.",
}


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    held = [_hold(process, people, number) for number in range(len(MEETINGS))]
    for person in ("business", "assessor", "citizen"):
        for meeting in (held[2], held[8]):
            doors.check_in(by=None, workshop=meeting, person=people[person])
    _take_down(process, held, people)
    _dots_of_the_last(held[-1], held[8])
    for meeting in held:
        planning.publish_report(by=people["organiser"], workshop=meeting, report=REPORT)
    # What was announced months ago is no news of today.
    FanOut.objects.filter(event__kind__startswith="workshop_").delete()
    Delivery.objects.filter(event__kind__startswith="workshop_").delete()
    _ahead(process, people)
    _under_way(process, people)


def _wordings(titles: tuple[str, str, str]) -> list[Wording]:
    return [
        Wording(language, titles[i], SUMMARY[i], AGENDA[i], origin="official")
        for i, language in enumerate(("kk", "ru", "en"))
    ]


def _at(days: int, hour: int) -> datetime:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _plan(
    process: DiscoveryProcess,
    people: dict[str, User],
    titles: tuple[str, str, str],
    *,
    territory: str,
    **fields: Any,
) -> Workshop:
    workshop = planning.plan_workshop(
        by=people["organiser"],
        process=process,
        territory=Territory.objects.get(slug=territory),
        wordings=_wordings(titles),
        rapporteur=people["moderator"],
        moderated_by=organisation_named(CHAMBER, Helix.BUSINESS),
        **fields,
    )
    return planning.announce_workshop(by=people["organiser"], workshop=workshop)


def _hold(process: DiscoveryProcess, people: dict[str, User], place: int) -> Workshop:
    kind, territory, where, days, titles, newcomers = MEETINGS[place]
    workshop = _plan(
        process,
        people,
        titles,
        territory=territory,
        kind=kind,
        place=where,
        starts_at=_at(-days, 14),
        ends_at=_at(-days, 17),
    )
    organiser = people["organiser"]
    workshop = planning.begin_workshop(by=organiser, workshop=workshop, takes_phones=False)
    regulars = REGULARS if place else (0, 0, 0, 0)
    counts = {
        str(helix): (new + more, new)
        for helix, new, more in zip(HELICES, newcomers, regulars, strict=True)
    }
    doors.count_heads(by=organiser, workshop=workshop, counts=counts)
    if place == len(MEETINGS) - 1:
        return workshop
    return planning.end_workshop(by=organiser, workshop=workshop)


def _take_down(
    process: DiscoveryProcess, held: list[Workshop], people: dict[str, User]
) -> list[Statement]:
    taken = []
    for place, kind, language, helix, competence, text, translations in STATEMENTS:
        is_own = text.startswith("«Тараз Гипс»")
        statement = statements.capture_statement(
            by=people["moderator"],
            process=process,
            workshop=held[place],
            kind=kind,
            language=language,
            text=text,
            helix=helix,
            competence=competence,
            has_consent=True,
            author=people["business"] if is_own else None,
            is_named=is_own,
            said_at=held[place].starts_at + timedelta(minutes=40),
        )
        for other, words in translations.items():
            statements.translate_statement(
                by=people["moderator"], statement=statement, language=other, text=words
            )
        taken.append(statement)
    return taken


def _dots_of_the_last(last: Workshop, lab: Workshop) -> None:
    """The dots of the worked example: the raw count and the balanced one differ."""
    themes = [_theme(last, names) for names in THEMES[:3]]
    board.open_dots(by=None, workshop=last, each=3, a_theme=3)
    given = {
        Helix.BUSINESS: (10, (18, 8, 4)),
        Helix.ACADEMIA: (5, (3, 9, 3)),
        Helix.GOVERNMENT: (3, (2, 2, 5)),
        Helix.CIVIL_SOCIETY: (2, (1, 4, 1)),
    }
    for helix, (number, dots) in given.items():
        left = [theme.pk for theme, count in zip(themes, dots, strict=True) for _ in range(count)]
        for voter in range(number):
            own = left[voter::number]
            board.give_dots(
                workshop=last,
                voter=f"paper-{helix}-{voter}",
                helix=helix,
                dots={theme: own.count(theme) for theme in set(own)},
            )
    board.close_dots(by=None, workshop=last)
    planning.end_workshop(by=None, workshop=last)
    theme = _theme(lab, THEMES[0])
    for statement in lab.statements.all():
        statements.move_statement(by=None, statement=statement, theme=theme)


def _theme(workshop: Workshop, names: tuple[str, str, str]) -> Theme:
    return board.add_theme(
        by=None, workshop=workshop, names=dict(zip(("kk", "ru", "en"), names, strict=True))
    )


def _ahead(process: DiscoveryProcess, people: dict[str, User]) -> None:
    workshop = _plan(
        process,
        people,
        ("Фосфогипс: жоба зертханасы", "Фосфогипс: проектная лаборатория",
         "Phosphogypsum: a project lab"),
        territory="taraz",
        kind=Kind.PROJECT_LAB,
        place="Технопарк, Сүлейменов көшесі, 7",
        capacity=40,
        starts_at=_at(6, 15),
        ends_at=_at(6, 18),
    )  # fmt: skip
    doors.invite(
        by=people["organiser"],
        workshop=workshop,
        helix=Helix.BUSINESS,
        organisation=organisation_named(*FIRM),
        email=people["business"].email,
    )
    doors.invite(
        by=people["organiser"],
        workshop=workshop,
        helix=Helix.CIVIL_SOCIETY,
        name="«Таза Қаратау» бірлестігі",
    )
    for login in ("assessor", "citizen"):
        places.register(person=people[login], workshop=workshop)


def _under_way(process: DiscoveryProcess, people: dict[str, User]) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    workshop = _plan(
        process,
        people,
        ("Шу: басымдықтар туралы әңгіме", "Шу: разговор о приоритетах",
         "Shu: talking about the priorities"),
        territory="shu",
        kind=Kind.ROUNDTABLE,
        place="Шу, теміржолшылар сарайы",
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=2),
    )  # fmt: skip
    workshop = planning.begin_workshop(by=None, workshop=workshop, takes_phones=True)
    themes = [_theme(workshop, names) for names in THEMES]
    for kind, language, helix, competence, text, theme in HALL:
        statement = statements.capture_statement(
            by=people["moderator"],
            process=process,
            workshop=workshop,
            kind=kind,
            language=language,
            text=text,
            helix=helix,
            competence=competence,
            has_consent=True,
        )
        statements.move_statement(by=None, statement=statement, theme=themes[theme])
    for kind, language, helix, text in PHONES:
        statements.say_from_phone(
            workshop=workshop,
            kind=kind,
            language=language,
            text=text,
            helix=helix,
            has_consent=True,
        )
    board.open_dots(by=people["organiser"], workshop=workshop, each=3, a_theme=2)
    for voter in range(9):
        first, second = themes[voter % 3].pk, themes[(voter + 1) % 3].pk
        board.give_dots(
            workshop=workshop,
            voter=f"demo-{voter}",
            helix=HELICES[voter % 4],
            dots={first: 2, second: 1},
        )
